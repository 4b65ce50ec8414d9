import { Command } from 'commander'
import { parseSetPath, requireFolder } from '../../adapters/catalog/layout.ts'
import { openTrialLedger } from '../../adapters/catalog/trial-ledger.ts'
import { daysPerYear } from '../../lab/analytics/periods.ts'
import { trialsOf } from '../../lab/optimise/validation-count.ts'
import { kstClock, kstDay } from '../../model/time.ts'
import type { LedgerRecord, TrialRecord } from '../../ports/trial-ledger.ts'
import { count } from '../../std/numbers.ts'
import type { CommandContext } from '../command-context.ts'
import { bold, dim, warn } from '../screen/ansi.ts'
import { type Column, table } from '../screen/table.ts'
import { catalogOption, withCatalog } from './data-catalog.ts'

interface TrialsOptions {
  readonly catalog: string
  readonly idea?: string
  readonly json?: true
}

export const trialsCommand = ({ io, finish }: CommandContext): Command =>
  new Command('trials')
    .description(
      '지금까지 시도한 모든 것: 실패한 것과 있을 수 없는 것도 · everything that was tried, failures too',
    )
    .option('--idea <id>', '이 아이디어만 (ema-cross, file:my.ts) · this idea alone')
    .addOption(catalogOption())
    .option('--json', '결과를 JSON으로 · result as JSON')
    .addHelpText('after', '\n예 · example:\n  garam trials --idea ema-cross')
    .action(async ({ catalog, idea, json }: TrialsOptions) => {
      await withCatalog(async () => {
        requireFolder(catalog)
        const { records, unreadable } = await openTrialLedger(catalog).read()
        const shown = records.filter((record) => idea === undefined || isOf(record, idea))
        if (json) io.out(JSON.stringify({ records: shown, unreadable }))
        else for (const line of lines(shown)) io.out(line)
        if (unreadable > 0)
          io.err(
            warn(
              `읽을 수 없는 줄 ${unreadable}개는 세지 않았습니다 · ${unreadable} lines cannot be read and were not counted`,
            ),
          )
      })
      finish(0)
    })

/** A seal belongs to every idea. */
const isOf = (record: LedgerRecord, idea: string): boolean =>
  record.what === 'seal' || record.idea.id === idea

const COLUMNS: readonly Column[] = [
  { head: '때 when', cells: 16, align: 'left' },
  { head: '종류 kind', cells: 11, align: 'left' },
  { head: '아이디어 idea', cells: 26, align: 'left' },
  { head: '기간 days', cells: 23, align: 'left' },
  { head: '종목 names', cells: 10, align: 'right' },
  { head: '샤프 Sharpe', cells: 11, align: 'right' },
  { head: '값 values', cells: 40, align: 'left' },
]

function lines(records: readonly LedgerRecord[]): readonly string[] {
  if (records.length === 0) return ['아직 시도한 것이 없습니다 · nothing was tried yet']
  return [...table(COLUMNS, records.map(row)), '', ...summary(records)]
}

function row(record: LedgerRecord): readonly string[] {
  const when = `${kstDay(record.at)} ${kstClock(record.at).slice(0, 5)}`
  if (record.what === 'seal') return [when, '봉인 seal', '', `${record.from} –`, '', '', record.set]
  const values = Object.entries(record.parameters).map(([key, value]) => `${key}=${String(value)}`)
  if (record.what === 'opening')
    return [when, '개봉 opened', record.idea.id, '', '', '', `${record.set} ${values.join(' ')}`]
  const { kind, idea, window, sample, failed } = record
  const days = daysPerYear(parseSetPath(window.set)?.market === 'US' ? 'US' : 'KRX')
  const ratio = sample ? (sample.sharpe * Math.sqrt(days)).toFixed(2) : '–'
  const span = `${window.from} – ${window.to}`
  return [when, kind, idea.id, span, count(window.names), failed ? '실패 failed' : ratio, values.join(' ')]
}

/** Repeats counted once. */
function summary(records: readonly LedgerRecord[]): readonly string[] {
  const trials = records.filter((record): record is TrialRecord => record.what === 'trial')
  const ideas = new Map(trials.map(({ idea }) => [idea.id, idea.text]))
  return [...ideas].map(([id, text]) => {
    const own = trials.filter(({ idea }) => idea.id === id).map(({ window }) => window)
    const from = own.map((window) => window.from).reduce((a, b) => (b < a ? b : a))
    const to = own.map((window) => window.to).reduce((a, b) => (b > a ? b : a))
    const distinct = trialsOf(trials, id, { from, to }).length
    return `${bold(id)} ${dim(text)} · ${count(distinct)}번 ${dim('trials, repeats counted once')}`
  })
}
