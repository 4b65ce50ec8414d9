import { useEffect, useMemo, useRef, useState } from 'react'
import { Redirect, useParams } from 'wouter'
import type { BarMessage, InstrumentMessage } from '../../../contract/chart.ts'
import type { OrderMessage } from '../../../contract/live.ts'
import { isNotFound } from '../../api/client.ts'
import { Card } from '../../parts/card.tsx'
import { Segments, Switch } from '../../parts/field.tsx'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { count, direction, signed, signedPercent } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { CandleChart } from './candle-chart.tsx'
import { useChoices } from './choices.ts'
import { Ladder, Tape } from './ladder.tsx'
import { nearestTick, type Ticker } from './ladder-view.ts'
import { AmendSheet, OwnOrders } from './own-orders.tsx'
import './page.css'
import { SymbolPicker } from './symbol-picker.tsx'
import { Ticket } from './ticket.tsx'
import { type Draft, FRESH } from './ticket-view.ts'
import { type Own, useBars, useFills, useIndicators, useInstrument, useOwn, useTicker } from './use-chart.ts'
import { bandsOf, changeFrom, INDICATORS, INTERVALS, marksOf, priceLinesOf } from './view.ts'

/** 차트: one instrument, its prices, and what is ours in it. */
export function ChartPage() {
  const { instrument } = useParams<{ readonly instrument?: string }>()
  const held = useLive(({ state }) => state && Object.keys(state.positions)[0])
  const isKnown = useLive(({ state }) => state !== undefined)
  const recent = useChoices(({ recent }) => recent[0]?.instrument)
  if (instrument !== undefined) return <InstrumentDesk key={instrument} code={instrument} />
  const first = held ?? recent
  if (first !== undefined) return <Redirect to={`/chart/${first}`} replace />
  return isKnown ? <NoInstrument /> : <Loading />
}

function NoInstrument({ error }: { readonly error?: unknown }) {
  const say = useSay()
  return (
    <Card title={say('차트', 'Chart')}>
      {error !== undefined && <ErrorNote error={error} />}
      <Empty title={say('볼 종목을 고르세요', 'Choose an instrument')}>
        {say(
          '보유하거나 조건에 들어온 종목은 이름으로, 그 밖의 종목은 6자리 코드로 찾습니다.',
          'What is held or came in by a condition is found by name, anything else by its code.',
        )}
      </Empty>
      <SymbolPicker instrument="" name="" />
    </Card>
  )
}

type Tab = 'book' | 'tape' | 'order'

