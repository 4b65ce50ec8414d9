import { createStamper } from '../../adapters/kiwoom/codec/stamper.ts'
import { createDescriber } from '../../adapters/kiwoom/describer.ts'
import { createRemoteQueries } from '../../adapters/kiwoom/split/remote-queries.ts'
import { hitsTopic, screenedTopic, wantsTopic } from '../../adapters/kiwoom/split/topics.ts'
import { type AnalyzerEvent, createAnalyzer } from '../../trading/engine/analyzer.ts'
import { every } from '../system.ts'
import type { Part, PartContext } from './part.ts'

const TIMER_MS = 1_000

/** Screens what the conditions bring before the trader sees it. */
export async function startAnalyzer({ bus, clock }: PartContext): Promise<Part> {
  const analyzer = createAnalyzer()
  const stamper = createStamper(clock)
  const describer = createDescriber({ http: createRemoteQueries(bus), stamper, emit: (event) => take(event) })

  const take = (event: AnalyzerEvent) => {
    for (const effect of analyzer.on(event)) {
      if (effect.do === 'describe') describer.describe(effect.instrument)
      else bus.publish(screenedTopic, effect.event)
    }
  }
  const stamp = () => ({ at: clock.now(), receivedAt: clock.now() })

  bus.subscribe(hitsTopic, take)
  bus.subscribe(wantsTopic, (wants) => {
    const held = wants.filter(({ priority }) => priority === 'position')
    take({ ...stamp(), kind: 'held', instruments: held.map(({ instrument }) => instrument) })
  })
  const cancel = every(clock, TIMER_MS, () => take({ ...stamp(), kind: 'timer' }))
  bus.ready()
  return { stop: async () => cancel() }
}
