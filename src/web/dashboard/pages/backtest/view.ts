import type {
  BacktestRequest,
  MarketChoice,
  ParameterMessage,
  PlayableStrategy,
  RunMessage,
  RunRequest,
  SweepRequest,
} from '../../../contract/backtest.ts'
import type { BacktestReport } from '../../../contract/backtest-report.ts'
import type { SentenceMessage } from '../../../contract/live.ts'

export const isActive = ({ state }: Pick<RunMessage, 'state'>): boolean =>
  state === 'queued' || state === 'running'

/** What stands in the form, as it was typed. Percent is written as percent. */
export interface Draft {
  readonly mode: 'backtest' | 'sweep'
  /** `known:ema-cross`, `file:my.ts`, `conditions`. */
  readonly pick: string
  readonly entry: string
  readonly exit: string
  /** Of a backtest by parameter; what is absent has its default. */
  readonly values: Readonly<Record<string, string>>
  /** Of a sweep: `5..50:5`. */
  readonly turned: Readonly<Record<string, string>>
  /** Of a strategy file, whose parameters nobody knows before it runs: `days=3 mode=fast`. */
  readonly free: string
  readonly data: string
  readonly symbols: string
  readonly from: string
  readonly to: string
  readonly cash: string
  readonly maxPositions: string
  readonly order: 'market' | 'limit'
  readonly limitTicks: string
  readonly stopLoss: string
  readonly takeProfit: string
  readonly slippage: 'none' | 'ticks' | 'volume' | 'sqrt'
  readonly slippageSize: string
  readonly commission: string
  readonly benchmark: string
  readonly checkLookahead: boolean
  readonly monteCarlo: boolean
  readonly method: SweepRequest['method']
  readonly objective: SweepRequest['objective']
  readonly trials: string
}

export const EMPTY_DRAFT: Draft = {
  mode: 'backtest',
  pick: 'known:ema-cross',
  entry: '',
  exit: '',
  values: {},
  turned: {},
  free: '',
  data: '',
  symbols: '',
  from: '',
  to: '',
  cash: '',
  maxPositions: '',
  order: 'market',
  limitTicks: '3',
  stopLoss: '',
  takeProfit: '',
  slippage: 'ticks',
  slippageSize: '1',
  commission: '',
  benchmark: '',
  checkLookahead: false,
  monteCarlo: false,
  method: 'grid',
  objective: 'sharpe',
  trials: '',
}

/** What is wrong, by field. */
export type Faults = Readonly<Record<string, SentenceMessage>>

export const strategyOf = (
  { pick }: Pick<Draft, 'pick'>,
  strategies: readonly PlayableStrategy[],
): PlayableStrategy | undefined => strategies.find(({ id }) => pick === `known:${id}`)

/** The draft as a request, or what is wrong with it. */
export function requestOf(
  draft: Draft,
  strategies: readonly PlayableStrategy[],
): { readonly request?: RunRequest; readonly faults: Faults } {
  const faults: Record<string, SentenceMessage> = {}
  const market = marketOf(draft, faults)
  const strategy = pickOf(draft, faults)
  const known = strategyOf(draft, strategies)
  if (draft.mode === 'sweep') {
    const turned = known ? turnedOf(draft, known) : freeWords(draft.free, faults)
    if (!Object.values(turned).some(isTurned))
      faults.turned = {
        ko: '적어도 하나는 여러 값으로 적으세요: 5..50:5 또는 5,10,20',
        en: 'Give at least one of them several values: 5..50:5 or 5,10,20',
      }
    const trials = wholeOf(draft.trials, 'trials', faults, 1, 20_000)
    if (Object.keys(faults).length > 0 || !market || !strategy || strategy.kind === 'conditions')
      return { faults }
    const { method, objective } = draft
    return {
      request: {
        kind: 'sweep',
        request: { strategy, turned, market, method, objective, ...(trials !== undefined && { trials }) },
      },
      faults,
    }
  }
  const parameters = known
    ? valuesOf(draft, known, faults)
    : strategy?.kind === 'file'
      ? (freeWords(draft.free, faults) as BacktestRequest['parameters'])
      : {}
  if (Object.keys(faults).length > 0 || !market || !strategy) return { faults }
  const request: BacktestRequest = {
    strategy,
    parameters,
    market,
    ...(draft.benchmark && { benchmark: draft.benchmark }),
    ...(draft.checkLookahead && { checkLookahead: true }),
    ...(draft.monteCarlo && { monteCarlo: 1_000 }),
  }
  return { request: { kind: 'backtest', request }, faults }
}

function pickOf(
  { pick, entry, exit, mode }: Draft,
  faults: Record<string, SentenceMessage>,
): BacktestRequest['strategy'] | undefined {
  if (pick.startsWith('known:')) return { kind: 'known', id: pick.slice(6) }
  if (pick.startsWith('file:')) return { kind: 'file', file: pick.slice(5) }
  if (mode === 'sweep')
    faults.pick = { ko: '조건식은 값 찾기를 할 수 없습니다', en: 'A condition cannot be swept' }
  else if (entry.trim() === '') faults.entry = { ko: '매수 조건을 적으세요', en: 'Write a condition to buy' }
  return { kind: 'conditions', entry: entry.trim(), ...(exit.trim() !== '' && { exit: exit.trim() }) }
}

