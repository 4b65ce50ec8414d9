import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { RunMessage } from '../../../contract/backtest.ts'
import { numberText, ratioText } from '../../parts/figures.ts'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { useMay } from '../../state/may.ts'
import { count, direction, instantText, lasting, percent, signedPercent } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { useNow } from '../../state/use-now.ts'
import { useRunActions, useRuns } from './use-backtests.ts'
import { isActive } from './view.ts'

const MOST_COMPARED = 4

/** The queue and what has ended, newest first; two to four backtests can be laid side by side. */
export function Runs() {
  const say = useSay()
  const [, go] = useLocation()
  const { data: runs, error, refetch } = useRuns()
  const [chosen, setChosen] = useState<readonly string[]>([])
  if (error && !runs) return <ErrorNote error={error} again={() => void refetch()} />
  if (!runs) return <Loading />
  if (runs.length === 0)
    return (
      <Empty title={say('아직 돌린 것이 없습니다', 'Nothing was played yet')}>
        {say('위에서 전략과 데이터를 골라 시작하세요.', 'Choose a strategy and data above, and start.')}
      </Empty>
    )
  const choose = (id: string) =>
    setChosen((before) =>
      before.includes(id) ? before.filter((each) => each !== id) : [...before, id].slice(-MOST_COMPARED),
    )
  return (
    <>
      <div className="row compare-bar">
        <span className="quiet">
          {say(
            `비교할 백테스트를 2–4개 고르세요 (${chosen.length}개 고름)`,
            `Choose two to four backtests to compare (${chosen.length} chosen)`,
          )}
        </span>
        <button
          type="button"
          className="button small push"
          disabled={chosen.length < 2}
          onClick={() => go(`/backtest?compare=${chosen.join(',')}`)}
        >
          {say('나란히 보기', 'Compare')}
        </button>
      </div>
      <ul className="runs">
        {runs.map((run) => (
          <RunRow key={run.id} run={run} isChosen={chosen.includes(run.id)} choose={() => choose(run.id)} />
        ))}
      </ul>
    </>
  )
}

function RunRow({
  run,
  isChosen,
  choose,
}: {
  readonly run: RunMessage
  readonly isChosen: boolean
  readonly choose: () => void
}) {
  const say = useSay()
  const sentence = useSentence()
  const { market } = run.request
  const names = market.symbols
  return (
    <li className="run">
      <span className="run-pick">
        {run.kind === 'backtest' && run.state === 'done' && (
          <input
            type="checkbox"
            checked={isChosen}
            onChange={choose}
            aria-label={say(`${run.title.ko} 비교에 넣기`, `Compare ${run.title.en}`)}
          />
        )}
      </span>
      <div className="run-name">
        <Link href={`/backtest/${run.id}`}>
          <strong>{sentence(run.title)}</strong>
        </Link>
        <span className="quiet">
          {run.kind === 'sweep' ? `${say('값 찾기', 'Sweep')} · ` : ''}
          {market.data} ·{' '}
          {names
            ? names.slice(0, 3).join(', ') + (names.length > 3 ? ` +${names.length - 3}` : '')
            : say('전 종목', 'all names')}
          {valuesText(run)}
        </span>
      </div>
      <Outcome run={run} />
      <span className="quiet run-when">{instantText(run.createdAt).slice(5, 16)}</span>
      <Buttons run={run} />
    </li>
  )
}

function valuesText(run: RunMessage): string {
  const values = run.kind === 'backtest' ? run.request.parameters : run.request.turned
  return Object.entries(values)
    .map(([key, value]) => ` · ${key}=${value === '' ? '*' : String(value)}`)
    .join('')
}

function Outcome({ run }: { readonly run: RunMessage }) {
  const say = useSay()
  const sentence = useSentence()
  if (run.state === 'running') return <Progress run={run} />
  if (run.state === 'queued') return <span className="run-outcome chip">{say('대기 중', 'Queued')}</span>
  if (run.state === 'done') return <DoneFigures run={run} />
  return (
    <span className="run-outcome">
      <StateChip state={run.state} />
      {run.failure && <small className="quiet">{sentence(run.failure)}</small>}
    </span>
  )
}

