import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Opinion } from '../../model/signal.ts'
import { emaCross } from './ema-cross.ts'
import { defineStrategy, type StrategyBar } from './strategy.ts'

const listing = (code: string): Instrument => ({
  id: instrumentId(code),
  name: code,
  market: 'KOSPI',
  class: 'stock',
  viGroup: 'wide',
})
const TWO = [listing('005930'), listing('000660')]
const DAY_MS = 86_400_000
const bar = (day: number, close: number): StrategyBar => ({
  openAt: day * DAY_MS,
  closeAt: day * DAY_MS + 1,
  open: close,
  high: close,
  low: close,
  close,
  volume: 1,
})

describe('a strategy', () => {
  it('keeps a state of its own for each instrument and each run', () => {
    const count = defineStrategy({
      id: 'count',
      title: { ko: '세기', en: 'count' },
      parameters: {},
      needs: () => ({ interval: '1d', warmUpBars: 0 }),
      each: (_, { id }) => {
        let bars = 0
        return { onBar: () => ({ want: 'long', reason: { ko: `${id} ${++bars}`, en: '' } }) }
      },
    })
    for (let run = 0; run < 2; run++) {
      const started = count.start({}, TWO)
      if (!started.ok) throw new Error('not started')
      const said = [0, 1, 0].map((index) => started.value.onBar(index, bar(1, 1))?.reason.ko)
      expect(said).toEqual(['005930 1', '000660 1', '005930 2'])
    }
  })

  it('that looks at all side by side speaks at the end of a moment', () => {
    const strongest = defineStrategy({
      id: 'strongest',
      title: { ko: '최강', en: 'strongest' },
      parameters: {},
      needs: () => ({ interval: '1d', warmUpBars: 0 }),
      together: (_, instruments) => {
        const closes = instruments.map(() => 0)
        return {
          onBar: (index, { close }) => {
            closes[index] = close
          },
          onMoment: () => [
            { index: closes.indexOf(Math.max(...closes)), want: 'long', reason: { ko: '1위', en: 'first' } },
          ],
        }
      },
    })
    const started = strongest.start({}, TWO)
    if (!started.ok) throw new Error('not started')
    expect(started.value.onBar(0, bar(1, 10))).toBeUndefined()
    started.value.onBar(1, bar(1, 20))
    expect(started.value.onMoment(1)).toMatchObject([{ index: 1, want: 'long' }])
  })

  it.each([
    [{ fast: 5, slow: 20 }, []],
    [{ fsat: 5 }, ['fsat']],
    [{ fast: 1.5, slow: '20' }, ['fast', 'slow']],
    [{ fast: Number.NaN, slow: 501 }, ['fast', 'slow']],
  ])('reads the parameters %j and names every fault', (given, faults) => {
    const started = emaCross.start(given, TWO)
    expect(started.ok ? [] : started.error.map(({ key }) => key)).toEqual(faults)
  })

  it('suggests the parameter that was meant, with its range', () => {
    const started = emaCross.start({ fsat: 5, slow: 1 }, TWO)
    const words = started.ok ? [] : started.error.map(({ en }) => en)
    expect(words).toEqual([
      'unknown parameter fsat (did you mean fast?); known are fast, slow',
      'slow: wants a whole number from 3 to 500, not 1',
    ])
  })
})

describe('the EMA cross', () => {
  // Averages of 2 and 3 of a rise, a fall and a rise: by hand, each begun with the plain mean.
  // close 10 10 10 13 | fast: . 10 10 12 | slow: . . 10 11.5
  // then 7: fast 8.67, slow 9.25 (below); then 16: fast 13.56, slow 12.63 (above)
  it('speaks at the bar that crosses, and only then', () => {
    const started = emaCross.start({ fast: 2, slow: 3 }, TWO)
    if (!started.ok) throw new Error('not started')
    const said = [10, 10, 10, 13, 7, 16, 17].map(
      (close, day): Opinion['want'] | undefined => started.value.onBar(0, bar(day, close))?.want,
    )
    expect(said).toEqual([undefined, undefined, undefined, 'long', 'flat', 'long', undefined])
  })
})
