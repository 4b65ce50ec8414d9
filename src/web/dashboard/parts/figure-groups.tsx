import type {
  CurrencyMessage,
  FactMessage,
  FigureGroupMessage,
  TradeGroupMessage,
  YearMessage,
} from '../../contract/backtest-report.ts'
import type { SentenceMessage } from '../../contract/live.ts'
import { direction, percent, signedPercent, won } from '../state/numbers.ts'
import { usePreferences } from '../state/preferences.ts'
import { useSay, useSentence } from '../state/say.ts'
import { strengthOf } from './chart-scale.ts'
import { figureShown, numberText, signedMoney } from './figures.ts'
import { HeatMap } from './heat-map.tsx'

/** The parts of a result that a backtest and the account share. */

/** What makes a result doubtful stands above its figures. */
export function Doubts({
  alarms,
  doubts,
  earned,
}: {
  readonly alarms?: readonly SentenceMessage[]
  readonly doubts: readonly SentenceMessage[]
  /** Said where the checks found nothing: they only ask whether a profit is real. Absent: nothing is said. */
  readonly earned?: boolean
}) {
  const say = useSay()
  const sentence = useSentence()
  return (
    <>
      {alarms && alarms.length > 0 && (
        <div className="note bad" role="alert">
          <div className="stack">
            <strong>{say('이 결과는 믿을 수 없습니다', 'This result cannot be believed')}</strong>
            <ul className="bullets">
              {alarms.map((each) => (
                <li key={each.en}>{sentence(each)}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {earned !== undefined && doubts.length === 0 && (
        <div className="note">
          <span>
            {earned
              ? say('자동 점검에서 걸린 것이 없습니다.', 'The automatic checks found nothing.')
              : say(
                  '벌지 못했습니다. 자동 점검은 이익이 진짜인지를 볼 뿐입니다.',
                  'It earned nothing; the automatic checks only ask whether a profit is real.',
                )}
          </span>
        </div>
      )}
      {doubts.length > 0 && (
        <div className="note warn">
          <div className="stack">
            <strong>{say(`의심할 점 ${doubts.length}가지`, `What to doubt: ${doubts.length}`)}</strong>
            <ul className="bullets">
              {doubts.map((each) => (
                <li key={each.en}>{sentence(each)}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </>
  )
}

export function FigureGroups({
  groups,
  currency,
}: {
  readonly groups: readonly FigureGroupMessage[]
  readonly currency: CurrencyMessage
}) {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  return (
    <div className="figure-groups">
      {groups.map(({ ko, en, figures }) => (
        <section key={en}>
          <h3>{say(ko, en)}</h3>
          <dl>
            {figures
              .map((each) => figureShown(each, currency, language))
              .map((each) => (
                <div key={each.key}>
                  <dt>{say(each.ko, each.en)}</dt>
                  <dd className={each.tone}>
                    {each.text}
                    {each.why && <small>{say(each.why.ko, each.why.en)}</small>}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

/** Returns by month: a year a row. */
export function Months({ years }: { readonly years: readonly YearMessage[] }) {
  const say = useSay()
  const ratios = years.flatMap(({ months }) => months.filter((each) => each !== null))
  const largest = Math.max(0.02, ...ratios.map(Math.abs))
  return (
    <HeatMap
      label={say('월별 수익률', 'Returns by month')}
      corner={say('해', 'Year')}
      columns={[
        ...Array.from({ length: 12 }, (_, month) => ({
          key: String(month),
          name: say(`${month + 1}월`, MONTHS[month] ?? ''),
        })),
        { key: 'total', name: say('한 해', 'Year') },
      ]}
      rows={years.map(({ year, months, total }) => ({
        key: String(year),
        name: String(year),
        cells: [...months, total].map((ratio) =>
          ratio === null ? undefined : { strength: strengthOf(ratio, largest), text: signedPercent(ratio) },
        ),
      }))}
    />
  )
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export function TradeGroups({
  title,
  groups,
  nameOf,
  currency,
}: {
  /** What the first column names. */
  readonly title: string
  readonly groups: readonly TradeGroupMessage[]
  readonly nameOf?: (group: TradeGroupMessage) => string
  readonly currency: CurrencyMessage
}) {
  const say = useSay()
  return (
    <div className="table-wrap">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" className="number">
              {say('거래', 'Trades')}
            </th>
            <th scope="col" className="number">
              {say('승률', 'Wins')}
            </th>
            <th scope="col" className="number">
              {say('손익', 'Result')}
            </th>
            <th scope="col" className="number wide-only">
              {say('비용', 'Costs')}
            </th>
            <th scope="col" className="number wide-only">
              PF
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.key}>
              <th scope="row">{nameOf?.(group) ?? group.name}</th>
              <td className="number">{group.count}</td>
              <td className="number">{group.winRate === undefined ? '–' : percent(group.winRate)}</td>
              <td className={`number ${direction(group.netPnl)}`}>{signedMoney(group.netPnl, currency)}</td>
              <td className="number wide-only">
                {won(currency === 'USD' ? group.costs / 10_000 : group.costs)}
              </td>
              <td className="number wide-only">
                {group.profitFactor === undefined ? '–' : numberText(group.profitFactor)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const EXITS: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  condition: ['조건 편입', 'condition'],
  signal: ['전략 신호', 'signal'],
  stopLoss: ['손절', 'stop loss'],
  takeProfit: ['익절', 'take profit'],
  trailing: ['트레일링', 'trailing'],
  atr: ['ATR 손절', 'ATR stop'],
  time: ['보유 시간', 'time'],
  endOfDay: ['장 마감', 'end of day'],
  manual: ['직접 매도', 'manual'],
  flatten: ['전량 청산', 'flatten'],
  delisting: ['상장폐지', 'delisting'],
}

/** The reason of an exit in words. */
export function useExitName(): (exit: string) => string {
  const say = useSay()
  return (exit) => say(...(EXITS[exit] ?? [exit, exit]))
}

export const Facts = ({ facts }: { readonly facts: readonly FactMessage[] }) => {
  const say = useSay()
  return (
    <dl className="facts">
      {facts.map(({ ko, en, value }) => (
        <div key={en}>
          <dt>{say(ko, en)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
