import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import { INTERVAL_MS } from '../../model/interval.ts'
import { kstDay } from '../../model/time.ts'
import { readOnBars } from '../../trading/strategies/conditions/bar-condition.ts'
import { nodesOf, requirements } from '../../trading/strategies/conditions/evaluation/requirements.ts'
import { parseCondition } from '../../trading/strategies/conditions/language/condition.ts'
import { intervalText } from '../../trading/strategies/conditions/language/decimal.ts'
import { INDICATORS } from '../../trading/strategies/conditions/language/indicator-table.ts'
import { type Token, tokensOf } from '../../trading/strategies/conditions/language/lexer.ts'
import { print } from '../../trading/strategies/conditions/language/print.ts'
import { createProblems } from '../../trading/strategies/conditions/language/problem.ts'
import { type ConditionNode, partsOf } from '../../trading/strategies/conditions/language/tree.ts'
import type { Meaning } from '../../trading/strategies/conditions/language/vocabulary.ts'
import {
  type BarInterval,
  type ConditionChecked,
  type ConditionOutline,
  type ConditionToken,
  checkConditionSchema,
  conditionCheckedSchema,
  conditionTodayReplySchema,
  conditionTodaySchema,
  type InstrumentToday,
  type TokenRole,
  vocabularySchema,
} from '../contract/conditions.ts'
import { firedOver } from './conditions-today.ts'
import { conditionVocabulary } from './conditions-vocabulary.ts'
import type { DeskLine } from './desk-line.ts'
import type { Routes } from './routes.ts'
import { Trouble } from './trouble.ts'

const UNPLAYABLE = {
  ko: '이 조건식은 닫힌 봉으로 셈할 수 없습니다',
  en: 'This condition cannot be reckoned on closed bars',
}

/** The condition language for an editor: checking, completing, and what a text would have found. */
export const conditionRoutes =
  ({ line }: { readonly line: DeskLine }): Routes =>
  (server) => {
    const entries = [...conditionVocabulary()]
    server.get(
      '/conditions/vocabulary',
      {
        config: { access: 'read' },
        schema: {
          tags: ['conditions'],
          summary: 'Every word of the condition language, with one line of help',
          response: { 200: vocabularySchema },
        },
      },
      async () => ({ entries }),
    )
    server.post(
      '/conditions/check',
      {
        config: { access: 'read' },
        schema: {
          tags: ['conditions'],
          summary: 'Reads a condition: its pieces, every mistake with its place, and the whole in words',
          body: checkConditionSchema,
          response: { 200: conditionCheckedSchema },
        },
      },
      async ({ body }) => checkedCondition(body.text, body.interval),
    )
    server.post(
      '/conditions/today',
      {
        config: { access: 'read' },
        schema: {
          tags: ['conditions'],
          summary: "When a condition became true over today's and recent bars of some instruments",
          body: conditionTodaySchema,
          response: { 200: conditionTodayReplySchema },
        },
      },
      async ({ body }) => {
        const { text, interval } = body
        const { tree, problems } = readOnBars(text, INTERVAL_MS[interval])
        if (!tree)
          throw new Trouble(
            422,
            'condition-unplayable',
            UNPLAYABLE,
            problems.map(({ ko, en, from }) => ({ path: from === undefined ? '' : String(from), ko, en })),
          )
        const day = line.shown()?.view.day
        const instruments: InstrumentToday[] = []
        // One after the other: the broker counts the requests of a second.
        for (const id of new Set(body.instruments))
          instruments.push(await todayOf(line, { tree, interval, day }, instrumentId(id)))
        return { day: day ?? '', instruments }
      },
    )
  }

async function todayOf(
  line: DeskLine,
  {
    tree,
    interval,
    day,
  }: { readonly tree: ConditionNode; readonly interval: BarInterval; readonly day: string | undefined },
  instrument: InstrumentId,
): Promise<InstrumentToday> {
  const name = nameOf(line, instrument)
  const bars = await line.bars(instrument, interval)
  if (!bars.ok)
    return {
      instrument,
      name,
      bars: 0,
      hits: [],
      count: 0,
      missing: [],
      trouble: { ko: bars.error.ko, en: bars.error.en },
    }
  const last = bars.value.at(-1)
  const today = day ?? (last ? kstDay(last.openAt) : '')
  return { instrument, name, ...firedOver(tree, interval, bars.value, today) }
}

