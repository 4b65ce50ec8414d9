import type { Sentence } from '../../model/sentence.ts'
import type { EpochMs } from '../../std/clock.ts'
import { count } from '../../std/numbers.ts'
import type { Recursion, TriedHistory } from './recursion.ts'

/** Whether the declared warm-up is enough, and what to do if not. `dayOf`: the exchange's day of a moment. */
export function recursionSentence(found: Recursion, dayOf: (at: EpochMs) => string): Sentence {
  const { warmUpBars: declared, settledBars = 0, tried } = found
  const [least, most] = [tried[0], tried.at(-1)]
  const apart = least?.first && whereApart(least, dayOf)
  const because = { ko: apart ? `. ${apart.ko}` : '', en: apart ? `. ${apart.en}` : '' }
  switch (found.verdict) {
    case 'enough':
      return {
        ko: `선언한 워밍업 ${declared}봉이면 충분합니다: 앞에 무엇이 있었든 같은 의견을 냅니다`,
        en: `the declared warm-up of ${declared} bars is enough: the opinions are the same whatever came before`,
      }
    case 'tooShort':
      return {
        ko: `선언한 워밍업 ${declared}봉은 짧습니다: ${settledBars}봉부터 의견이 같습니다. needs.warmUpBars 를 그만큼 올리세요${because.ko}`,
        en: `the declared warm-up of ${declared} bars is too short: opinions are the same from ${settledBars} bars on. Raise needs.warmUpBars to that${because.en}`,
      }
    case 'unsettled':
      return {
        ko: `선언한 워밍업 ${declared}봉은 짧습니다: ${most?.bars ?? 0}봉을 먼저 보아도 의견이 달라집니다. 훨씬 긴 워밍업이 필요하거나, 자기 첫 봉부터 날을 세는 전략입니다${because.ko}`,
        en: `the declared warm-up of ${declared} bars is too short: opinions still differ after ${most?.bars ?? 0} bars. It needs far more, or the strategy counts days from its first bar${because.en}`,
      }
    case 'silent':
      return {
        ko: '워밍업이 충분한지 알 수 없습니다: 비교할 구간에 새로 낸 의견이 없습니다. 기간이나 종목을 늘리세요',
        en: 'whether the warm-up is enough cannot be told: nothing was newly said where it was compared. Give it more days or more names',
      }
    case 'tooLittleData':
      return {
        ko: `워밍업이 충분한지 알 수 없습니다: 데이터가 짧습니다. 워밍업 ${declared}봉의 두 배가 넘는 기간이 필요합니다`,
        en: `whether the warm-up is enough cannot be told: the data are short. It takes more than twice the warm-up of ${declared} bars`,
      }
  }
}

function whereApart({ bars, first }: TriedHistory, dayOf: (at: EpochMs) => string): Sentence | undefined {
  if (!first) return undefined
  const { at, instrument = '', withAll, withHistory } = first
  return {
    ko: `${dayOf(at)} ${instrument}: ${bars}봉을 먼저 보면 '${withHistory}', 전부 보면 '${withAll}'`,
    en: `On ${dayOf(at)} ${instrument} it wants '${withHistory}' after ${bars} bars, '${withAll}' after all of them`,
  }
}

/** One line for each length of history. */
export const triedSentences = ({ tried }: Recursion): readonly Sentence[] =>
  tried.map(({ bars, times, opinions, differing }) => {
    const own = times === undefined ? '' : `${times}× `
    return {
      ko: `${own}${count(bars)}봉을 먼저 보면: 의견 ${count(opinions)}개 중 ${count(differing)}개가 다름`,
      en: `${own}after ${count(bars)} bars: ${count(differing)} of ${count(opinions)} opinions differ`,
    }
  })
