import { z } from 'zod'
import type { Bar } from '../../model/bar.ts'
import { transactionTax } from '../../model/charges.ts'
import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import { INTERVAL_MS } from '../../model/interval.ts'
import { krw, price } from '../../model/money.ts'
import { priceBand } from '../../model/price-band.ts'
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
import { unavailable } from './trouble.ts'

export interface ChartOptions {
  readonly line: DeskLine
  readonly bars: BarStore
  /** Names known besides those of the running day, such as those of history on disk. */
  readonly names?: () => readonly { readonly instrument: string; readonly name: string }[]
  /** What an instrument is, where that is known of one that is not held. */
  readonly listing?: (instrument: string) => Instrument | undefined
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
      async ({ query }) => found(line.shown(), options.names?.() ?? [], query.q),
    )
    server.get(
      '/instruments/:instrument',
      {
        config: { access: 'read' },
        schema: {
          tags: ['chart'],
          summary: 'Name, ticks, last close and price limits of an instrument',
          params: paramsSchema,
          response: { 200: instrumentSchema },
        },
      },
      async ({ params }) => instrumentMessage(options, params.instrument),
    )
  }

async function barsOf(
  { bars }: Pick<ChartOptions, 'bars'>,
  instrument: InstrumentId,
  interval: ChartInterval,
): Promise<readonly Bar[]> {
  const answer = await bars.bars(instrument, interval)
  if (!answer.ok) throw unavailable(answer.error)
  return answer.value
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

function found(
  shown: DeskShown | undefined,
  others: readonly { readonly instrument: string; readonly name: string }[],
  text: string,
): NamedInstrument[] {
  const names = namesOf(shown)
  for (const { instrument, name } of others)
    if (!names.has(instrument)) names.set(instrument, { instrument, name, held: false })
  const wanted = text.trim().toLowerCase()
  return [...names.values()]
    .filter(
      ({ instrument, name }) =>
        name.toLowerCase().includes(wanted) || instrument.toLowerCase().startsWith(wanted),
    )
    .slice(0, MOST_FOUND)
}

/** Where a table of ticks may change, won; what lies between two of them has one tick. */
const TICK_STEPS = [0, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000] as const
/** An unknown instrument is offered the ticks of a share, which a fund takes too: they are multiples of its own. */
const SHARE: TickKey = { market: 'KOSPI', class: 'stock' }
const ONE_EOK = krw(100_000_000)

async function instrumentMessage(options: ChartOptions, code: string): Promise<InstrumentMessage> {
  const shown = options.line.shown()
  const listing = options.listing?.(code)
  const held = shown?.view.positions.find(({ instrument }) => instrument === code)?.listing
  const kind = listing ?? held
  const day = shown?.view.day
  const previousClose = day && (await previousCloseOf(options.bars, instrumentId(code), day))
  const band =
    listing && day && previousClose !== undefined
      ? priceBand(listing, day, { basePrice: price(previousClose), designations: [] })
      : undefined
  return {
    instrument: code,
    name: listing?.name ?? namesOf(shown).get(code)?.name ?? code,
    ...(kind && { market: kind.market, class: kind.class }),
    ticks: day ? ticksOf(kind ?? SHARE, day) : [],
    ...(previousClose !== undefined && { previousClose }),
    ...(band && { band: { lower: band.lower, upper: band.upper } }),
    saleTaxRatio: day ? transactionTax(kind ?? SHARE, day, ONE_EOK).total / ONE_EOK : 0,
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

/** The close of the last day before `day` in the broker's day chart; `undefined` where that cannot be had. */
async function previousCloseOf(
  bars: BarStore,
  instrument: InstrumentId,
  day: TradingDay,
): Promise<number | undefined> {
  const answer = await bars.bars(instrument, '1d')
  return answer.ok ? answer.value.findLast(({ openAt }) => kstDay(openAt) < day)?.close : undefined
}
