import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { ApiProblem } from '../../api/client.ts'
import { Card } from '../../parts/card.tsx'
import { Field, Segments, Switch } from '../../parts/field.tsx'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { useMay } from '../../state/may.ts'
import { count } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { CostsFirst } from './costs-first.tsx'
import { StrategyFields } from './strategy-fields.tsx'
import { catalogQuery, namesQuery, playableQuery, useRunActions } from './use-backtests.ts'
import { type Draft, type Faults, requestOf } from './view.ts'

export interface FormProps {
  readonly draft: Draft
  readonly faults: Faults
  readonly set: (change: Partial<Draft>) => void
}

/** What is played, on which data, at which costs; what it costs to trade is told before anything runs. */
export function StartForm({ initial }: { readonly initial: Draft }) {
  const say = useSay()
  const catalog = useQuery(catalogQuery)
  const playable = useQuery(playableQuery)
  if (catalog.error) return <ErrorNote error={catalog.error} again={() => void catalog.refetch()} />
  if (playable.error) return <ErrorNote error={playable.error} again={() => void playable.refetch()} />
  if (!catalog.data || !playable.data) return <Loading />
  const [first] = catalog.data.sets
  if (!first)
    return (
      <Card title={say('새 백테스트', 'New backtest')}>
        <Empty title={say('과거 데이터가 없습니다', 'There is no history')}>
          {say(
            '먼저 데이터를 가져오세요: garam data import 파일.csv --kind bars',
            'Bring some first: garam data import file.csv --kind bars',
          )}
        </Empty>
      </Card>
    )
  return <Form initial={{ ...initial, data: initial.data || first.set }} />
}

function Form({ initial }: { readonly initial: Draft }) {
  const say = useSay()
  const [, go] = useLocation()
  const [draft, setDraft] = useState(initial)
  const [isTried, setTried] = useState(false)
  const { strategies = [], files = [] } = useQuery(playableQuery).data ?? {}
  const { start } = useRunActions()
  const mayStart = useMay('trade')
  const { request, faults } = requestOf(draft, strategies)
  const told: Faults = isTried ? { ...faults, ...refusedOf(start.error) } : {}
  const set = (change: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...change }))
    if (start.error) start.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (request) start.mutate(request, { onSuccess: ({ id }) => go(`/backtest/${id}`) })
  }
  const form = { draft, faults: told, set }
  const isSweep = draft.mode === 'sweep'
  return (
    <form onSubmit={submit} noValidate className="grid start">
      <Card
        className="span-8"
        title={say('새로 돌리기', 'New run')}
        aside={
          <Segments
            label={say('무엇을 할까요', 'What to do')}
            value={draft.mode}
            options={[
              ['backtest', say('백테스트', 'Backtest')],
              ['sweep', say('값 찾기', 'Sweep')],
            ]}
            onChange={(mode) => set({ mode })}
          />
        }
      >
        <div className="stack">
          <StrategyFields {...form} strategies={strategies} files={files} />
          <DataFields {...form} />
          <details>
            <summary>{say('계좌와 주문', 'Account and orders')}</summary>
            <AccountFields {...form} />
          </details>
          {!isSweep && (
            <div className="row checks">
              <Switch on={draft.checkLookahead} onChange={(checkLookahead) => set({ checkLookahead })}>
                {say('미래를 보는지 검사 (11배 걸림)', 'Check for look-ahead (takes 11 times as long)')}
              </Switch>
              <Switch on={draft.monteCarlo} onChange={(monteCarlo) => set({ monteCarlo })}>
                {say('몬테카를로 1,000번', 'Monte Carlo, 1,000 runs')}
              </Switch>
            </div>
          )}
          {start.error && <ErrorNote error={start.error} />}
          {isTried && !request && (
            <p className="wrong-note" role="alert">
              {say('표시된 곳을 고쳐 주세요.', 'Please mend what is marked.')}
            </p>
          )}
          <div className="row">
            {!mayStart && (
              <span className="quiet">
                {say('보기 권한으로는 돌릴 수 없습니다.', 'A viewer cannot start a run.')}
              </span>
            )}
            <button type="submit" className="button primary push" disabled={!mayStart || start.isPending}>
              {isSweep ? say('값 찾기 시작', 'Start the sweep') : say('백테스트 시작', 'Start the backtest')}
            </button>
          </div>
        </div>
      </Card>
      <div className="span-4 stack start-side">
        <CostsFirst draft={draft} />
        <WhatItDoes />
      </div>
    </form>
  )
}

/** What the server found wrong, at its field. */
function refusedOf(error: unknown): Faults {
  if (!(error instanceof ApiProblem)) return {}
  return Object.fromEntries(
    (error.problem.errors ?? []).map(({ path, ko, en }) => [
      path.replace(/^parameters\./, 'values.'),
      { ko, en },
    ]),
  )
}

function WhatItDoes() {
  const say = useSay()
  return (
    <Card title={say('알아 두세요', 'Good to know')}>
      <ul className="bullets quiet-list">
        <li>
          {say(
            '실거래와 같은 엔진이 그 날짜의 수수료와 세금으로 돕니다.',
            'The live engine plays it, with the fees and taxes of each date.',
          )}
        </li>
        <li>
          {say(
            '모든 시도는 세어집니다: 많이 시도할수록 필요한 샤프가 올라갑니다.',
            'Every trial is counted: the more you try, the higher the Sharpe ratio it takes.',
          )}
        </li>
        <li>
          {say(
            '따로 도는 프로세스가 낮은 우선순위로 한 번에 하나씩 합니다. 매매는 느려지지 않습니다.',
            'A process of its own does it, one at a time at low priority. Trading is not slowed down.',
          )}
        </li>
      </ul>
    </Card>
  )
}

