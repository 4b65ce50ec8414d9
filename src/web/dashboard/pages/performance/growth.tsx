import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { PerformanceMessage } from '../../../contract/performance.ts'
import { Card } from '../../parts/card.tsx'
import { FigureTable } from '../../parts/figure-table.tsx'
import { ratioText } from '../../parts/figures.ts'
import { LineChart } from '../../parts/line-chart.tsx'
import { signedPercent } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { backtestQuery } from '../backtest/use-backtests.ts'
import { doneBacktestsQuery } from './use-performance.ts'
import { overlaid } from './view.ts'

const THEIRS = [
  { colour: 'var(--text-3)', dash: '6 3' },
  { colour: 'var(--good)', dash: '2 3' },
  { colour: 'var(--warn)', dash: '8 3 2 3' },
] as const

/** What the account and a backtest are held against each other by. */
const COMPARED = [
  'pnl',
  'totalReturn',
  'annualReturn',
  'maximumDrawdown',
  'volatility',
  'sharpe',
  'trades',
  'winRate',
  'profitFactor',
  'expectancy',
  'commission',
  'tax',
]

/** Growth of the account, beside backtests that were done of the same. */
export function Growth({ data }: { readonly data: PerformanceMessage }) {
  const say = useSay()
  const sentence = useSentence()
  const [beside, setBeside] = useState<readonly string[]>([])
  const { data: runs = [] } = useQuery(doneBacktestsQuery)
  const found = useQueries({ queries: beside.map((id) => backtestQuery(id)) })
  const reports = found.flatMap(({ data }, i) =>
    data?.report ? [{ id: beside[i] ?? '', report: data.report }] : [],
  )
  const from = data.days[0] ?? ''
  const { days, lines } = overlaid([
    { days: data.days, growth: data.growth },
    ...reports.map(({ report }) => ({
      days: report.days,
      growth: report.equity.map((value) => value / Math.max(1, report.beganWith)),
    })),
  ])
  return (
    <Card
      title={say('수익 곡선', 'Growth')}
      aside={
        runs.length > 0 && (
          <label className="row">
            <span className="quiet">{say('백테스트와 비교', 'Beside a backtest')}</span>
            <select
              className="select narrow"
              value=""
              onChange={(event) => {
                const id = event.target.value
                setBeside((before) => [...before.filter((each) => each !== id), id].slice(-THEIRS.length))
              }}
            >
              <option value="">{say('고르기', 'Choose')}</option>
              {runs.map(({ id, title, figures }) => (
                <option key={id} value={id}>
                  {sentence(title)}{' '}
                  {figures?.totalReturn === undefined ? '' : signedPercent(figures.totalReturn)}
                </option>
              ))}
            </select>
          </label>
        )
      }
    >
      <div className="stack">
        <LineChart
          label={say('날마다의 누적 수익률', 'Cumulative return day by day')}
          labels={days}
          series={lines.map((values, i) => {
            if (i === 0)
              return { key: 'account', name: say('내 계좌', 'Account'), values, colour: 'var(--accent)' }
            const report = reports[i - 1]
            return {
              key: report?.id ?? '',
              name: report ? sentence(report.report.title) : '',
              values,
              ...(THEIRS[i - 1] ?? THEIRS[0]),
            }
          })}
          format={signedPercent}
          include={[0]}
          height={250}
        />
        {beside.length > 0 && (
          <div className="row">
            <span className="quiet small-print">
              {say(
                `백테스트도 각자의 첫날부터 셉니다 (계좌는 ${from}부터)`,
                `Each counts from its own first day (the account from ${from})`,
              )}
            </span>
            <button type="button" className="button small push" onClick={() => setBeside([])}>
              {say('비교 끄기', 'Account alone')}
            </button>
          </div>
        )}
        <LineChart
          label={say('날마다의 낙폭', 'Drawdown day by day')}
          labels={data.days}
          series={[
            {
              key: 'drawdown',
              name: say('낙폭', 'Drawdown'),
              values: data.drawdown,
              colour: 'var(--down)',
              area: true,
            },
          ]}
          format={ratioText}
          height={110}
        />
        {reports.length > 0 && (
          <FigureTable
            keys={COMPARED}
            columns={[
              {
                key: 'account',
                head: sentence(data.source.title),
                groups: data.groups,
                currency: 'KRW',
              },
              ...reports.map(({ id, report }) => ({
                key: id,
                head: <Link href={`/backtest/${id}`}>{sentence(report.title)}</Link>,
                groups: report.groups,
                currency: report.currency,
              })),
            ]}
          />
        )}
      </div>
    </Card>
  )
}
