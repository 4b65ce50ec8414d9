import { z } from 'zod'
import type { Bar } from '../../model/bar.ts'
import { transactionTax } from '../../model/charges.ts'
import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import { INTERVAL_MS } from '../../model/interval.ts'
import { krw, price } from '../../model/money.ts'
import type { Sentence } from '../../model/sentence.ts'
import { sessionsOf } from '../../model/sessions.ts'
import { type TickKey, tickSize } from '../../model/tick-size.ts'
import { kstDay, kstInstant, type TradingDay, timeOfDay } from '../../model/time.ts'
import { invariant } from '../../std/invariant.ts'
import { PHASES } from '../../trading/notify/words.ts'
import {
  type BarMessage,
  type BarsMessage,
  barsSchema,
  type ChartInterval,
  chartIntervalSchema,
  INDICATOR_NAMES,
  type IndicatorName,
  type IndicatorsMessage,
  type InstrumentMessage,
  indicatorsSchema,
  instrumentSchema,
  instrumentsSchema,
  type NamedInstrument,
} from '../contract/chart.ts'
import type { BarStore } from './bar-store.ts'
import { chartLines } from './chart-lines.ts'
import type { DeskLine, DeskShown } from './desk-line.ts'
import type { Routes } from './routes.ts'
import { notFound, unavailable } from './trouble.ts'

export interface ChartOptions {
  readonly line: DeskLine
  readonly bars: BarStore
}

const NO_SUCH_INSTRUMENT: Sentence = {
  ko: '그런 종목이 없습니다: 종목코드를 확인하세요',
  en: 'There is no such instrument: check its code',
}

const paramsSchema = z.object({ instrument: z.string().regex(/^[0-9][0-9A-Z]{5}$/) })
const ANY_NAME = `(${INDICATOR_NAMES.join('|')})`
const namesSchema = z
  .string()
  .regex(new RegExp(`^${ANY_NAME}(,${ANY_NAME}){0,${INDICATOR_NAMES.length - 1}}$`))

const MOST_FOUND = 20

/** What is drawn: bars, the lines over them, and what can be looked up. */
export const chartRoutes =
  (options: ChartOptions): Routes =>
  (server) => {
    const { line } = options
    server.get(
      '/bars/:instrument',
      {
        config: { access: 'read' },
        schema: {
          tags: ['chart'],
          summary: "The newest closed bars of the broker's chart, as columns",
          params: paramsSchema,
          querystring: z.object({ interval: chartIntervalSchema }),
          response: { 200: barsSchema },
        },
      },
      async ({ params, query }) => barsMessage(options, instrumentId(params.instrument), query.interval),
    )
    server.get(
      '/indicators/:instrument',
      {
        config: { access: 'read' },
        schema: {
          tags: ['chart'],
          summary: 'Indicators over those bars, by the functions that strategies use',
          description: `names: ${INDICATOR_NAMES.join(', ')}, separated by commas`,
          params: paramsSchema,
          querystring: z.object({ interval: chartIntervalSchema, names: namesSchema }),
          response: { 200: indicatorsSchema },
        },
      },
      async ({ params, query }) => {
        const bars = await barsOf(options, instrumentId(params.instrument), query.interval)
        return indicatorsMessage(bars, query.names.split(',') as readonly IndicatorName[])
      },
    )
    server.get(
      '/instruments',
      {
        config: { access: 'read' },
        schema: {
          tags: ['chart'],
          summary: 'Instruments whose name or code holds the text; held ones first',
          querystring: z.object({ q: z.string().max(40).default('') }),
          response: { 200: instrumentsSchema },
        },
      },
      async ({ query }) => found(line.shown(), query.q),
    )
    server.get(
      '/instruments/:instrument',
      {
        config: { access: 'read' },
        schema: {
          tags: ['chart'],
          summary: 'Name, ticks, base price and price limits of an instrument',
          params: paramsSchema,
          response: { 200: instrumentSchema },
        },
      },
      async ({ params }) => instrumentMessage(line, instrumentId(params.instrument)),
    )
  }

async function barsOf(
  { bars, line }: ChartOptions,
  instrument: InstrumentId,
  interval: ChartInterval,
): Promise<readonly Bar[]> {
  const answer = await bars.bars(instrument, interval)
  if (answer.ok) return answer.value
  const facts = await line.instrument(instrument)
  throw facts.ok && !facts.value ? notFound(NO_SUCH_INSTRUMENT) : unavailable(answer.error)
}