/** The data, the account and how orders fill. */
export function marketOf(
  draft: Draft,
  faults: Record<string, SentenceMessage> = {},
): MarketChoice | undefined {
  if (draft.data === '') {
    faults.data = { ko: '데이터를 고르세요', en: 'Choose a data set' }
    return undefined
  }
  const symbols = draft.symbols
    .split(/[\s,]+/)
    .filter((each) => each !== '')
    .map((each) => each.toUpperCase())
  const wrong = symbols.find((symbol) => !/^[A-Z0-9][A-Z0-9.-]{0,11}$/.test(symbol))
  if (wrong !== undefined)
    faults.symbols = { ko: `종목 코드가 아닙니다: ${wrong}`, en: `Not a symbol: ${wrong}` }
  if (draft.from !== '' && draft.to !== '' && draft.from > draft.to)
    faults.to = { ko: '끝이 시작보다 빠릅니다', en: 'It ends before it begins' }
  const size = Number(draft.slippageSize)
  if (draft.slippage !== 'none' && !(size >= 0 && size <= 100))
    faults.slippageSize = { ko: '0 이상 100 이하', en: '0 to 100' }
  const cash = wholeOf(draft.cash, 'cash', faults, 1, 1_000_000_000_000)
  const maxPositions = wholeOf(draft.maxPositions, 'maxPositions', faults, 1, 1_000)
  const limitTicks =
    draft.order === 'limit' ? wholeOf(draft.limitTicks, 'limitTicks', faults, -100, 100) : undefined
  const stopLoss = ratioOf(draft.stopLoss, 'stopLoss', faults)
  const takeProfit = ratioOf(draft.takeProfit, 'takeProfit', faults)
  const commission = ratioOf(draft.commission, 'commission', faults)
  return {
    data: draft.data,
    ...(symbols.length > 0 && { symbols }),
    ...(draft.from !== '' && { from: draft.from }),
    ...(draft.to !== '' && { to: draft.to }),
    ...(cash !== undefined && { cash }),
    ...(maxPositions !== undefined && { maxPositions }),
    ...(limitTicks !== undefined && { limitTicks }),
    ...(stopLoss !== undefined && { stopLoss }),
    ...(takeProfit !== undefined && { takeProfit }),
    ...(commission !== undefined && { commission }),
    slippage: slippageOf(draft.slippage, size),
  }
}

function slippageOf(kind: Draft['slippage'], size: number): MarketChoice['slippage'] {
  if (kind === 'none') return { kind }
  return kind === 'ticks' ? { kind, ticks: Math.round(size) } : { kind, coefficient: size }
}

function wholeOf(
  text: string,
  field: string,
  faults: Record<string, SentenceMessage>,
  from: number,
  to: number,
): number | undefined {
  const plain = text.replaceAll(',', '').trim()
  if (plain === '') return undefined
  const value = Number(plain)
  if (Number.isInteger(value) && value >= from && value <= to) return value
  faults[field] = { ko: `${from} 이상 ${to} 이하의 정수`, en: `A whole number from ${from} to ${to}` }
  return undefined
}

/** 3 → 0.03 */
function ratioOf(text: string, field: string, faults: Record<string, SentenceMessage>): number | undefined {
  const plain = text.replace('%', '').trim()
  if (plain === '') return undefined
  const value = Number((Number(plain) / 100).toPrecision(12))
  if (value > 0 && value <= 1) return value
  faults[field] = { ko: '0 초과 100 이하의 %', en: 'A percentage above 0, at most 100' }
  return undefined
}

/** How a default stands in its field: 0.03 as 3. */
export const writtenDefault = (parameter: ParameterMessage): string =>
  parameter.kind === 'ratio'
    ? String(Number((parameter.default * 100).toPrecision(12)))
    : String(parameter.default)

function valuesOf(
  { values }: Draft,
  { parameters }: PlayableStrategy,
  faults: Record<string, SentenceMessage>,
): BacktestRequest['parameters'] {
  const read: Record<string, number | boolean | string> = {}
  for (const [key, parameter] of Object.entries(parameters)) {
    const text = values[key] ?? writtenDefault(parameter)
    if (parameter.kind === 'flag') read[key] = text === 'true'
    else if (parameter.kind === 'choice') read[key] = text
    else {
      const scale = parameter.kind === 'ratio' ? 100 : 1
      const value = Number((Number(text) / scale).toPrecision(12))
      const fits = text.trim() !== '' && value >= parameter.from && value <= parameter.to
      if (fits && (parameter.kind !== 'whole' || Number.isInteger(value))) read[key] = value
      else {
        const [from, to] = [parameter.from * scale, parameter.to * scale].map((each) =>
          Number(each.toPrecision(12)),
        )
        faults[`values.${key}`] = { ko: `${from} 이상 ${to} 이하`, en: `${from} to ${to}` }
      }
    }
  }
  return read
}

