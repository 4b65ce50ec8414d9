import { INTERVAL_MS, INTERVALS } from '../../model/interval.ts'
import type { CatalogMarket } from '../../ports/catalog.ts'
import { nearest } from '../../std/nearest.ts'
import { conditionStrategy } from '../../trading/strategies/conditions/strategy.ts'
import { STRATEGIES } from '../../trading/strategies/registry.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import { refuse } from '../io.ts'
import { bold, dim } from '../screen/ansi.ts'
import { displayWidth } from '../screen/width.ts'

/** What there is, with every value that can be turned. */
export const listing = (): readonly string[] =>
  STRATEGIES.flatMap(({ id, title, parameters }) => [
    `${bold(id)}  ${title.ko} · ${title.en}`,
    ...Object.entries(parameters).map(([key, each]) => {
      const range = 'from' in each ? ` (${each.from} – ${each.to})` : ''
      return dim(`    ${key}=${String(each.default)}${range}  ${each.label.ko} · ${each.label.en}`)
    }),
  ])

/** `./my.ts` and its like, and no name of ours. */
export const isStrategyFile = (named: string): boolean => /[/\\]|\.[mc]?[jt]s$/.test(named)

/** The strategy of a name, or of written conditions over bars of `interval`. Refuses with the nearest name, or with every problem of a text. */
export function chooseStrategy(
  named: string | undefined,
  { entry, exit }: { readonly entry?: string; readonly exit?: string },
  interval: string,
  market: CatalogMarket = 'KRX',
): Strategy {
  if (named !== undefined && entry === undefined && exit === undefined) return strategyNamed(named)
  if (named !== undefined || entry === undefined)
    return refuse(
      '전략 이름이나 --entry 조건식 중 하나를 쓰세요. --exit 는 --entry 와 함께 씁니다',
      'name a strategy or give --entry; --exit goes with --entry',
    )
  const known = INTERVALS.find((each) => each === interval)
  const made = conditionStrategy(
    { entry, ...(exit === undefined ? {} : { exit }) },
    known ? INTERVAL_MS[known] : 0,
    market === 'US' ? 'USD' : 'KRW',
  )
  if (made.ok) return made.value
  const lines = made.error.map(({ ko, en, text, from, to }) => {
    const mark = from === undefined ? '' : `\n  ${text}\n  ${pointer(text, from, to ?? from)}`
    return [`${ko}${mark}`, en] as const
  })
  return refuse(lines.map(([ko]) => ko).join('\n'), lines.map(([, en]) => en).join('\n'))
}

/** Carets under the place; Hangul takes two cells on a terminal. */
const pointer = (text: string, from: number, to: number): string =>
  `${' '.repeat(displayWidth(text.slice(0, from)))}${'^'.repeat(Math.max(1, displayWidth(text.slice(from, to))))}`

function strategyNamed(id: string): Strategy {
  const known = STRATEGIES.map((each) => each.id)
  const guess = nearest(id, known)
  return (
    STRATEGIES.find((each) => each.id === id) ??
    refuse(
      `전략 ${id} 이(가) 없습니다${guess ? ` (혹시 ${guess}?)` : ''}. 있는 것: ${known.join(', ')}`,
      `there is no strategy ${id}${guess ? ` (did you mean ${guess}?)` : ''}; there are ${known.join(', ')}`,
    )
  )
}
