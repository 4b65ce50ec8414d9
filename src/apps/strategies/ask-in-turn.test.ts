import { expect, it } from 'vitest'
import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import type { MarketEvent } from '../../model/market-event.ts'
import { askInTurn } from './ask-in-turn.ts'

const [A, B, C] = ['005930', '000660', '035420'].map(instrumentId) as [
  InstrumentId,
  InstrumentId,
  InstrumentId,
]
const failed = (instrument: InstrumentId): MarketEvent => ({
  kind: 'descriptionFailed',
  instrument,
  code: 'x',
  text: '',
  at: 0,
  receivedAt: 0,
})

it('asks one after the other, the one under way again when it is wanted again', () => {
  const asked: InstrumentId[] = []
  const asking = askInTurn((instrument) => asked.push(instrument))
  for (const each of [A, B, C, B]) asking.ask(each)
  expect(asked).toEqual([A])
  asking.ask(A)
  expect(asked).toEqual([A, A])
  // Somebody else asked for this one.
  asking.hear(failed(B))
  asking.hear(failed(A))
  expect(asked).toEqual([A, A, C])
  asking.hear(failed(C))
  asking.ask(A)
  expect(asked).toEqual([A, A, C, A])
})
