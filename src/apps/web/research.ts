import { readdir } from 'node:fs/promises'
import { symbolOf } from '../../adapters/catalog/actions.ts'
import { openCatalog } from '../../adapters/catalog/catalog.ts'
import { parseSetPath, setPath } from '../../adapters/catalog/layout.ts'
import { listSets } from '../../adapters/catalog/list.ts'
import { openTrialLedger } from '../../adapters/catalog/trial-ledger.ts'
import { CatalogTrouble } from '../../adapters/catalog/trouble.ts'
import { currencyOf } from '../../model/home-venue.ts'
import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import type { Sentence } from '../../model/sentence.ts'
import { addDays } from '../../model/time.ts'
import type { Catalog, DataSetName } from '../../ports/catalog.ts'
import { err, ok, type Result } from '../../std/result.ts'
import type { MarketChoice } from '../../web/contract/backtest.ts'
import type { Research } from '../../web/server/research.ts'
import { loadBars } from '../backtest/load-bars.ts'
import { commissionOf } from '../backtest/options.ts'
import { usualRoundTrip } from '../backtest/report-input.ts'
import { Refusal } from '../io.ts'
import { wallClock } from '../system.ts'

/** Long enough for a holiday week: what did not trade in it is hardly what somebody looks for. */
const LOOK_BACK_DAYS = 14
const STRATEGY_FILE = /^[A-Za-z0-9가-힣_][A-Za-z0-9가-힣_.-]{0,79}\.[mc]?[jt]s$/

/** The catalog in a folder, and what was tried on it. A folder that is not there yet is an empty one. */
export function createResearch(folder: string, strategies?: string): Research {
  return {
    sets: async () => {
      const all = await listSets(folder).catch(() => [])
      return {
        sets: all.flatMap(({ name, rows, symbols, from, to, bytes, imports }) => {
          const { kind, interval = '', market, basis } = name
          if (kind !== 'bars' || market === 'FX') return []
          const sources = [...new Set(imports.map(({ source }) => source))]
          const span = { ...(from && { from }), ...(to && { to }) }
          return [{ set: setPath(name), interval, market, basis, rows, symbols, ...span, bytes, sources }]
        }),
        indexes: all.some(({ name }) => name.kind === 'index') ? ['KOSPI', 'KOSDAQ'] : [],
      }
    },
    names: (set) =>
      withBars(folder, { data: set }, ({ instruments }) =>
        instruments.map(({ id, name }) => ({ symbol: symbolOf(id), name })),
      ),
    costs: async ({ slippage, commission, ...wanted }) => {
      const found = await withBars(folder, wanted, (loaded) => {
        const own = commission === undefined ? undefined : commissionOf({ commission }, loaded.home)
        const costs = usualRoundTrip(loaded, {
          slippage: slippageOf(slippage),
          ...(own && { commission: own }),
        })
        if (!costs) return undefined
        const { instrument, ...rest } = costs
        return {
          instrument: symbolOf(instrument.id),
          name: instrument.name,
          market: instrument.market,
          currency: currencyOf(loaded.home),
          ...rest,
        }
      })
      if (!found.ok) return found
      return found.value ? ok(found.value) : err(NOTHING)
    },
    files: async () => {
      if (strategies === undefined) return []
      const names = await readdir(strategies).catch(() => [])
      return names.filter((name) => STRATEGY_FILE.test(name)).toSorted()
    },
    ledger: () => openTrialLedger(folder).read(),
  }
}

type Loaded = Awaited<ReturnType<typeof loadBars>>

/** The last days of a set, of these names or all. */
async function withBars<T>(
  folder: string,
  { data, symbols }: Pick<MarketChoice, 'data' | 'symbols'>,
  look: (loaded: Loaded) => T,
): Promise<Result<T, Sentence>> {
  const set = parseSetPath(data)
  if (!set) return err(NOTHING)
  try {
    const to = await lastDayOf(folder, set)
    if (to === undefined) return err(NOTHING)
    return await inCatalog(folder, async (catalog) => {
      const instruments = symbols?.map((symbol): InstrumentId => instrumentId(symbol))
      const from = addDays(to, -LOOK_BACK_DAYS)
      return ok(look(await loadBars(catalog, { set, from, ...(instruments && { instruments }) })))
    })
  } catch (error) {
    return err(sentenceOf(error))
  }
}

const lastDayOf = async (folder: string, set: DataSetName) =>
  (await listSets(folder)).find(({ name }) => setPath(name) === setPath(set))?.to

async function inCatalog<T>(folder: string, work: (catalog: Catalog) => Promise<T>): Promise<T> {
  const catalog = await openCatalog(folder, wallClock)
  try {
    return await work(catalog)
  } finally {
    catalog.close()
  }
}

function slippageOf(slippage: MarketChoice['slippage']): Parameters<typeof usualRoundTrip>[1]['slippage'] {
  switch (slippage.kind) {
    case 'none':
    case 'ticks':
      return slippage
    case 'volume':
      return { kind: 'volumeShare', coefficient: slippage.coefficient }
    case 'sqrt':
      return { kind: 'squareRoot', coefficient: slippage.coefficient }
  }
}

/** What the catalog and the commands expect to go wrong carries both languages, Korean above. */
function sentenceOf(error: unknown): Sentence {
  if (!(error instanceof Refusal || error instanceof CatalogTrouble)) throw error
  const [ko = '', en = ko] = error.message.split('\n')
  return { ko, en }
}

const NOTHING: Sentence = { ko: '그 데이터에는 봉이 없습니다', en: 'That set holds no bars' }
