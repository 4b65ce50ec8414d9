import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useRoute, useSearch } from 'wouter'
import { Card } from '../../parts/card.tsx'
import { Segments } from '../../parts/field.tsx'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { useSay } from '../../state/say.ts'
import { BacktestResult } from './backtest-result.tsx'
import { Compare } from './compare.tsx'
import { Ledger } from './ledger.tsx'
import { Runs } from './runs.tsx'
import { StartForm } from './start-form.tsx'
import { SweepResult } from './sweep-result.tsx'
import { playableQuery, runsQuery, useRuns } from './use-backtests.ts'
import { draftOf, EMPTY_DRAFT, withTrial } from './view.ts'
import './page.css'

/** History: what is played, what it came to, and how much of that is luck. */
export function BacktestPage() {
  const [isOne, params] = useRoute('/backtest/:id')
  const ids = new URLSearchParams(useSearch()).get('compare')?.split(',') ?? []
  if (isOne) return <OneRun id={params.id} />
  if (ids.length > 1) return <Compare ids={ids.slice(0, 4)} />
  return <Home />
}

function Home() {
  const say = useSay()
  const [shown, setShown] = useState<'runs' | 'ledger'>('runs')
  const search = new URLSearchParams(useSearch())
  const from = search.get('again')
  const runs = useRuns()
  const playable = useQuery(playableQuery)
  const again = runs.data?.find(({ id }) => id === from)
  const draft =
    again && playable.data
      ? withTrial(draftOf(again, playable.data.strategies), search.get('values'), playable.data.strategies)
      : EMPTY_DRAFT
  return (
    <div className="stack">
      <header className="row">
        <h1>{say('백테스트', 'Backtest')}</h1>
      </header>
      <StartForm key={again && playable.data ? again.id : ''} initial={draft} />
      <Card
        title={shown === 'runs' ? say('실행 기록', 'Runs') : say('시도 기록', 'Everything tried')}
        flush
        aside={
          <Segments
            label={say('무엇을 볼까요', 'What to show')}
            value={shown}
            options={[
              ['runs', say('실행', 'Runs')],
              ['ledger', say('시도 기록', 'Trials')],
            ]}
            onChange={setShown}
          />
        }
      >
        {shown === 'runs' ? <Runs /> : <Ledger />}
      </Card>
    </div>
  )
}

function OneRun({ id }: { readonly id: string }) {
  const say = useSay()
  const { data, error, refetch } = useQuery(runsQuery)
  const run = data?.find((each) => each.id === id)
  return (
    <div className="stack">
      <nav className="row" aria-label={say('위치', 'Where you are')}>
        <Link href="/backtest">{say('← 백테스트', '← Backtests')}</Link>
      </nav>
      {run ? (
        run.kind === 'backtest' ? (
          <BacktestResult id={id} />
        ) : (
          <SweepResult id={id} />
        )
      ) : error ? (
        <ErrorNote error={error} again={() => void refetch()} />
      ) : data ? (
        <Empty title={say('그런 실행 기록이 없습니다', 'There is no such run')}>
          {say('지워졌거나, 새 기록에 자리를 내주었습니다.', 'It was removed, or made room for newer ones.')}
        </Empty>
      ) : (
        <Loading />
      )}
    </div>
  )
}
