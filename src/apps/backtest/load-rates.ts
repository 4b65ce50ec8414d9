import { setPath } from '../../adapters/catalog/layout.ts'
import type { RateOn } from '../../lab/reports/won-value.ts'
import { localDay } from '../../model/home-venue.ts'
import { instrumentId } from '../../model/ids.ts'
import type { Catalog } from '../../ports/catalog.ts'
import { firstFrom } from '../../std/sorted.ts'

const PAIR = instrumentId('USDKRW')

/** Won for a dollar, day by day, from the newest such series of the catalog; `undefined` when it has none. */
export async function loadRates(
  catalog: Catalog,
): Promise<{ readonly source: string; readonly rateOn: RateOn } | undefined> {
  const sets = (await catalog.list()).filter(
    ({ name: { kind, interval } }) => kind === 'fx' && interval === '1d',
  )
  for (const { name } of sets.toSorted((a, b) => ((a.to ?? '') < (b.to ?? '') ? 1 : -1))) {
    const columns = await catalog.readBars({
      set: name,
      instruments: [PAIR],
      prices: { as: 'source' },
      order: 'symbol',
    })
    if (columns.rows === 0) continue
    const { openAt, close } = columns
    const rateOn: RateOn = (day) => {
      // A Korean day of rates is named as the New York day that begins within it.
      const at = firstFrom(openAt, Date.parse(`${day}T00:00:00+09:00`) + 1) - 1
      return at < 0 ? undefined : { day: localDay('KRX', openAt[at] as number), rate: close[at] as number }
    }
    return { source: setPath(name), rateOn }
  }
  return undefined
}
