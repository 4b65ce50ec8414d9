import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { RunMessage } from '../../../contract/backtest.ts'
import type { SweepReport, SweepTrialMessage } from '../../../contract/backtest-report.ts'
import { Card } from '../../parts/card.tsx'
import { shareOf } from '../../parts/chart-scale.ts'
import { Doubts, Facts } from '../../parts/figure-groups.tsx'
import { numberText, ratioText } from '../../parts/figures.ts'
import { HeatMap } from '../../parts/heat-map.tsx'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { count, direction, signedPercent } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { RunHead } from './backtest-result.tsx'
import { type MapCell, type SweepMap, sweepMap } from './sweep-map.ts'
import { sweepQuery, tablePath } from './use-backtests.ts'

/** What a sweep found: how much of the winner is luck, then where it stands among its neighbours. */
export function SweepResult({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery(sweepQuery(id))
  if (error) return <ErrorNote error={error} again={() => void refetch()} />
  if (!data) return <Loading />
  return data.report ? (
    <Report run={data.run} report={data.report} />
  ) : (
    <RunHead run={data.run} title={undefined} subtitle={undefined} />
  )
}

function Report({ run, report }: { readonly run: RunMessage; readonly report: SweepReport }) {
  const say = useSay()
  const sentence = useSentence()
  return (
    <>
      <RunHead run={run} title={sentence(report.title)} subtitle={report.subtitle}>
        <a className="button small" href={tablePath(run)} download>
          {say('시험 CSV', 'Trials CSV')}
        </a>
      </RunHead>
      <Doubts alarms={report.alarms} doubts={report.doubts} />
      <div className="grid">
        <Card className="span-5" title={say('얼마나 믿을 수 있나', 'How far to believe it')}>
          <Facts facts={report.honesty} />
        </Card>
        <Card className="span-7" title={say('값의 지도', 'Map of the values')}>
          <ValueMap run={run} report={report} />
        </Card>
      </div>
      <Best run={run} report={report} />
      <div className="grid">
        <Card className="span-6" title={say('가정', 'Assumptions')}>
          <Facts facts={report.assumptions} />
        </Card>
        <Card className="span-6" title={say('데이터', 'Data')}>
          <Facts facts={report.certificate} />
        </Card>
      </div>
    </>
  )
}

const scoreText = (report: SweepReport, score: number): string =>
  report.objective.unit === 'ratio' ? ratioText(score) : numberText(score)

function ValueMap({ run, report }: { readonly run: RunMessage; readonly report: SweepReport }) {
  const say = useSay()
  const sentence = useSentence()
  const keys = report.parameters.map(({ key }) => key)
  const [across, setAcross] = useState(report.axes?.across ?? keys[0] ?? '')
  const [up, setUp] = useState(report.axes?.up ?? keys.find((key) => key !== across))
  const [by, setBy] = useState<'mean' | 'around'>('mean')
  const [picked, pick] = useState<readonly [number, number] | undefined>(undefined)
  const map = sweepMap(report, across, up === across ? undefined : up)
  if (!map) return <Empty title={say('값이 있는 시험이 없습니다', 'No trial has a figure')} />
  const cell = picked && map.rows[picked[0]]?.[picked[1]]
  const choice = (label: string, value: string | undefined, set: (key: string) => void) => (
    <label className="row">
      <span className="quiet">{label}</span>
      <select className="select narrow" value={value ?? ''} onChange={(event) => set(event.target.value)}>
        {keys.map((key) => (
          <option key={key}>{key}</option>
        ))}
      </select>
    </label>
  )
  return (
    <div className="stack">
      <div className="row">
        {choice(say('가로', 'Across'), across, (key) => {
          setAcross(key)
          pick(undefined)
        })}
        {keys.length > 1 &&
          choice(say('세로', 'Up'), up, (key) => {
            setUp(key)
            pick(undefined)
          })}
        <label className="row">
          <span className="quiet">{say('색', 'Colour')}</span>
          <select
            className="select narrow"
            value={by}
            onChange={(event) => setBy(event.target.value === 'around' ? 'around' : 'mean')}
          >
            <option value="mean">{sentence(report.objective)}</option>
            <option value="around">{say('이웃의 평균', 'Mean of the neighbours')}</option>
          </select>
        </label>
      </div>
      <HeatMap
        label={say(
          `${across}와 ${up ?? ''}에 따른 ${report.objective.ko}`,
          `${report.objective.en} by ${across} and ${up ?? ''}`,
        )}
        corner={`${up ?? ''} \\ ${across}`}
        columns={map.across.map((name) => ({ key: name, name }))}
        rows={map.rows.map((cells, row) => ({
          key: map.up[row] ?? '',
          name: map.up[row],
          cells: cells.map((each, column) => each && shownCell(each, by, map, report, [row, column])),
        }))}
        tone={map.low >= 0 || map.high <= 0 ? 'size' : 'sign'}
        onPick={(row, column) => pick([row, column])}
        picked={picked}
      />
      <p className="quiet small-print">
        {say(
          '칸은 그 값들로 한 시험의 평균, 아래는 둘러싼 칸의 평균, 테두리는 1위. 홀로 솟은 봉우리는 운입니다.',
          'A cell is the mean of its trials, below it the mean of the cells around it; the frame holds the winner. A peak that stands alone is luck.',
        )}
      </p>
      {cell && <CellDetail cell={cell} report={report} run={run} />}
    </div>
  )
}

function shownCell(
  cell: MapCell,
  by: 'mean' | 'around',
  map: SweepMap,
  report: SweepReport,
  place: readonly [number, number],
) {
  const value = by === 'mean' ? cell.mean : (cell.around ?? cell.mean)
  const isSigned = map.low < 0 && map.high > 0
  const largest = Math.max(Math.abs(map.low), Math.abs(map.high))
  const strength = isSigned ? (largest > 0 ? value / largest : 0) : shareOf(value, map)
  return {
    strength: Math.max(-1, Math.min(1, strength)),
    text: scoreText(report, cell.mean),
    ...(cell.around !== undefined && { sub: scoreText(report, cell.around) }),
    marked: map.winner?.[0] === place[0] && map.winner[1] === place[1],
  }
}

function CellDetail({
  cell,
  report,
  run,
}: {
  readonly cell: MapCell
  readonly report: SweepReport
  readonly run: RunMessage
}) {
  const say = useSay()
  const { best } = cell
  return (
    <div className="note">
      <div className="stack">
        <span className="row">
          <strong>{valuesText(best, report)}</strong>
          <PlayLink run={run} report={report} trial={best} />
        </span>
        <span>
          {say(
            `시험 ${cell.count}번의 평균 ${scoreText(report, cell.mean)}, 최고 ${scoreText(report, best.score ?? 0)}`,
            `Mean of ${cell.count} trials ${scoreText(report, cell.mean)}, best ${scoreText(report, best.score ?? 0)}`,
          )}
          {best.near &&
            say(
              ` · 한 칸 옆 ${best.near.neighbours}곳의 평균 ${scoreText(report, best.near.mean)}, 최저 ${scoreText(report, best.near.least)}`,
              ` · ${best.near.neighbours} trials a step away: mean ${scoreText(report, best.near.mean)}, least ${scoreText(report, best.near.least)}`,
            )}
        </span>
      </div>
    </div>
  )
}

const valuesText = ({ values }: SweepTrialMessage, { parameters }: SweepReport): string =>
  parameters.map(({ key }, i) => `${key}=${String(values[i])}`).join(', ')

const SHOWN = 20

function Best({ run, report }: { readonly run: RunMessage; readonly report: SweepReport }) {
  const say = useSay()
  const sentence = useSentence()
  const rows = report.trials.filter(({ score }) => score !== undefined).slice(0, SHOWN)
  return (
    <Card
      title={say(`가장 나은 ${rows.length}개`, `Best ${rows.length}`)}
      flush
      aside={
        <span className="quiet">
          {say(
            `시험 ${count(report.played)}번, 실패 ${count(report.failed)}번`,
            `${count(report.played)} trials, ${count(report.failed)} failed`,
          )}
        </span>
      }
    >
      <div className="table-wrap">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say('값', 'Values')}</th>
              <th scope="col" className="number">
                {sentence(report.objective)}
              </th>
              <th scope="col" className="number">
                {say('이웃 평균', 'Neighbours')}
              </th>
              <th scope="col" className="number wide-only">
                {say('수익률', 'Return')}
              </th>
              <th scope="col" className="number wide-only">
                MDD
              </th>
              <th scope="col" className="number wide-only">
                {say('거래', 'Trades')}
              </th>
              <th scope="col">
                <span className="unseen">{say('돌리기', 'Play')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((trial) => (
              <tr key={trial.number}>
                <th scope="row">{valuesText(trial, report)}</th>
                <td className="number">{scoreText(report, trial.score ?? 0)}</td>
                <td className="number">{trial.near ? scoreText(report, trial.near.mean) : '–'}</td>
                <td className={`number wide-only ${direction(trial.totalReturn ?? 0)}`}>
                  {trial.totalReturn === undefined ? '–' : signedPercent(trial.totalReturn)}
                </td>
                <td className="number wide-only">
                  {trial.drawdown === undefined ? '–' : ratioText(trial.drawdown)}
                </td>
                <td className="number wide-only">{count(trial.roundTrips)}</td>
                <td className="number">
                  <PlayLink run={run} report={report} trial={trial} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {report.failures.length > 0 && (
        <details className="inner">
          <summary>{say('실패한 시험', 'Trials that failed')}</summary>
          <Facts facts={report.failures} />
        </details>
      )}
    </Card>
  )
}

/** From a trial to a backtest with its values, filled in and not started. */
function PlayLink({
  run,
  report,
  trial,
}: {
  readonly run: RunMessage
  readonly report: SweepReport
  readonly trial: SweepTrialMessage
}) {
  const say = useSay()
  const values = report.parameters.map(({ key }, i) => [key, trial.values[i]])
  const search = new URLSearchParams({
    again: run.id,
    values: JSON.stringify({ ...report.fixed, ...Object.fromEntries(values) }),
  })
  return (
    <Link
      className="button small"
      href={`/backtest?${search}`}
      aria-label={say(
        `${valuesText(trial, report)} 값으로 백테스트`,
        `Backtest with ${valuesText(trial, report)}`,
      )}
    >
      {say('백테스트', 'Backtest')}
    </Link>
  )
}