const turnedOf = ({ turned }: Draft, { parameters }: PlayableStrategy): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(parameters).flatMap((key) => {
      const written = (turned[key] ?? '').replaceAll(/\s/g, '')
      return written === '' ? [] : [[key, written === '*' ? '' : written]]
    }),
  )

/** More than one value: a range, a list, or the strategy's own range. */
const isTurned = (written: string): boolean => written === '' || /\.\.|,/.test(written)

/** `days=3 mode=fast` */
function freeWords(text: string, faults: Record<string, SentenceMessage>): Readonly<Record<string, string>> {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const pairs = words.map((word) => /^([A-Za-z][A-Za-z0-9_]*)=(.+)$/.exec(word))
  if (pairs.some((pair) => pair === null))
    faults.free = {
      ko: 'days=3 처럼 빈칸으로 나누어 적으세요',
      en: 'Write them as days=3, with blanks between',
    }
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? '']] : [])))
}

/** A draft that asks for the same again. */
export function draftOf(run: RunMessage, strategies: readonly PlayableStrategy[]): Draft {
  const { market, strategy } = run.request
  const percent = (ratio: number | undefined) =>
    ratio === undefined ? '' : String(Number((ratio * 100).toPrecision(12)))
  const pick =
    strategy.kind === 'known'
      ? `known:${strategy.id}`
      : strategy.kind === 'file'
        ? `file:${strategy.file}`
        : 'conditions'
  const known = strategyOf({ pick }, strategies)
  const written = (key: string, value: unknown) =>
    known?.parameters[key]?.kind === 'ratio' && typeof value === 'number' ? percent(value) : String(value)
  const values = run.kind === 'backtest' ? run.request.parameters : {}
  const { slippage } = market
  return {
    ...EMPTY_DRAFT,
    mode: run.kind,
    pick,
    ...(strategy.kind === 'conditions' && { entry: strategy.entry, exit: strategy.exit ?? '' }),
    values: known
      ? Object.fromEntries(Object.entries(values).map(([key, value]) => [key, written(key, value)]))
      : {},
    free: known
      ? ''
      : Object.entries(values)
          .map(([key, value]) => `${key}=${String(value)}`)
          .join(' '),
    ...(run.kind === 'sweep' && {
      turned: Object.fromEntries(
        Object.entries(run.request.turned).map(([key, text]) => [key, text === '' ? '*' : text]),
      ),
      method: run.request.method,
      objective: run.request.objective,
      trials: run.request.trials === undefined ? '' : String(run.request.trials),
    }),
    data: market.data,
    symbols: market.symbols?.join(', ') ?? '',
    from: market.from ?? '',
    to: market.to ?? '',
    cash: market.cash === undefined ? '' : String(market.cash),
    maxPositions: market.maxPositions === undefined ? '' : String(market.maxPositions),
    order: market.limitTicks === undefined ? 'market' : 'limit',
    limitTicks: String(market.limitTicks ?? 3),
    stopLoss: percent(market.stopLoss),
    takeProfit: percent(market.takeProfit),
    commission: percent(market.commission),
    slippage: slippage.kind,
    slippageSize:
      slippage.kind === 'none' ? '1' : String('ticks' in slippage ? slippage.ticks : slippage.coefficient),
  }
}

/** The draft of a sweep turned into one backtest with the values of a trial; a text that is no values changes nothing. */
export function withTrial(draft: Draft, text: string | null, strategies: readonly PlayableStrategy[]): Draft {
  const values = readValues(text)
  if (!values) return draft
  const known = strategyOf(draft, strategies)
  const written = (key: string, value: unknown) =>
    known?.parameters[key]?.kind === 'ratio' && typeof value === 'number'
      ? String(Number((value * 100).toPrecision(12)))
      : String(value)
  return {
    ...draft,
    mode: 'backtest',
    values: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, written(key, value)])),
    free: known
      ? ''
      : Object.entries(values)
          .map(([key, value]) => `${key}=${String(value)}`)
          .join(' '),
  }
}

function readValues(text: string | null): Readonly<Record<string, unknown>> | undefined {
  try {
    const values: unknown = JSON.parse(text ?? '')
    return typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Several results on one axis of days: growth of one from the first day each has, absent where it has none. */
export function compared(reports: readonly Pick<BacktestReport, 'days' | 'equity' | 'beganWith'>[]): {
  readonly days: readonly string[]
  readonly growth: readonly (readonly (number | undefined)[])[]
} {
  const days = [...new Set(reports.flatMap((report) => report.days))].toSorted()
  const growth = reports.map(({ days: own, equity, beganWith }) => {
    const byDay = new Map(own.map((day, i) => [day, equity[i]]))
    let last: number | undefined
    const end = own.at(-1) ?? ''
    return days.map((day) => {
      const value = byDay.get(day)
      if (value !== undefined && beganWith > 0) last = value / beganWith - 1
      return day > end ? undefined : last
    })
  })
  return { days, growth }
}