function InstrumentDesk({ code }: { readonly code: string }) {
  const say = useSay()
  const { data: instrument, error: unknown, refetch } = useInstrument(code)
  const own = useOwn(code)
  const ticker = useTicker(code)
  const [draft, setDraft] = useState<Draft>(FRESH)
  const [amending, setAmending] = useState<{ readonly order: OrderMessage; readonly price: number }>()
  const [tab, setTab] = useState<Tab>('book')
  const chart = useChartData(code, instrument, own, ticker)
  const { last } = chart
  const name = instrument?.name ?? own.position?.name ?? code
  const saw = useChoices((choices) => choices.saw)
  useEffect(() => {
    if (instrument) saw(instrument.instrument, instrument.name)
  }, [instrument, saw])
  // A ticket begins at the price of the moment, once, and is left alone from then on.
  const isPriced = useRef(false)
  useEffect(() => {
    if (isPriced.current || last === 0 || !instrument) return
    isPriced.current = true
    const price = String(nearestTick(instrument.ticks, last))
    setDraft((now) => (now.price === '' ? { ...now, price } : now))
  }, [last, instrument])
  const toTicket = (price: number) => {
    setDraft({ ...draft, kind: 'at', price: String(price) })
    setTab('order')
  }
  if (isNotFound(unknown)) return <NoInstrument error={unknown} />
  const amend = (order: OrderMessage, price = order.limit ?? 0) => setAmending({ order, price })
  return (
    <div className="chart-page" data-tab={tab}>
      <Head code={code} name={name} instrument={instrument} last={last} ticker={ticker} />
      <div className="chart-column">
        <Card className="chart-card" title={<Toolbar />} aside={<ChartMenu />} flush>
          <ChartBody name={name} instrument={instrument} chart={chart} onMove={amend} />
        </Card>
        <Card className="own-card" title={say('내 보유와 주문', 'Mine')} flush>
          <OwnOrders position={own.position} orders={own.orders} onAmend={(order) => amend(order)} />
        </Card>
      </div>
      <div className="side-tabs">
        <Segments<Tab>
          label={say('호가, 체결, 주문', 'Ladder, tape, order')}
          value={tab}
          options={[
            ['book', say('호가', 'Ladder')],
            ['tape', say('체결', 'Tape')],
            ['order', say('주문', 'Order')],
          ]}
          onChange={setTab}
        />
      </div>
      <div className="chart-column">
        <Card className="book-card" title={say('호가', 'Ladder')} flush>
          <Ladder
            instrument={instrument}
            ticker={ticker}
            last={last}
            orders={own.orders}
            onPrice={toTicket}
          />
        </Card>
        <Card className="tape-card" title={say('체결', 'Tape')} flush>
          <Tape ticker={ticker} />
        </Card>
      </div>
      <Card className="ticket-card" title={say('주문', 'Order')}>
        {instrument ? (
          <Ticket
            instrument={instrument}
            last={last}
            position={own.position}
            draft={draft}
            onDraft={setDraft}
          />
        ) : unknown ? (
          <ErrorNote error={unknown} again={() => void refetch()} />
        ) : (
          <Loading />
        )}
      </Card>
      {amending && instrument && (
        <AmendSheet
          order={amending.order}
          proposed={amending.price}
          instrument={instrument}
          onClose={() => setAmending(undefined)}
        />
      )}
    </div>
  )
}

type ChartData = ReturnType<typeof useChartData>

function useChartData(code: string, instrument: InstrumentMessage | undefined, own: Own, ticker: Ticker) {
  const { interval, indicators, marks, bands } = useChoices()
  const feed = useRef<((bar: BarMessage) => void) | undefined>(undefined)
  const bars = useBars(code, interval, (bar) => feed.current?.(bar))
  const lines = useIndicators(code, interval, indicators)
  const fills = useFills(code)
  const happenings = useLive(({ state }) => state?.happenings)
  const name = instrument?.name ?? code
  const expected = ticker.quote?.expectedPrice
  const last =
    ticker.last?.price ??
    (own.position?.last || undefined) ??
    bars.running?.close ??
    bars.closed.at(-1)?.close ??
    0
  return {
    interval,
    feed,
    bars,
    last,
    indicators: indicators.length > 0 ? lines : undefined,
    lines: useMemo(
      () => priceLinesOf({ ...own, previousClose: instrument?.previousClose, expected }),
      [own, instrument, expected],
    ),
    marks: useMemo(
      () => (marks ? marksOf(code, fills, own.trips, own.position) : []),
      [marks, code, fills, own.trips, own.position],
    ),
    bands: useMemo(() => {
      if (!bands || interval === '1d') return []
      const now = useLive.getState().state?.clock.now ?? 0
      return bandsOf(bars.sessions, Object.values(happenings ?? {}), name, now)
    }, [bands, interval, bars.sessions, happenings, name]),
  }
}

