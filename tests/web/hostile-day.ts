import { openJournal } from '../../src/adapters/journal/journal.ts'
import { conditionId, instrumentId } from '../../src/model/ids.ts'
import { ok } from '../../src/std/result.ts'
import { createDecisionLog } from '../../src/trading/engine/decisions.ts'
import { eventJson } from '../../src/trading/engine/event-json.ts'
import type { TraderEvent } from '../../src/trading/engine/events.ts'
import { effectsJson } from '../../src/trading/engine/recovery.ts'
import {
  buyRule,
  DAY,
  type Morning,
  morning,
  placed,
  settings,
} from '../../src/trading/engine/testing/morning.ts'
import { createTrader, type Trader } from '../../src/trading/engine/trader.ts'
import type { CannedLine } from '../../src/web/server/testing/canned-line.ts'
import {
  ATTRIBUTE,
  END,
  FORMULA,
  FRAME,
  IMAGE,
  LINK,
  PLUS,
  REMOTE,
  REVERSED,
  SCRIPT,
  VECTOR,
} from './hostile-texts.ts'

/** What instruments of this day are called. */
const HOSTILE_NAMES: Readonly<Record<string, string>> = {
  '005930': IMAGE,
  '207940': FORMULA,
  '000660': SCRIPT,
  '035720': VECTOR,
  '051910': END,
  '005380': ATTRIBUTE,
}

/** Who orders by hand, what a strategy is called, and what the broker answers. */
export const PERSON = REMOTE
export const STRATEGY = FRAME
export const CONDITIONS = { buy: VECTOR, sell: REVERSED } as const
export const ANSWERS = { refused: IMAGE, doubtful: LINK } as const

/** A morning of which everything that has a name has a hostile one: bought, sold, open, doubtful, refused. */
function hostileMorning(): readonly TraderEvent[] {
  const strategy = {
    ...buyRule({ condition: conditionId(STRATEGY), name: STRATEGY }),
    exitOrder: { kind: 'market' },
  } as const
  const { sells, ...rest } = settings({ buys: [buyRule({ name: CONDITIONS.buy })], strategies: [strategy] })
  const day = morning({ ...rest, sells: sells.map((rule) => ({ ...rule, name: CONDITIONS.sell })) })
  day.cash(50_000_000)
  sellAtALoss(day, '207940')
  day.at('09:05').hold('005930', 70_000)
  const working = order(day, '000660', 200_000)
  if (working) day.accept(working, PLUS)
  const doubtful = order(day, '035720', 50_000)
  if (doubtful)
    day.feed({
      kind: 'lost',
      orderId: doubtful,
      error: { kind: 'inDoubt', code: 'timeout', text: ANSWERS.doubtful },
    })
  const refused = order(day, '051910', 30_000)
  if (refused)
    day.feed({
      kind: 'rejected',
      orderId: refused,
      error: { kind: 'rejected', code: 'RC4027', text: ANSWERS.refused },
    })
  day.describe('005380', 240_000)
  day.operator({ do: 'pauseBuying', by: PERSON })
  day.enter('1', '005380')
  day.feed({
    kind: 'signal',
    strategy: STRATEGY,
    instrument: instrumentId('005380'),
    want: 'long',
    reason: { ko: SCRIPT, en: SCRIPT },
  })
  return day.events.map(named)
}

function order(day: Morning, code: string, last: number) {
  day.enter('1', code)
  return placed(day.describe(code, last))[0]?.orderId
}

function sellAtALoss(day: Morning, code: string): void {
  const { quantity } = day.hold(code, 70_000)
  const [sale] = placed(day.at('09:02').trade(code, 67_000))
  if (!sale) throw new Error('the stop did not sell')
  day.accept(sale.orderId)
  day.fill(sale.orderId, quantity, 67_000)
}

const named = (event: TraderEvent): TraderEvent =>
  event.kind === 'description'
    ? { ...event, listing: { ...event.listing, name: HOSTILE_NAMES[event.instrument] ?? IMAGE } }
    : event

/** The day through a real engine into a real journal, as a trader writes it; gives the engine as it stands in the end. */
export async function recordHostileDay(folder: string): Promise<Trader> {
  const { journal } = await openJournal({ folder, day: DAY, at: 0 })
  const trader = createTrader()
  const log = createDecisionLog()
  for (const event of hostileMorning()) {
    const seq = journal.append(event.receivedAt, 'event', eventJson(event))
    const effects = trader.on(event)
    if (effects.length > 0) journal.append(event.receivedAt, 'effects', effectsJson(seq, log.add(effects)))
  }
  await journal.commit()
  await journal.close()
  return trader
}

/** The line to a trader that stands where that day ended. */
export function lineToDay(canned: CannedLine, trader: Trader): CannedLine {
  const view = trader.view('0')
  return {
    ...canned,
    instrument: async (instrument) => {
      const told = await canned.instrument(instrument)
      const name = HOSTILE_NAMES[instrument] ?? IMAGE
      return told.ok && told.value ? ok({ ...told.value, listing: { ...told.value.listing, name } }) : told
    },
    shown: () => {
      const shown = canned.shown()
      return shown && { ...shown, view: { ...view, now: shown.view.now }, settings: trader.settings() }
    },
  }
}