async function barsMessage(
  options: ChartOptions,
  instrument: InstrumentId,
  interval: ChartInterval,
): Promise<BarsMessage> {
  const bars = await barsOf(options, instrument, interval)
  const now = options.line.shown()?.view.now
  // Without its minutes a forming bar begins with the next print; that is no reason to show no chart.
  const minutes =
    interval === '1m' || now === undefined ? undefined : await options.bars.bars(instrument, '1m')
  const running =
    minutes?.ok && now !== undefined ? runningBar(minutes.value, bars, interval, now) : undefined
  const column = (value: (bar: Bar) => number) => bars.map(value)
  return {
    at: column(({ openAt }) => openAt),
    open: column(({ open }) => open),
    high: column(({ high }) => high),
    low: column(({ low }) => low),
    close: column(({ close }) => close),
    volume: column(({ volume }) => volume),
    ...(running && { running }),
    sessions: interval === '1d' ? [] : sessionsAround(bars, now),
  }
}

const MIDNIGHT = timeOfDay('00:00')

/** When the bar that holds an instant opens: steps count from midnight in Korea. */
export function barStart(at: number, interval: ChartInterval): number {
  const midnight = kstInstant(kstDay(at), MIDNIGHT)
  return interval === '1d' ? midnight : at - ((at - midnight) % INTERVAL_MS[interval])
}

/** The bar that forms now, of the closed minutes that no closed bar holds yet. */
export function runningBar(
  minutes: readonly Bar[],
  closed: readonly Bar[],
  interval: ChartInterval,
  now: number,
): BarMessage | undefined {
  const start = barStart(now, interval)
  const last = closed.at(-1)
  if (last && barStart(last.openAt, interval) >= start) return undefined
  const parts = minutes.filter(({ openAt }) => openAt >= start && openAt <= now)
  const [first] = parts
  const newest = parts.at(-1)
  if (!first || !newest) return undefined
  return {
    at: start,
    open: first.open,
    high: Math.max(...parts.map(({ high }) => high)),
    low: Math.min(...parts.map(({ low }) => low)),
    close: newest.close,
    volume: parts.reduce((sum, { volume }) => sum + volume, 0),
  }
}

const MOST_DAYS = 10

function sessionsAround(bars: readonly Bar[], now: number | undefined): BarsMessage['sessions'] {
  const instants = bars.map(({ openAt }) => openAt)
  if (now !== undefined) instants.push(now)
  const days = [...new Set(instants.map(kstDay))].sort().slice(-MOST_DAYS)
  return days.flatMap((day) =>
    sessionsOf('KRX', day).map(({ phase, from, to }) => ({ phase, name: PHASES[phase], from, to })),
  )
}

const indicatorsMessage = (bars: readonly Bar[], names: readonly IndicatorName[]): IndicatorsMessage => ({
  at: bars.map(({ openAt }) => openAt),
  lines: names.flatMap((name) => chartLines(name, bars)),
})

/** Everyone of the running day, by code: positions first, then orders, sales and what was refused. */
function namesOf(shown: DeskShown | undefined): Map<string, NamedInstrument> {
  const names = new Map<string, NamedInstrument>()
  const add = (held: boolean, rows: readonly { readonly instrument: string; readonly name: string }[]) => {
    for (const { instrument, name } of rows)
      if (!names.has(instrument)) names.set(instrument, { instrument, name, held })
  }
  if (!shown) return names
  const { positions, orders, roundTrips, refusals } = shown.view
  add(true, positions)
  for (const rows of [orders, [...roundTrips].reverse(), [...refusals].reverse()]) add(false, rows)
  return names
}

function found(shown: DeskShown | undefined, text: string): NamedInstrument[] {
  const wanted = text.trim().toLowerCase()
  return [...namesOf(shown).values()]
    .filter(
      ({ instrument, name }) =>
        name.toLowerCase().includes(wanted) || instrument.toLowerCase().startsWith(wanted),
    )
    .slice(0, MOST_FOUND)
}

/** Where a table of ticks may change, won; what lies between two of them has one tick. */
const TICK_STEPS = [0, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000] as const
const ONE_EOK = krw(100_000_000)

async function instrumentMessage(line: DeskLine, instrument: InstrumentId): Promise<InstrumentMessage> {
  const facts = await line.instrument(instrument)
  if (!facts.ok) throw unavailable(facts.error)
  if (!facts.value) throw notFound(NO_SUCH_INSTRUMENT)
  const { listing, basePrice, band } = facts.value
  const day = line.shown()?.view.day
  return {
    instrument,
    name: listing.name,
    market: listing.market,
    class: listing.class,
    ticks: day ? ticksOf(listing, day) : [],
    previousClose: basePrice,
    ...(band && { band: { lower: band.lower, upper: band.upper } }),
    saleTaxRatio: day ? transactionTax(listing, day, ONE_EOK).total / ONE_EOK : 0,
  }
}

function ticksOf(kind: TickKey, day: TradingDay): InstrumentMessage['ticks'] {
  const rows: { from: number; tick: number }[] = []
  for (const from of TICK_STEPS) {
    const tick = tickSize(kind, day, price(from))
    if (rows.at(-1)?.tick !== tick) rows.push({ from, tick })
  }
  invariant(rows.length > 0, 'every table of ticks begins at 0')
  return rows
}