function ChartBody(props: {
  readonly name: string
  readonly instrument: InstrumentMessage | undefined
  readonly chart: ChartData
  readonly onMove: (order: OrderMessage, price: number) => void
}) {
  const say = useSay()
  const set = useChoices((choices) => choices.set)
  const { chart, name, instrument, onMove } = props
  const { bars } = chart
  if (bars.error) return <ErrorNote error={bars.error} again={bars.again} />
  if (bars.isLoading) return <Loading />
  if (bars.closed.length === 0 && !bars.running)
    return (
      <Empty title={say('이 간격의 봉이 없습니다', 'No bars of this length')}>
        {say(
          '오늘 아직 거래되지 않았거나 증권사가 주는 봉이 없습니다. 체결이 오면 그려집니다.',
          'It has not traded yet, or the broker has no chart of it. Prints will draw it.',
        )}
      </Empty>
    )
  return (
    <CandleChart
      name={name}
      interval={chart.interval}
      onInterval={(interval) => set({ interval })}
      bars={bars}
      indicators={chart.indicators}
      lines={chart.lines}
      marks={chart.marks}
      bands={chart.bands}
      instrument={instrument}
      feed={chart.feed}
      onMove={onMove}
    />
  )
}

function Head(props: {
  readonly code: string
  readonly name: string
  readonly instrument: InstrumentMessage | undefined
  readonly last: number
  readonly ticker: Ticker
}) {
  const say = useSay()
  const { instrument, last, ticker } = props
  const change = changeFrom(last, instrument?.previousClose)
  const tone = change ? direction(change.change) : ''
  const { quote } = ticker
  const best = (price: number | undefined) => (price ? count(price) : '–')
  return (
    <header className="chart-head">
      <h1 className="unseen">{say(`${props.name} 차트`, `Chart of ${props.name}`)}</h1>
      <SymbolPicker instrument={props.code} name={props.name} />
      {instrument?.market && <span className="chip">{instrument.market}</span>}
      <p className={`chart-last live-figures ${tone}`}>
        <b>{last > 0 ? count(last) : '–'}</b>
        {change && (
          <span>
            {change.change > 0 ? '▲' : change.change < 0 ? '▼' : ''} {signed(change.change)} (
            {signedPercent(change.ratio)})
          </span>
        )}
      </p>
      <dl className="head-figures live-figures">
        <div>
          <dt>{say('매수호가', 'Bid')}</dt>
          <dd>{best(quote?.bid)}</dd>
        </div>
        <div>
          <dt>{say('매도호가', 'Ask')}</dt>
          <dd>{best(quote?.ask)}</dd>
        </div>
        <div>
          <dt>{say('거래량', 'Volume')}</dt>
          <dd>{ticker.last ? count(ticker.last.dayVolume) : '–'}</dd>
        </div>
        <div>
          <dt>{say('전일 종가', 'Prev close')}</dt>
          <dd>{best(instrument?.previousClose)}</dd>
        </div>
      </dl>
    </header>
  )
}

function Toolbar() {
  const say = useSay()
  const { interval, set } = useChoices()
  return (
    <Segments
      label={say('봉 간격', 'Interval')}
      value={interval}
      options={INTERVALS.map(([value, ko, en]) => [value, say(ko, en)] as const)}
      onChange={(value) => set({ interval: value })}
    />
  )
}

function ChartMenu() {
  const say = useSay()
  const { indicators, marks, bands, set } = useChoices()
  return (
    <details className="chart-menu">
      <summary className="button small">
        {say(`지표 ${indicators.length}`, `Indicators ${indicators.length}`)}
      </summary>
      <div className="chart-menu-body">
        {INDICATORS.map(([name, ko, en]) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={indicators.includes(name)}
              onChange={(event) =>
                set({
                  indicators: event.target.checked
                    ? [...indicators, name]
                    : indicators.filter((each) => each !== name),
                })
              }
            />
            {say(ko, en)}
          </label>
        ))}
        <hr />
        <Switch on={marks} onChange={(on) => set({ marks: on })}>
          {say('내 체결 표시', 'My fills')}
        </Switch>
        <Switch on={bands} onChange={(on) => set({ bands: on })}>
          {say('단일가·VI 구간', 'Auctions and VI')}
        </Switch>
        <p className="quiet">
          {say(
            '지표는 전략과 같은 식으로, 닫힌 봉에서 계산합니다.',
            'Computed as strategies do, from closed bars.',
          )}
          <br />
          <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
            Charts by TradingView
          </a>
        </p>
      </div>
    </details>
  )
}
