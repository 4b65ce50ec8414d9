import { elapsedMs } from '../../src/apps/system.ts'
import { type NoiseReport, noise, planted } from '../research/noise.ts'

export interface NoiseOptions {
  readonly strategies: number
  readonly fromSeed: number
  readonly print: (line: string) => void
}

const PROGRESS_EVERY = 20
const ACCEPTED_MAX = 0.05
const PLANTED = 10
const PLANTED_MIN = 8

/** Random strategies on random markets are refused, and a planted edge is not; `false` when either fails. */
export async function soakNoise({ strategies, fromSeed, print }: NoiseOptions): Promise<boolean> {
  const started = elapsedMs()
  const tell = (done: number, report: NoiseReport) => {
    if (done % PROGRESS_EVERY === 0)
      print(`${done}/${strategies} · accepted ${report.accepted} · ${seconds(started)} s`)
  }
  const report = await noise(strategies, fromSeed, tell)
  const share = report.accepted / Math.max(1, strategies)
  print(
    `--strategies ${strategies} --from-seed ${fromSeed}: refused ${((1 - share) * 100).toFixed(1)} % · accepted seeds ${report.seeds.join(', ') || 'none'}`,
  )
  print(`  refused by ${JSON.stringify(report.refusedBy)}`)
  print(
    `  looked good in the grid ${report.lookedGood}, good out of sample by luck ${report.goodOutOfSample}`,
  )
  let found = 0
  for (let seed = fromSeed; seed < fromSeed + PLANTED; seed++)
    found += (await planted(seed)).judged.verdict.accepted ? 1 : 0
  print(`  a planted edge was accepted in ${found} of ${PLANTED} markets · ${seconds(started)} s`)
  return share <= ACCEPTED_MAX && found >= PLANTED_MIN
}

const seconds = (since: number) => ((elapsedMs() - since) / 1000).toFixed(0)
