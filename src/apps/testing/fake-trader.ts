import { err, ok } from '../../std/result.ts'
import type { TraderView } from '../../trading/engine/view.ts'
import { demoSettings } from '../demo-settings.ts'
import { wallClock } from '../system.ts'
import type { Command, Proof, RunningTrader } from '../trader.ts'
import { sampleHealth, sampleProof, sampleView } from './sample-view.ts'

/** A trader that only remembers what it was told; its view and proof are set by the test. */
export interface FakeTrader extends RunningTrader {
  readonly commands: Command[]
  shows(view: TraderView): void
}

export function fakeTrader(proofs: readonly (Proof | Error)[] = [sampleProof()]): FakeTrader {
  const commands: Command[] = []
  let view = sampleView()
  let asked = 0
  return {
    commands,
    shows: (next) => {
      view = next
    },
    view: () => view,
    health: () => sampleHealth,
    shownAt: () => wallClock.now(),
    settings: () => demoSettings(),
    command: (command) => void commands.push(command),
    give: async (command) => {
      commands.push(command)
      return ok(undefined)
    },
    preview: async () => err({ ko: '미리 볼 수 없습니다', en: 'no preview' }),
    instrument: async () => err({ ko: '모르는 종목입니다', en: 'not known' }),
    bars: async () => ok([]),
    follow: () => undefined,
    onTicks: () => () => undefined,
    changeSettings: async () => ok(undefined),
    proof: async () => {
      const proof = proofs[Math.min(asked++, proofs.length - 1)]
      if (proof instanceof Error || proof === undefined) throw proof
      return proof
    },
    stop: async () => undefined,
    journal: '/tmp/journal',
  }
}
