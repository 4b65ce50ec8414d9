import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DayList, PerformanceMessage } from '../../../contract/performance.ts'
import { Card, Figure } from '../../parts/card.tsx'
import { Segments } from '../../parts/field.tsx'
import { Doubts, FigureGroups, Months, TradeGroups, useExitName } from '../../parts/figure-groups.tsx'
import { headlinesOf, signedMoney } from '../../parts/figures.ts'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { dayText, direction, signedPercent } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { Calendar } from './calendar.tsx'
import { DaySheet } from './day-sheet.tsx'
import { Growth } from './growth.tsx'
import { Statements } from './statements.tsx'
import { daysQuery, performanceQuery } from './use-performance.ts'
import { type Span, spanFrom } from './view.ts'
import './page.css'

/** What the account came to, from the record of every day. */
export function PerformancePage() {
  const say = useSay()
  const sentence = useSentence()
  const [source, setSource] = useState<string | undefined>(undefined)
  const [span, setSpan] = useState<Span>('quarter')
  const { data: list, error, refetch } = useQuery(daysQuery(source))
  if (error && !list) return <ErrorNote error={error} again={() => void refetch()} />
  if (!list) return <Loading />
  return (
    <div className="stack">
      <header className="row">
        <h1>{say('성과', 'Performance')}</h1>
        <div className="row push">
          {list.sources.length > 1 && (
            <Segments
              label={say('계좌', 'Account')}
              value={list.source.id}
              options={list.sources.map(({ id, title }) => [id, sentence(title)] as const)}
              onChange={setSource}
            />
          )}
          <Segments
            label={say('기간', 'Span')}
            value={span}
            options={[
              ['month', say('한 달', '30 days')],
              ['quarter', say('석 달', '3 months')],
              ['year', say('한 해', 'Year')],
              ['all', say('전부', 'All')],
            ]}
            onChange={setSpan}
          />
        </div>
      </header>
      <Reading list={list} />
      {list.days.length === 0 ? <NoDays list={list} /> : <Account list={list} span={span} />}
    </div>
  )
}