export function StateChip({ state }: Pick<RunMessage, 'state'>) {
  const say = useSay()
  const words = {
    queued: ['', say('대기 중', 'Queued')],
    running: ['accent', say('실행 중', 'Running')],
    done: ['good', say('끝남', 'Done')],
    failed: ['bad', say('실패', 'Failed')],
    cancelled: ['', say('취소함', 'Cancelled')],
    interrupted: ['warn', say('중단됨', 'Interrupted')],
  } as const
  const [tone, text] = words[state]
  return <span className={`chip ${tone}`}>{text}</span>
}

/** How far it is, and when it will be there. */
export function Progress({ run }: { readonly run: RunMessage }) {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  const now = useNow()
  const { progress, startedAt } = run
  const share = progress ? progress.done / Math.max(1, progress.of) : undefined
  const text = progress
    ? say(
        `${percent(share ?? 0)} · 남은 시간 약 ${lasting(progress.leftMs, language)}`,
        `${percent(share ?? 0)} · about ${lasting(progress.leftMs, language)} left`,
      )
    : say(
        `데이터를 읽는 중 · ${lasting(now - (startedAt ?? now), language)}`,
        `Reading data · ${lasting(now - (startedAt ?? now), language)}`,
      )
  return (
    <span className="run-outcome run-progress">
      <progress max={1} {...(share !== undefined && { value: share })} aria-label={say('진행', 'Progress')} />
      <small>{text}</small>
    </span>
  )
}

function DoneFigures({ run: { figures = {}, doubts = 0, kind } }: { readonly run: RunMessage }) {
  const say = useSay()
  const { totalReturn, maximumDrawdown, sharpe, sharpeNeeded, played, score } = figures
  return (
    <span className="run-outcome run-figures">
      {kind === 'sweep' ? (
        <>
          <span>
            <small>{say('시험', 'Trials')}</small> {count(played ?? 0)}
          </span>
          <span>
            <small>{say('1위', 'Best')}</small> {score === undefined ? '–' : numberText(score)}
          </span>
        </>
      ) : (
        <>
          <span>
            <small>{say('수익률', 'Return')}</small>{' '}
            <b className={direction(totalReturn ?? 0)}>
              {totalReturn === undefined ? '–' : signedPercent(totalReturn)}
            </b>
          </span>
          <span>
            <small>MDD</small> {maximumDrawdown === undefined ? '–' : ratioText(maximumDrawdown)}
          </span>
          <span>
            <small>{say('샤프/필요', 'Sharpe/needed')}</small>{' '}
            {sharpe === undefined ? '–' : numberText(sharpe)}
            {sharpeNeeded !== undefined && ` / ${numberText(sharpeNeeded)}`}
          </span>
        </>
      )}
      {doubts > 0 && <span className="chip warn">{say(`의심 ${doubts}`, `${doubts} doubts`)}</span>}
    </span>
  )
}

export function Buttons({ run }: { readonly run: RunMessage }) {
  const say = useSay()
  const { remove, resume, pin } = useRunActions()
  const mayTrade = useMay('trade')
  if (!mayTrade) return null
  const goesOn = run.state === 'interrupted' || run.state === 'cancelled' || run.state === 'failed'
  return (
    <span className="row run-buttons">
      {goesOn && (
        <button type="button" className="button small" onClick={() => resume.mutate(run)}>
          {run.kind === 'sweep' ? say('이어서', 'Go on') : say('다시', 'Again')}
        </button>
      )}
      {run.state === 'done' && (
        <button
          type="button"
          className="button small"
          aria-pressed={run.pinned}
          onClick={() => pin.mutate(run)}
        >
          {run.pinned ? say('고정됨', 'Pinned') : say('고정', 'Pin')}
        </button>
      )}
      <button type="button" className="button small" onClick={() => remove.mutate(run)}>
        {isActive(run) ? say('취소', 'Cancel') : say('지우기', 'Remove')}
      </button>
    </span>
  )
}
