import type { InstrumentId } from '../model/ids.ts'
import type { InstrumentFacts } from '../model/instrument-view.ts'
import {
  type Description,
  type DescriptionFailed,
  type MarketEvent,
  NO_SUCH_INSTRUMENT,
} from '../model/market-event.ts'
import type { Sentence } from '../model/sentence.ts'
import type { MarketFeed } from '../ports/market-feed.ts'
import type { Clock } from '../std/clock.ts'
import { err, ok, type Result } from '../std/result.ts'

/** For the broker's answer (wall). */
const PATIENCE_MS = 8_000

export interface Describing {
  /** The feed whose answers are heard, behind the engine and never before it. */
  readonly feed: MarketFeed
  /** As the engine knows it; what it does not know is asked for. `undefined`: there is no such instrument. */
  facts(instrument: InstrumentId): Promise<Result<InstrumentFacts | undefined, Sentence>>
}

type Answer = Description | DescriptionFailed

/** Lets a person ask what an instrument is, also one that the engine has no use for. */
export function describing(
  feed: MarketFeed,
  wall: Clock,
  known: (instrument: InstrumentId) => InstrumentFacts | undefined,
): Describing {
  const waiting = new Set<(answer: Answer) => void>()

  const hear = (event: MarketEvent) => {
    if (event.kind !== 'description' && event.kind !== 'descriptionFailed') return
    for (const tell of [...waiting]) tell(event)
  }

  const ask = (instrument: InstrumentId) =>
    new Promise<Answer | undefined>((resolve) => {
      const end = (answer?: Answer) => {
        waiting.delete(tell)
        cancel()
        resolve(answer)
      }
      const tell = (answer: Answer) => {
        if (answer.instrument === instrument) end(answer)
      }
      const cancel = wall.after(PATIENCE_MS, end)
      waiting.add(tell)
      feed.describe(instrument)
    })

  return {
    feed: {
      ...feed,
      start: (sink) =>
        feed.start((event) => {
          sink(event)
          if (waiting.size > 0) hear(event)
        }),
    },
    facts: async (instrument) => {
      const view = known(instrument)
      if (view) return ok(factsOf(view))
      const answer = await ask(instrument)
      if (answer?.kind === 'description') return ok(factsOf(answer))
      if (answer?.code === NO_SUCH_INSTRUMENT) return ok(undefined)
      return err(notTold(FACTS, answer ? answer.code : 'timeout'))
    },
  }
}

const factsOf = ({ listing, basePrice, band }: InstrumentFacts): InstrumentFacts => ({
  listing,
  basePrice,
  ...(band && { band }),
})

const FACTS: Sentence = { ko: '종목 정보를', en: 'what that instrument is' }

/** In our words: the broker's own are for programmers, and in Korean alone. */
export const notTold = (what: Sentence, code: string): Sentence => ({
  ko: `증권사에서 ${what.ko} 받지 못했습니다 [${code}]: 잠시 뒤에 다시 하세요`,
  en: `The broker did not tell ${what.en} [${code}]: try again in a moment`,
})
