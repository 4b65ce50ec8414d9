import type { TimeOfDay, TradingDay } from '../../../model/time.ts'
import type { CatalogMarket } from '../../../ports/catalog.ts'
import type { EpochMs } from '../../../std/clock.ts'

/** Where the trading day of a market is counted. */
export const ZONES: Readonly<Record<CatalogMarket, string>> = {
  KRX: 'Asia/Seoul',
  US: 'America/New_York',
  FX: 'Asia/Seoul',
}

export function isZone(name: string): boolean {
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

/** The instant at which clocks in `zone` show `time` on `day`; in the hour that a summer time skips, an hour later. */
export function localInstant(zone: string, day: TradingDay, time: TimeOfDay): EpochMs {
  const wanted = Date.parse(`${day}T00:00:00Z`) + time
  // The offset is that of the instant looked for, so the first guess is corrected once.
  const guess = wanted - offsetMs(zone, wanted)
  return wanted - offsetMs(zone, guess)
}

/** The date and time that clocks in `zone` show, `2024-01-02 09:00:00`. */
export function localText(zone: string, at: EpochMs): string {
  return new Date(at + offsetMs(zone, at)).toISOString().slice(0, 19).replace('T', ' ')
}

function offsetMs(zone: string, at: EpochMs): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const { year, month, day, hour, minute, second } = parts
  const shown = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  return shown - Math.floor(at / 1000) * 1000
}

const FORMATS = new Map<string, Intl.DateTimeFormat>()

/** Making one takes far longer than using it; there are as many as zones in use. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  FORMATS.set(zone, made)
  return made
}
