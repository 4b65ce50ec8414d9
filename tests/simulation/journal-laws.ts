import { readJournal } from '../../src/adapters/journal/read.ts'
import { JournalBroken } from '../../src/adapters/journal/trouble.ts'
import type { Order } from '../../src/model/order.ts'
import type { JournalRecord } from '../../src/ports/journal.ts'
import type { Random } from '../../src/std/random.ts'
import { type History, replay } from '../../src/trading/engine/recovery.ts'
import { createTrader, type Trader } from '../../src/trading/engine/trader.ts'
import { STOP_LOSS_RATIO } from './lively-settings.ts'
import type { Damage } from './plan.ts'
import type { SimulatedDisk } from './simulated-disk.ts'
import { createStopLaw } from './stop-law.ts'

type Fail = (law: string, detail: string) => void

/**
 * What the journal alone must tell when the day is over: it verifies, it replays to the recorded decisions, every stop
 * left in time, and the books balance after every change. Gives the orders of the day, nothing when a law broke.
 */
export async function checkJournal(
  disk: SimulatedDisk,
  folder: string,
  decisionHash: string,
  fail: Fail,
): Promise<readonly Order[] | undefined> {
  const trader = createTrader()
  try {
    const history = readJournal(folder, { disk: disk.afterwards })
    const replayed = await replay(trader, watched(history, trader, fail), true)
    if (!replayed.ok) fail('replays', `record ${replayed.seq}: ${replayed.reason}`)
    else if (replayed.decisionHash !== decisionHash) fail('replays', 'another decision hash')
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    fail(error instanceof JournalBroken ? 'journalVerifies' : 'replays', message)
    return undefined
  }
  return trader.orders()
}

/** Looks at the trader after each record, when the one who reads asks for the next. */
async function* watched(history: History, trader: Trader, fail: Fail): AsyncGenerator<JournalRecord> {
  const stops = createStopLaw(trader, STOP_LOSS_RATIO, fail)
  for await (const record of history) {
    yield record
    stops.check(record)
    if (movesMoney(record)) checkBalance(trader, record.seq, fail)
  }
}

const movesMoney = ({ kind, body }: JournalRecord): boolean =>
  kind === 'event' && ['fill', 'account'].includes((body as { readonly kind: string }).kind)

function checkBalance(trader: Trader, seq: number, fail: Fail): void {
  const { ledger } = trader.snapshot() as {
    readonly ledger: { readonly balances: Readonly<Record<string, number>> }
  }
  const sum = Object.values(ledger.balances).reduce((total, amount) => total + amount, 0)
  if (sum !== 0) fail('entriesSumToZero', `record ${seq}: ${JSON.stringify(ledger.balances)} sum to ${sum}`)
}

/** What the next opening has to name, or `recovers`: a torn end is cut off and no damage. */
export type Expected = { readonly seq: number } | 'recovers'

/** Damages a day file on purpose, somewhere in its middle. */
export function damageJournal(
  disk: SimulatedDisk,
  path: string,
  damage: Damage,
  random: Random,
): Expected | undefined {
  let expected: Expected | undefined
  disk.damage(path, (bytes) => {
    const lines = bytes.toString('utf8').split('\n').slice(0, -1)
    if (lines.length < 5) return bytes
    const at = random.int(2, lines.length - 3)
    const seq = at + 1
    expected = damage === 'tear' ? 'recovers' : { seq: damage === 'repeat' ? seq + 1 : seq }
    const text = damaged(lines, at, damage, random)
    return Buffer.from(text)
  })
  return expected
}

function damaged(lines: readonly string[], at: number, damage: Damage, random: Random): string {
  const line = lines[at] ?? ''
  const next = lines[at + 1] ?? ''
  const whole = (some: readonly string[]) => `${some.join('\n')}\n`
  switch (damage) {
    case 'flip':
      return whole(lines.with(at, withOtherDigit(line)))
    case 'drop':
      return whole(lines.toSpliced(at, 1))
    case 'repeat':
      return whole(lines.toSpliced(at, 0, line))
    case 'swap':
      return whole(lines.with(at, next).with(at + 1, line))
    case 'tear': {
      const last = lines.at(-1) ?? ''
      return whole(lines.slice(0, -1)) + last.slice(0, random.int(1, last.length - 1))
    }
  }
}

/** The last digit before the seal: still JSON, still a record, and not what was written. */
function withOtherDigit(line: string): string {
  const seal = line.lastIndexOf(',"hash"')
  const place = line.slice(0, seal).search(/\d(?=\D*$)/)
  const digit = Number(line[place])
  return `${line.slice(0, place)}${(digit + 1) % 10}${line.slice(place + 1)}`
}
