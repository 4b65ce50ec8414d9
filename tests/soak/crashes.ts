import { elapsedMs } from '../../src/apps/system.ts'
import { createRandom } from '../../src/std/random.ts'
import { type Drill, type DrillResult, runDrill } from '../crash/drill.ts'
import { CRASH_POINTS } from '../crash/points.ts'
import { runSplitDrill, type SplitDrill, type Victim } from '../crash/split-drill.ts'

export interface CrashesOptions {
  readonly runs: number
  /** The first one played, counted from 1: what ran before an interruption need not run again. */
  readonly from: number
  /** Of the choice of drills; each drill has a market seed of its own. */
  readonly seed: number
  readonly print: (line: string) => void
}

/** Each drill is three processes. */
const AT_A_TIME = 2
const MOST_NTH = 8
/** An instant within the first minutes of the market: the processes have begun by then. */
const LATEST_MS = 6_000
const VICTIMS: readonly Victim[] = [
  'trader',
  'orders',
  'query',
  'analyzer',
  'collector',
  'supervisor',
  'allButTrader',
]
/** Which process can reach a point: requests leave from the orders process, pushes come to the collector. */
const WHERE = { requestSent: 'orders', replyArrived: 'orders', pushArrived: 'collector' } as const
const LOSSES = [undefined, 'loseReplyAfterAccept', 'loseRequestBeforeAccept'] as const

interface Tally {
  killed: number
  strangers: number
  open: number
  different: number
  disagreed: number
  fills: number
}

/** That many random deaths and recoveries; `false` when one lost or doubled anything, with its parameters. */
export async function soakCrashes({ runs, from, seed, print }: CrashesOptions): Promise<boolean> {
  const started = elapsedMs()
  const random = createRandom(seed).fork('crashes')
  const drills = Array.from({ length: runs }, (_, run) => drawDrill(random.fork(String(run)))).slice(from - 1)
  const tally: Tally = { killed: 0, strangers: 0, open: 0, different: 0, disagreed: 0, fills: 0 }
  let failed = 0
  let done = from - 1

  const work = async () => {
    for (let drill = drills.shift(); drill !== undefined; drill = drills.shift()) {
      const result = 'death' in drill ? await runSplitDrill(drill) : await runDrill(drill)
      count(tally, result)
      done++
      print(`${done}/${runs} ${JSON.stringify(drill)} ${summary(result)}`)
      if (isSound(result)) continue
      failed++
      print(`FAILED ${JSON.stringify(drill)} ${JSON.stringify(result)}`)
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))
  const time = ((elapsedMs() - started) / 1000).toFixed(1)
  print(
    `--runs ${runs} --from ${from} --seed ${seed}: ${failed} failed · ${JSON.stringify(tally)} · ${time} s`,
  )
  return failed === 0
}

/** Topology, victim, point or instant, and whether replies are lost. */
function drawDrill(random: ReturnType<typeof createRandom>): Drill | SplitDrill {
  const lose = random.pick(LOSSES)
  const common = { seed: random.int(1, 1_000_000), ...(lose === undefined ? {} : { lose }) }
  const point = random.pick(CRASH_POINTS)
  const nth = random.int(1, MOST_NTH)
  if (random.next() < 0.5) return { ...common, point, nth }
  if (random.next() < 0.5) return { ...common, death: { role: roleAt(point), point, nth } }
  return { ...common, death: { victim: random.pick(VICTIMS), afterMs: random.int(0, LATEST_MS) } }
}

const roleAt = (point: (typeof CRASH_POINTS)[number]) =>
  point === 'requestSent' || point === 'replyArrived' || point === 'pushArrived' ? WHERE[point] : 'trader'

const isEven = ({ cash, positions, commission, tax }: DrillResult['difference']) =>
  [cash, positions, commission, tax].every((part) => part === 0)

/** A point that is not reached so often kills nobody: the day then has to be sound without a crash. */
const isSound = (result: DrillResult): boolean =>
  result.strangers.length === 0 &&
  result.openAtBroker === 0 &&
  isEven(result.difference) &&
  result.replayAgrees

function count(tally: Tally, result: DrillResult): void {
  if (result.killedBy === 'SIGKILL') tally.killed++
  tally.strangers += result.strangers.length
  tally.open += result.openAtBroker
  if (!isEven(result.difference)) tally.different++
  if (!result.replayAgrees) tally.disagreed++
  tally.fills += result.fills
}

const summary = (result: DrillResult) =>
  `${result.killedBy ?? 'not killed'} · ${result.fills} fills · ${isSound(result) ? 'sound' : 'NOT SOUND'}`
