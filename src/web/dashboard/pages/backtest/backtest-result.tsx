import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { RunMessage } from '../../../contract/backtest.ts'
import type { BacktestReport } from '../../../contract/backtest-report.ts'
import { Card, Figure } from '../../parts/card.tsx'
import { Doubts, Facts, FigureGroups, Months, TradeGroups, useExitName } from '../../parts/figure-groups.tsx'
import { headlinesOf, money, ratioText, roughMoney, signedMoney } from '../../parts/figures.ts'
import { LineChart } from '../../parts/line-chart.tsx'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import { count, direction, instantText, percent, signedPercent } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { Promote } from './promote.tsx'
import { Buttons, Progress, StateChip } from './runs.tsx'
import { backtestQuery, reportPath, tablePath } from './use-backtests.ts'
import { isActive } from './view.ts'

/** What one backtest came to: the doubts first, then the figures. */
export function BacktestResult({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery(backtestQuery(id))
  if (error) return <ErrorNote error={error} again={() => void refetch()} />
  if (!data) return <Loading />
  return data.report ? (
    <Report run={data.run} report={data.report} />
  ) : (
    <RunHead run={data.run} title={undefined} subtitle={undefined} />
  )
}

/** The name of a run and what can be done with it; how it stands while it has no result. */
export function RunHead({
  run,
  title,
  subtitle,
  children,
}: {
  readonly run: RunMessage
  readonly title: string | undefined
  readonly subtitle: string | undefined
  readonly children?: ReactNode
}) {
  const say = useSay()
  const sentence = useSentence()
  return (
    <header className="stack run-head">
      <div className="row">
        <h1>{title ?? sentence(run.title)}</h1>
        <StateChip state={run.state} />
        <span className="row push">
          {children}
          <Link className="button small" href={`/backtest?again=${run.id}`}>
            {say('고쳐서 다시', 'Change and run')}
          </Link>
          <Buttons run={run} />
        </span>
      </div>
      <p className="quiet">{subtitle ?? run.request.market.data}</p>
      {run.state === 'running' && (
        <Card title={say('진행', 'Progress')}>
          <Progress run={run} />
        </Card>
      )}
      {run.state === 'queued' && (
        <Card title={say('대기 중', 'Queued')}>
          <Empty title={say('앞의 실행이 끝나면 시작합니다', 'It starts when the run before it has ended')} />
        </Card>
      )}
      {!isActive(run) && run.state !== 'done' && (
        <div className={run.state === 'failed' ? 'note bad' : 'note warn'}>
          <span>
            {run.failure
              ? sentence(run.failure)
              : run.state === 'interrupted'
                ? say('가람이 끝나면서 중단되었습니다.', 'It was interrupted when Garam ended.')
                : say('취소했습니다.', 'It was cancelled.')}
          </span>
        </div>
      )}
    </header>
  )
}

const HEADLINES = [
  'totalReturn',
  'annualReturn',
  'maximumDrawdown',
  'sharpe',
  'sharpeNeeded',
  'trialCount',
  'trades',
  'winRate',
  'profitFactor',
  'breakEvenCosts',
]

function Report({ run, report }: { readonly run: RunMessage; readonly report: BacktestReport }) {
  const say = useSay()
  const sentence = useSentence()
  const language = usePreferences((preferences) => preferences.language)
  const [isPageShown, showPage] = useState(false)
  const [isPromoting, promote] = useState(false)
  const exitName = useExitName()
  const { currency, groups } = report
  const shown = headlinesOf(groups, HEADLINES, currency, language)
  return (
    <>
      <RunHead run={run} title={sentence(report.title)} subtitle={report.subtitle}>
        <button type="button" className="button small primary" onClick={() => promote(true)}>
          {say('모의투자로 옮기기', 'Promote to paper')}
        </button>
        <button type="button" className="button small" onClick={() => showPage(true)}>
          {say('보고서', 'Report')}
        </button>
        <a className="button small" href={tablePath(run)} download>
          {say('거래 CSV', 'Trades CSV')}
        </a>
      </RunHead>
      <Doubts alarms={report.alarms} doubts={report.doubts} earned={report.endedWith > report.beganWith} />
      <Card title={say('핵심 수치', 'Key figures')}>
        <dl className="figures">
          {shown.map(({ key, ko, en, text, tone, why }) => (
            <Figure key={key} label={say(ko, en)} className={tone}>
              <span title={why && sentence(why)}>{text}</span>
            </Figure>
          ))}
        </dl>
      </Card>
      <Curves report={report} />
      <Card title={say('월별 수익률', 'Returns by month')}>
        <Months years={report.months} />
      </Card>
      <div className="grid">
        <Card className="span-4" title={say('비용', 'Costs')}>
          <Costs report={report} />
        </Card>
        <Card className="span-4" title={say('청산 사유별', 'By exit')} flush>
          <TradeGroups
            title={say('사유', 'Reason')}
            groups={report.byExit}
            nameOf={({ key }) => exitName(key)}
            currency={currency}
          />
        </Card>
        <Card className="span-4" title={say('종목별', 'By instrument')} flush>
          <TradeGroups
            title={say('종목', 'Name')}
            groups={report.byInstrument.slice(0, 10)}
            currency={currency}
          />
        </Card>
      </div>
      <Trades report={report} />
      <Card title={say('모든 수치', 'All figures')}>
        <FigureGroups groups={groups} currency={currency} />
      </Card>
      <div className="grid">
        <Card className="span-6" title={say('가정', 'Assumptions')}>
          <Facts facts={report.assumptions} />
        </Card>
        <Card className="span-6" title={say('데이터', 'Data')}>
          <Facts facts={report.certificate} />
        </Card>
      </div>
      <p className="quiet small-print">
        {say('결정 해시', 'Decision hash')} <code>{report.decisionHash}</code>
      </p>
      {isPageShown && (
        <Sheet
          title={say('보고서', 'Report')}
          onClose={() => showPage(false)}
          foot={
            <a className="button" href={reportPath(run)} download={`garam-${run.id}.html`}>
              {say('파일로 받기', 'Download')}
            </a>
          }
        >
          <iframe className="report-frame" src={reportPath(run)} sandbox="" title={say('보고서', 'Report')} />
        </Sheet>
      )}
      {isPromoting && <Promote run={run} onClose={() => promote(false)} />}
    </>
  )
}

function Curves({ report }: { readonly report: BacktestReport }) {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  const { days, equity, drawdown, benchmark, currency, beganWith } = report
  const first = benchmark?.closes[0] ?? 0
  const held =
    benchmark && first > 0 ? benchmark.closes.map((close) => (close / first) * beganWith) : undefined
  return (
    <Card title={say('자산과 낙폭', 'Equity and drawdown')}>
      <div className="stack">
        <LineChart
          label={say('날마다의 평가금액', 'Equity day by day')}
          labels={days}
          series={[
            ...(held
              ? [
                  {
                    key: 'theirs',
                    name: benchmark?.name ?? '',
                    values: held,
                    colour: 'var(--text-3)',
                    dash: '4 3',
                  },
                ]
              : []),
            { key: 'equity', name: say('평가금액', 'Equity'), values: equity, colour: 'var(--accent)' },
          ]}
          format={(value) => money(value, currency, language)}
          formatTick={(value) => roughMoney(value, currency, language)}
          height={280}
        />
        {drawdown.length > 0 && (
          <LineChart
            label={say('날마다의 낙폭', 'Drawdown day by day')}
            labels={days}
            series={[
              {
                key: 'drawdown',
                name: say('낙폭', 'Drawdown'),
                values: drawdown,
                colour: 'var(--down)',
                area: true,
              },
            ]}
            format={ratioText}
            height={130}
          />
        )}
      </div>
    </Card>
  )
}

function Costs({ report: { costs, currency, beganWith } }: { readonly report: BacktestReport }) {
  const say = useSay()
  const rows = [
    [say('비용 전 손익', 'Before costs'), costs.gross],
    [say('수수료', 'Commission'), -costs.commission],
    [currency === 'USD' ? say('SEC 수수료', 'SEC fee') : say('세금', 'Tax'), -costs.tax],
    [say('실현 손익', 'Net'), costs.net],
  ] as const
  const paid = costs.commission + costs.tax
  return (
    <div className="stack">
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={direction(value)}>{signedMoney(value, currency)}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet small-print">
        {say(
          `비용은 처음 현금의 ${percent(paid / Math.max(1, beganWith))}입니다.`,
          `Costs are ${percent(paid / Math.max(1, beganWith))} of the cash to begin with.`,
        )}
      </p>
    </div>
  )
}

const SHOWN_AT_FIRST = 30

function Trades({ report }: { readonly report: BacktestReport }) {
  const say = useSay()
  const exitName = useExitName()
  const [shown, setShown] = useState(SHOWN_AT_FIRST)
  const { trades, tradeCount, currency } = report
  return (
    <Card
      title={say(`거래 ${count(tradeCount)}건`, `${count(tradeCount)} trades`)}
      flush
      aside={
        tradeCount > trades.length && (
          <span className="quiet">
            {say('새것부터 1,000건, 나머지는 CSV에', 'The newest 1,000; the rest is in the CSV')}
          </span>
        )
      }
    >
      {trades.length === 0 ? (
        <Empty title={say('끝난 거래가 없습니다', 'No trade was closed')} />
      ) : (
        <div className="table-wrap">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('종목', 'Name')}</th>
                <th scope="col" className="wide-only">
                  {say('진입', 'In')}
                </th>
                <th scope="col">{say('청산', 'Out')}</th>
                <th scope="col" className="number wide-only">
                  {say('수량', 'Shares')}
                </th>
                <th scope="col" className="number">
                  {say('손익', 'Result')}
                </th>
                <th scope="col" className="number">
                  %
                </th>
                <th scope="col" className="wide-only">
                  {say('사유', 'Reason')}
                </th>
              </tr>
            </thead>
            <tbody>
              {trades.slice(0, shown).map((trip) => (
                <tr key={`${trip.instrument} ${trip.openedAt} ${trip.closedAt}`}>
                  <th scope="row">{trip.name}</th>
                  <td className="wide-only">{instantText(trip.openedAt).slice(0, 16)}</td>
                  <td>{instantText(trip.closedAt).slice(0, 10)}</td>
                  <td className="number wide-only">{count(trip.quantity)}</td>
                  <td className={`number ${direction(trip.realizedPnl)}`}>
                    {signedMoney(trip.realizedPnl, currency)}
                  </td>
                  <td className={`number ${direction(trip.realizedPnl)}`}>
                    {trip.buyValue > 0 ? signedPercent(trip.realizedPnl / trip.buyValue) : '–'}
                  </td>
                  <td className="wide-only">
                    {exitName(trip.exit)}
                    <span className="sub">{trip.exitReason}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {shown < trades.length && (
            <div className="row more">
              <button type="button" className="button small" onClick={() => setShown(shown + 100)}>
                {say(
                  `더 보기 (${count(trades.length - shown)}건 남음)`,
                  `More (${count(trades.length - shown)} left)`,
                )}
              </button>
            </div>
          )}
        </div>
      )}
    </Card>
  )
}