function Reading({ list: { pending, damaged, days } }: { readonly list: DayList }) {
  const say = useSay()
  const sentence = useSentence()
  return (
    <>
      {pending > 0 && (
        <div className="note" role="status">
          <span>
            {say(
              `기록을 읽는 중입니다: ${days.length}일 읽음, ${pending}일 남음`,
              `Reading the record: ${days.length} days read, ${pending} to go`,
            )}
          </span>
        </div>
      )}
      {damaged.length > 0 && (
        <details className="note warn">
          <summary>
            {say(
              `읽을 수 없는 날 ${damaged.length}일은 빠져 있습니다`,
              `${damaged.length} days cannot be read and are left out`,
            )}
          </summary>
          <ul className="bullets">
            {damaged.map(({ day, why }) => (
              <li key={day}>
                {day}: {sentence(why)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function NoDays({ list: { pending } }: { readonly list: DayList }) {
  const say = useSay()
  if (pending > 0) return <Loading />
  return (
    <Card title={say('아직 기록이 없습니다', 'No day is recorded yet')}>
      <Empty title={say('매매한 날이 없습니다', 'There was no day of trading')}>
        {say(
          '가람이 하루를 매매하면 그날의 결과가 여기에 쌓입니다.',
          'When Garam has traded a day, its result is here.',
        )}
      </Empty>
    </Card>
  )
}

function Account({ list, span }: { readonly list: DayList; readonly span: Span }) {
  const say = useSay()
  const [picked, pick] = useState<string | undefined>(undefined)
  const last = list.days.at(-1)?.day ?? dayText(0)
  const from = spanFrom(span, last)
  const { data, error, refetch } = useQuery(performanceQuery(list.source.id, from, list.days.length))
  return (
    <>
      {error && <ErrorNote error={error} again={() => void refetch()} />}
      {data && <Headlines data={data} list={list} />}
      <div className="grid">
        <Card className="span-7" title={say('손익 달력', 'P&L calendar')} flush>
          <Calendar days={list.days} onPick={pick} />
        </Card>
        <div className="span-5 stack at-top">{data && <Growth data={data} />}</div>
      </div>
      {data && <Statistics data={data} list={list} />}
      <DayTable list={list} onPick={pick} />
      {picked !== undefined && (
        <DaySheet source={list.source.id} day={picked} onClose={() => pick(undefined)} />
      )}
    </>
  )
}

const HEADLINES = [
  'pnl',
  'totalReturn',
  'maximumDrawdown',
  'sharpe',
  'winRate',
  'profitFactor',
  'expectancy',
  'trades',
]

function Headlines({ data, list }: { readonly data: PerformanceMessage; readonly list: DayList }) {
  const say = useSay()
  const sentence = useSentence()
  const language = usePreferences((preferences) => preferences.language)
  const shown = headlinesOf(data.groups, HEADLINES, 'KRW', language)
  const today = list.days.at(-1)
  const live = useLive(({ state }) => state)
  // The record of a day that goes on is read now and then; the live line knows of it what it came to by now.
  const isLive =
    live?.clock.day === today?.day &&
    live?.desk.accountKnown &&
    live.desk.environment === list.source.environment
  // What was held over night had its result before this day began.
  const carried = list.days.at(-2)?.unrealizedPnl ?? 0
  const pnl = isLive ? live.desk.realizedPnl + live.desk.unrealizedPnl - carried : today?.pnl
  return (
    <>
      <Card
        title={say(
          `${data.days.length}일의 결과`,
          `Result of ${data.days.length} ${data.days.length === 1 ? 'day' : 'days'}`,
        )}
      >
        <dl className="figures">
          {today?.open && pnl !== undefined && (
            <Figure
              label={say('오늘 (진행 중)', 'Today, so far')}
              className={`live-figures ${direction(pnl)}`}
            >
              {signedMoney(pnl, 'KRW')}
            </Figure>
          )}
          {shown.map(({ key, ko, en, text, tone, why }) => (
            <Figure key={key} label={say(ko, en)} className={tone}>
              <span title={why && sentence(why)}>{text}</span>
            </Figure>
          ))}
        </dl>
        {today?.open && (
          <p className="quiet small-print">
            {say(
              '진행 중인 날의 나머지 수치는 기록을 1–2분마다 다시 읽은 것입니다.',
              'All other figures of a day that goes on come from its record, read again every minute or two.',
            )}
          </p>
        )}
      </Card>
      <Doubts doubts={data.doubts} />
    </>
  )
}

function Statistics({ data, list }: { readonly data: PerformanceMessage; readonly list: DayList }) {
  const say = useSay()
  const exitName = useExitName()
  const { costs } = data
  const rows = [
    [say('비용 전 손익', 'Before costs'), costs.gross],
    [say('수수료', 'Commission'), -costs.commission],
    [say('세금', 'Tax'), -costs.tax],
    [say('실현 손익 (끝난 거래)', 'Net of closed trades'), costs.net],
  ] as const
  return (
    <>
      <div className="grid">
        <Card className="span-6" title={say('전략·조건별', 'By strategy and condition')} flush>
          <TradeGroups
            title={say('전략·조건', 'Strategy')}
            groups={data.byStrategy}
            nameOf={({ name }) => name || say('직접 또는 이월', 'By hand, or carried over')}
            currency="KRW"
          />
        </Card>
        <Card className="span-6" title={say('청산 사유별', 'By exit')} flush>
          <TradeGroups
            title={say('사유', 'Reason')}
            groups={data.byExit}
            nameOf={({ key }) => exitName(key)}
            currency="KRW"
          />
        </Card>
        <Card className="span-4" title={say('진입 시각별', 'By hour of entry')} flush>
          <TradeGroups
            title={say('시각', 'Hour')}
            groups={data.byHour}
            nameOf={({ key }) => say(`${key}시`, `${key}:00`)}
            currency="KRW"
          />
        </Card>
        <Card className="span-5" title={say('종목별', 'By instrument')} flush>
          <TradeGroups title={say('종목', 'Name')} groups={data.byInstrument.slice(0, 10)} currency="KRW" />
        </Card>
        <div className="span-3 stack at-top">
          <Card title={say('비용', 'Costs')}>
            <dl className="facts">
              {rows.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className={direction(value)}>{signedMoney(value, 'KRW')}</dd>
                </div>
              ))}
            </dl>
          </Card>
          <Statements list={list} />
        </div>
      </div>
      <Card title={say('월별 수익률', 'Returns by month')}>
        <Months years={data.months} />
      </Card>
      <Card title={say('모든 수치', 'All figures')}>
        <FigureGroups groups={data.groups} currency="KRW" />
      </Card>
    </>
  )
}

const SHOWN_AT_FIRST = 20

function DayTable({ list, onPick }: { readonly list: DayList; readonly onPick: (day: string) => void }) {
  const say = useSay()
  const [shown, setShown] = useState(SHOWN_AT_FIRST)
  const days = list.days.toReversed()
  return (
    <Card title={say('날마다', 'Day by day')} flush>
      <div className="table-wrap">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say('날', 'Day')}</th>
              <th scope="col" className="number">
                {say('손익', 'Result')}
              </th>
              <th scope="col" className="number">
                %
              </th>
              <th scope="col" className="number wide-only">
                {say('실현', 'Realised')}
              </th>
              <th scope="col" className="number wide-only">
                {say('비용', 'Costs')}
              </th>
              <th scope="col" className="number">
                {say('거래', 'Trades')}
              </th>
              <th scope="col" className="number wide-only">
                {say('평가금액', 'Equity')}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.slice(0, shown).map((each) => (
              <tr key={each.day}>
                <th scope="row">
                  <button type="button" className="link" onClick={() => onPick(each.day)}>
                    {each.day}
                  </button>{' '}
                  {each.open && <span className="chip accent">{say('진행 중', 'open')}</span>}
                  {each.corrections !== 0 && (
                    <span className="chip warn">{say('정정 있음', 'corrected')}</span>
                  )}
                </th>
                <td className={`number ${direction(each.pnl)}`}>{signedMoney(each.pnl, 'KRW')}</td>
                <td className={`number ${direction(each.pnl)}`}>
                  {each.ratio === undefined ? '–' : signedPercent(each.ratio)}
                </td>
                <td className={`number wide-only ${direction(each.realizedPnl)}`}>
                  {signedMoney(each.realizedPnl, 'KRW')}
                </td>
                <td className="number wide-only">{signedMoney(-(each.commission + each.tax), 'KRW')}</td>
                <td className="number">{each.trips}</td>
                <td className="number wide-only">{each.equity.toLocaleString('ko-KR')}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown < days.length && (
          <div className="row more">
            <button type="button" className="button small" onClick={() => setShown(shown + 60)}>
              {say('더 보기', 'More')}
            </button>
          </div>
        )}
      </div>
    </Card>
  )
}