function DataFields({ draft, faults, set }: FormProps) {
  const say = useSay()
  const sentence = useSentence()
  const { sets = [], indexes = [] } = useQuery(catalogQuery).data ?? {}
  const names = useQuery(namesQuery(draft.data))
  const chosen = sets.find((each) => each.set === draft.data)
  const wrong = (key: string) => (faults[key] ? sentence(faults[key]) : undefined)
  return (
    <fieldset className="fields">
      <legend>{say('데이터', 'Data')}</legend>
      <Field
        label={say('데이터', 'Data set')}
        wrong={wrong('data')}
        hint={
          chosen &&
          say(
            `${count(chosen.symbols)}종목 · ${chosen.from ?? '–'} – ${chosen.to ?? '–'}`,
            `${count(chosen.symbols)} names · ${chosen.from ?? '–'} – ${chosen.to ?? '–'}`,
          )
        }
      >
        {(control) => (
          <select
            {...control}
            className="select"
            value={draft.data}
            onChange={(event) => set({ data: event.target.value })}
          >
            {sets.map((each) => (
              <option key={each.set}>{each.set}</option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label={say('종목', 'Symbols')}
        wrong={wrong('symbols')}
        hint={say('비우면 전 종목. 쉼표로 나눕니다', 'All when empty; separated by commas')}
      >
        {(control) => (
          <>
            <input
              {...control}
              className="input"
              list="backtest-names"
              autoComplete="off"
              spellCheck={false}
              placeholder="005930, 000660"
              value={draft.symbols}
              onChange={(event) => set({ symbols: event.target.value })}
            />
            <datalist id="backtest-names">
              {names.data?.names.slice(0, 500).map(({ symbol, name }) => (
                <option key={symbol} value={symbol}>
                  {name}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label={say('첫날', 'From')} wrong={wrong('from')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="date"
            min={chosen?.from}
            max={chosen?.to}
            value={draft.from}
            onChange={(event) => set({ from: event.target.value })}
          />
        )}
      </Field>
      <Field label={say('마지막 날', 'To')} wrong={wrong('to')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="date"
            min={chosen?.from}
            max={chosen?.to}
            value={draft.to}
            onChange={(event) => set({ to: event.target.value })}
          />
        )}
      </Field>
      {draft.mode === 'backtest' && indexes.length > 0 && (
        <Field label={say('비교할 지수', 'Benchmark')}>
          {(control) => (
            <select
              {...control}
              className="select"
              value={draft.benchmark}
              onChange={(event) => set({ benchmark: event.target.value })}
            >
              <option value="">{say('같은 종목을 그냥 보유', 'Holding the same')}</option>
              {indexes.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          )}
        </Field>
      )}
    </fieldset>
  )
}

function AccountFields({ draft, faults, set }: FormProps) {
  const say = useSay()
  const sentence = useSentence()
  const isUs = draft.data.includes('/US/')
  const text = (
    key: 'cash' | 'maxPositions' | 'limitTicks' | 'stopLoss' | 'takeProfit' | 'commission' | 'slippageSize',
    label: string,
    unit: string,
    placeholder: string,
  ) => (
    <Field label={label} wrong={faults[key] ? sentence(faults[key]) : undefined}>
      {(control) => (
        <span className="input-unit">
          <input
            {...control}
            className="input"
            inputMode="decimal"
            autoComplete="off"
            placeholder={placeholder}
            value={draft[key]}
            onChange={(event) => set({ [key]: event.target.value })}
          />
          <span>{unit}</span>
        </span>
      )}
    </Field>
  )
  return (
    <div className="fields inner">
      {text(
        'cash',
        say('처음 현금', 'Cash to begin with'),
        isUs ? '$' : say('원', 'won'),
        isUs ? '10,000' : '10,000,000',
      )}
      {text(
        'maxPositions',
        say('동시에 보유할 종목', 'Positions at most'),
        say('종목', ''),
        say('한 종목이면 1, 아니면 10', '1 or 10'),
      )}
      <Field label={say('매수 주문', 'Buy order')}>
        {(control) => (
          <select
            {...control}
            className="select"
            value={draft.order}
            onChange={(event) => set({ order: event.target.value === 'limit' ? 'limit' : 'market' })}
          >
            <option value="market">{say('시장가', 'Market')}</option>
            <option value="limit">{say('지정가', 'Limit')}</option>
          </select>
        )}
      </Field>
      {draft.order === 'limit' &&
        text('limitTicks', say('현재가에서', 'From the last price'), say('호가', 'ticks'), '3')}
      <Field label={say('슬리피지', 'Slippage')}>
        {(control) => (
          <select
            {...control}
            className="select"
            value={draft.slippage}
            onChange={(event) => set({ slippage: event.target.value as Draft['slippage'] })}
          >
            <option value="ticks">{say('호가 단위', 'Ticks')}</option>
            <option value="volume">{say('거래량 비율', 'Share of volume')}</option>
            <option value="sqrt">{say('제곱근 법칙', 'Square root')}</option>
            <option value="none">{say('없음', 'None')}</option>
          </select>
        )}
      </Field>
      {draft.slippage !== 'none' &&
        text(
          'slippageSize',
          say('슬리피지 크기', 'Its size'),
          draft.slippage === 'ticks' ? say('호가', 'ticks') : '×',
          '1',
        )}
      {text('commission', say('내 수수료율', 'Own commission'), '%', say('증권사 정가', 'list price'))}
      {text('stopLoss', say('손절', 'Stop loss'), '%', say('없음', 'none'))}
      {text('takeProfit', say('익절', 'Take profit'), '%', say('없음', 'none'))}
    </div>
  )
}