const nameOf = (line: DeskLine, instrument: InstrumentId): string => {
  const view = line.shown()?.view
  const known = [...(view?.positions ?? []), ...(view?.orders ?? []), ...(view?.roundTrips ?? [])]
  return known.find((each) => each.instrument === instrument)?.name ?? ''
}

function checkedCondition(text: string, interval: BarInterval): ConditionChecked {
  const tokens = tokensOf(text, createProblems()).flatMap(tokenOf)
  const parsed = parseCondition(text)
  if (!parsed.ok)
    return {
      tokens,
      problems: parsed.error.map(({ from, to, ko, en, code, suggestion }) => ({
        ...{ from, to, ko, en, code },
        ...(suggestion !== undefined && { suggestion }),
      })),
      unplayable: [],
    }
  const tree = parsed.value
  return {
    tokens,
    problems: [],
    words: { ko: print(tree, 'ko'), en: print(tree, 'en') },
    outline: outlineOf(tree),
    needs: needsOf(tree, interval),
    unplayable: readOnBars(text, INTERVAL_MS[interval]).problems.map(({ ko, en }) => ({ ko, en })),
  }
}

function needsOf(tree: ConditionNode, interval: BarInterval): NonNullable<ConditionChecked['needs']> {
  const { intervals, trades, quotes, facts, wholeDay } = requirements(tree, INTERVAL_MS[interval])
  const indicators = new Map<string, NonNullable<ConditionChecked['needs']>['indicators'][number]>()
  for (const node of nodesOf(tree)) {
    if (node.kind !== 'indicator') continue
    const warmUpBars = INDICATORS[node.name]?.warmUp(...node.parameters) ?? 1
    const en = print(node, 'en')
    indicators.set(en, { ko: print(node, 'ko'), en, warmUpBars })
  }
  return {
    intervals: intervals.map(({ intervalMs, bars, settledBars }) => ({
      ...{ intervalMs, bars, settledBars },
      ko: `${intervalText(intervalMs, 'ko')}봉`,
      en: `${intervalText(intervalMs, 'en')} bars`,
    })),
    indicators: [...indicators.values()],
    ...{ trades, quotes, facts, wholeDay },
  }
}

function outlineOf(node: ConditionNode): ConditionOutline {
  const parts = partsOf(node).filter((part): part is ConditionNode => CONDITIONS.has(part.kind))
  const { from, to } = node.at
  return {
    kind: node.kind,
    ko: print(node, 'ko'),
    en: print(node, 'en'),
    from,
    to,
    parts: parts.map(outlineOf),
  }
}

/** Kinds that hold or do not; the others are values. */
const CONDITIONS: ReadonlySet<string> = new Set<ConditionNode['kind']>([
  ...(['compare', 'cross', 'between', 'among', 'trend', 'during', 'flag', 'designated'] as const),
  ...(['not', 'all', 'any'] as const),
])

const ROLES: Readonly<Record<Meaning['role'], TokenRole>> = {
  keyword: 'keyword',
  bar: 'field',
  daily: 'field',
  day: 'field',
  fact: 'field',
  live: 'field',
  aggregate: 'function',
  special: 'function',
  flag: 'field',
  name: 'name',
  indicator: 'function',
  output: 'name',
}

function tokenOf(token: Token): readonly ConditionToken[] {
  if (token.kind === 'end') return []
  const { from, to } = token.at
  return [{ from, to, role: roleOf(token) }]
}

function roleOf(token: Exclude<Token, { kind: 'end' }>): TokenRole {
  switch (token.kind) {
    case 'number':
    case 'clock':
      return 'number'
    case 'quoted':
      return 'name'
    case 'word':
      return ROLES[token.meaning.role]
    case 'unknown':
    case 'particle':
    case 'symbol':
      return token.kind
    default:
      return token satisfies never
  }
}
