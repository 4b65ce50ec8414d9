import { useQueries } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { BacktestReport } from '../../../contract/backtest-report.ts'
import { Card } from '../../parts/card.tsx'
import { FigureTable } from '../../parts/figure-table.tsx'
import { LineChart } from '../../parts/line-chart.tsx'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { signedPercent } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { backtestQuery } from './use-backtests.ts'
import { compared } from './view.ts'

/** Told apart by colour and by dash. */
const LINES = [
  { colour: 'var(--accent)', dash: '' },
  { colour: 'var(--up)', dash: '6 3' },
  { colour: 'var(--good)', dash: '2 3' },
  { colour: 'var(--warn)', dash: '8 3 2 3' },
] as const

const COMPARED = [
  'totalReturn',
  'annualReturn',
  'maximumDrawdown',
  'volatility',
  'sharpe',
  'sharpeNeeded',
  'trialCount',
  'sortino',
  'calmar',
  'trades',
  'winRate',
  'profitFactor',
  'expectancy',
  'exposure',
  'breakEvenCosts',
  'commission',
  'tax',
]

/** Two to four backtests side by side. */
export function Compare({ ids }: { readonly ids: readonly string[] }) {
  const say = useSay()
  const found = useQueries({ queries: ids.map((id) => backtestQuery(id)) })
  const error = found.find((each) => each.error)?.error
  const runs = found.flatMap(({ data }, i) =>
    data?.report ? [{ id: ids[i] ?? '', report: data.report }] : [],
  )
  return (
    <div className="stack">
      <nav className="row" aria-label={say('위치', 'Where you are')}>
        <Link href="/backtest">{say('← 백테스트', '← Backtests')}</Link>
      </nav>
      <h1>{say('나란히 보기', 'Side by side')}</h1>
      {error && <ErrorNote error={error} />}
      {runs.length > 1 ? (
        <Shown runs={runs} />
      ) : found.some(({ isPending }) => isPending) ? (
        <Loading />
      ) : (
        <Empty title={say('비교할 결과가 없습니다', 'There is nothing to compare')} />
      )}
    </div>
  )
}

type Runs = readonly { readonly id: string; readonly report: BacktestReport }[]

function Shown({ runs }: { readonly runs: Runs }) {
  const say = useSay()
  const sentence = useSentence()
  const { days, growth } = compared(runs.map(({ report }) => report))
  const nameOf = (place: number) =>
    `${String.fromCharCode(65 + place)} ${sentence(runs[place]?.report.title ?? { ko: '', en: '' })}`
  return (
    <>
      <Card title={say('자산 곡선', 'Equity')}>
        <LineChart
          label={say('처음 현금 대비 수익률', 'Return on the cash to begin with')}
          labels={days}
          series={growth.map((values, i) => ({
            key: runs[i]?.id ?? '',
            name: nameOf(i),
            values,
            ...line(i),
          }))}
          format={signedPercent}
          include={[0]}
          height={320}
        />
      </Card>
      <Card title={say('수치', 'Figures')} flush>
        <Figures runs={runs} nameOf={nameOf} />
      </Card>
    </>
  )
}

const line = (place: number) => LINES[place % LINES.length] ?? LINES[0]

function Figures({ runs, nameOf }: { readonly runs: Runs; readonly nameOf: (place: number) => string }) {
  const say = useSay()
  return (
    <FigureTable
      keys={COMPARED}
      columns={runs.map(({ id, report }, i) => ({
        key: id,
        groups: report.groups,
        currency: report.currency,
        head: (
          <>
            <Link href={`/backtest/${id}`}>{nameOf(i)}</Link>
            <span className="sub">
              {Object.entries(report.parameters)
                .map(([key, value]) => `${key}=${String(value)}`)
                .join(' ')}
            </span>
          </>
        ),
      }))}
    >
      <tr>
        <th scope="row">{say('의심할 점', 'Doubts')}</th>
        {runs.map(({ id, report }) => (
          <td key={id} className="number">
            {report.doubts.length + report.alarms.length}
          </td>
        ))}
      </tr>
    </FigureTable>
  )
}
