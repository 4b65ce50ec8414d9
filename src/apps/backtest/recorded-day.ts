import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { readJournal } from '../../adapters/journal/read.ts'
import { compareDay, type DayComparison, type DayDifference } from '../../lab/backtest/day-differences.ts'
import { causeSentence, decisionText } from '../../lab/backtest/day-sentences.ts'
import { playRecordedDay } from '../../lab/backtest/recorded-day.ts'
import { kstClock } from '../../model/time.ts'
import { csvLine } from '../../std/csv.ts'
import { count } from '../../std/numbers.ts'
import type { ExitCode, Io } from '../io.ts'
import { journalFiles, refuseDamage } from '../replay-day.ts'
import { bold, dim, urgent } from '../screen/ansi.ts'

/** So many differences are told on the terminal; the file has all of them. */
const TOLD = 10

/**
 * Plays a recorded day over its own tape and lays the decisions beside those of the day. Fails when a difference has no
 * cause: the engine would then not be the one that traded.
 */
export async function backtestDay(
  { day, out, json }: { readonly day: string; readonly out: string; readonly json?: true },
  io: Io,
): Promise<ExitCode> {
  let code: ExitCode = 0
  for (const file of await journalFiles(day)) {
    const played = await playRecordedDay(() => readJournal(file)).catch(refuseDamage)
    const comparison = compareDay(played)
    const folder = resolve(out)
    await mkdir(folder, { recursive: true })
    const table = join(folder, `${basename(file, '.jsonl')}-differences.csv`)
    await writeFile(table, `\uFEFF${differencesCsv(comparison)}`)
    const causes = countCauses(comparison)
    if (causes.none) code = 1
    const { decisions, same, differences } = comparison
    if (json) io.out(JSON.stringify({ file, decisions, same, different: differences.length, causes, table }))
    else tell(basename(file), comparison, table, io)
  }
  return code
}

function tell(name: string, { decisions, same, differences }: DayComparison, table: string, io: Io): void {
  io.out(bold(`${name}: 기록된 날의 체결로 다시 · the day again on its own tape`))
  io.out(
    `주문 판단 · order decisions: 실제 live ${count(decisions.live)}, 모형 model ${count(decisions.model)}, 같음 same ${count(same)}, 다름 different ${count(differences.length)}`,
  )
  for (const difference of differences.slice(0, TOLD)) {
    const { ko, en } = causeSentence(difference)
    const [live, model] = [difference.live, difference.model]
    io.out(
      `${kstClock(difference.at)} ${difference.instrument}: 실제 live ${live ? decisionText(live) : '-'} · 모형 model ${model ? decisionText(model) : '-'}`,
    )
    io.out(dim(`    ${ko}\n    ${en}`))
  }
  if (differences.length > TOLD) io.out(dim(`… → ${table}`))
  const unexplained = differences.filter(({ cause }) => cause.why === 'none').length
  if (unexplained > 0)
    io.err(
      urgent(
        `✗ 까닭을 모르는 차이 ${unexplained}건: 버그로 알려 주세요\n  ${unexplained} differences without a cause: please report them`,
      ),
    )
}

function countCauses({ differences }: DayComparison): Readonly<Partial<Record<string, number>>> {
  const counts: Partial<Record<string, number>> = {}
  for (const { cause } of differences) counts[cause.why] = (counts[cause.why] ?? 0) + 1
  return counts
}

const HEAD = ['time', 'instrument', 'live', 'model', 'cause', '까닭', 'because']

const differencesCsv = ({ differences }: DayComparison): string =>
  [csvLine(HEAD), ...differences.map(row)].join('\r\n')

function row(difference: DayDifference): string {
  const { at, instrument, live, model, cause } = difference
  const { ko, en } = causeSentence(difference)
  return csvLine([
    kstClock(at),
    instrument,
    live && `${kstClock(live.at)} ${decisionText(live)}`,
    model && `${kstClock(model.at)} ${decisionText(model)}`,
    cause.why,
    ko,
    en,
  ])
}
