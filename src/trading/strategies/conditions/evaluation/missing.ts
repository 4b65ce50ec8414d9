import type { Sentence } from '../../../../model/sentence.ts'
import { intervalText } from '../language/decimal.ts'
import { print } from '../language/print.ts'
import { type ConditionNode, partsOf, type TreeNode } from '../language/tree.ts'
import { BID_QUANTITY, COLUMNS, COLUMNS_OF_INTERVAL, COUNT, type Memory, TRADES_SEEN } from './memory.ts'
import type { Program } from './program.ts'
import { barsNeeded } from './requirements.ts'

/**
 * bars: fewer closed bars came than it looks at · trades, quotes: none came yet · side: that side of the book is empty ·
 * facts: the facts of the day were not told · day: the bars of today did not come from the first on ·
 * value: the bars do not tell their traded value ·
 * undefined: it divides by zero, or had no value at a bar it looks back to
 */
export type MissingCode = 'bars' | 'trades' | 'quotes' | 'side' | 'facts' | 'day' | 'value' | 'undefined'

/** Why a condition has no answer: the part that has no value, and what it waits for. */
export interface Missing extends Sentence {
  readonly code: MissingCode
  /** The part as text. */
  readonly part: Sentence
  /** Of `bars`: how many came, how many it needs, of which interval. */
  readonly have?: number
  readonly need?: number
  readonly intervalMs?: number
}

/** What keeps a condition from having an answer; empty when it has one. The memory is up to date. */
export function missingOf(program: Program, memory: Memory, condition: ConditionNode): readonly Missing[] {
  const found: Missing[] = []
  const add = (node: TreeNode, missing: Omit<Missing, 'part'>) => {
    const part = { ko: print(node, 'ko'), en: print(node, 'en') }
    if (!found.some((each) => each.code === missing.code && each.part.en === part.en))
      found.push({ ...missing, part })
  }
  const isUnknown = (node: TreeNode, forming: boolean) => {
    const place = program.placeOf(node, forming)
    return place !== undefined && Number.isNaN(memory.f[place])
  }

  /** True when the reason was found in it. */
  const look = (node: TreeNode, forming: boolean): boolean => {
    if (node.kind === 'forming') return look(node.of, true)
    if (!isUnknown(node, forming)) return false
    // The innermost part tells it; those around it would only repeat it.
    const isTold = partsOf(node).filter((part) => look(part, forming)).length > 0
    if (!isTold) add(node, shortOfBars(program, memory, node) ?? leafReason(node, memory))
    return true
  }

  const waits = [...partsWith(condition, 'forming')]
  if (waits.length > 0 && memory.f[TRADES_SEEN] === 0) for (const node of waits) add(node, REASONS.trades)
  look(condition, false)
  return found
}

function* partsWith(node: TreeNode, kind: TreeNode['kind']): Iterable<TreeNode> {
  if (node.kind === kind) yield node
  else for (const part of partsOf(node)) yield* partsWith(part, kind)
}

function shortOfBars(program: Program, { f }: Memory, node: TreeNode): Omit<Missing, 'part'> | undefined {
  const { intervals, defaultIntervalMs } = program.frame
  for (const [intervalMs, need] of barsNeeded(node, defaultIntervalMs, 'first')) {
    const have = f[COLUMNS + intervals.indexOf(intervalMs) * COLUMNS_OF_INTERVAL + COUNT] as number
    if (have >= need) continue
    return {
      ...{ code: 'bars', have, need, intervalMs },
      ko: `${intervalText(intervalMs, 'ko')}봉 ${need}개 가운데 ${have}개`,
      en: `${have} of ${need} bars of ${intervalText(intervalMs, 'en')}`,
    }
  }
  return undefined
}

const REASONS = {
  trades: { code: 'trades', ko: '체결을 아직 받지 못했습니다', en: 'No trade came yet' },
  quotes: { code: 'quotes', ko: '호가를 아직 받지 못했습니다', en: 'No quote came yet' },
  side: { code: 'side', ko: '그 쪽 호가가 비어 있습니다', en: 'That side of the book is empty' },
  facts: {
    code: 'facts',
    ko: '오늘의 종목 정보를 받지 못했습니다',
    en: 'The facts of the day were not told',
  },
  day: {
    code: 'day',
    ko: '오늘 봉이 아직 없거나, 첫 봉부터 받지 못했습니다',
    en: 'No bar of today yet, or they did not come from the first on',
  },
  value: { code: 'value', ko: '봉에 거래대금이 없습니다', en: 'The bars do not tell their traded value' },
  undefined: {
    code: 'undefined',
    ko: '0으로 나누었거나, 돌아보는 봉에서 값이 없었습니다',
    en: 'It divides by zero, or had no value at a bar it looks back to',
  },
} as const satisfies Partial<Record<MissingCode, Omit<Missing, 'part'>>>

function leafReason(node: TreeNode, { f }: Memory): Omit<Missing, 'part'> {
  switch (node.kind) {
    case 'live':
      if (node.field === 'last') return REASONS.trades
      // A quote with an empty side still counts its shares.
      return isQuoted(f) ? REASONS.side : REASONS.quotes
    case 'day':
      return node.field === 'value' ? REASONS.value : REASONS.day
    case 'bar':
      return node.field === 'value' ? REASONS.value : REASONS.undefined
    case 'fact':
      return REASONS.facts
    case 'flag':
    case 'designated':
      return REASONS.facts
    case 'change':
      return node.over ? REASONS.undefined : REASONS.facts
    default:
      return REASONS.undefined
  }
}

const isQuoted = (f: Float64Array): boolean => !Number.isNaN(f[BID_QUANTITY])
