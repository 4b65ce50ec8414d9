import { actionOf, actionRowsSql } from '../actions.ts'
import { type Duck, numberIn, textIn, textList } from '../duck.ts'
import { refuse } from '../trouble.ts'
import type { ImportJob } from './job.ts'
import { reasonWords } from './reasons.ts'

/** An event that nobody can apply would adjust nothing, silently: the whole file is refused, whatever is done with bad rows. */
export async function refuseBadActions(duck: Duck, job: ImportJob, staged: readonly string[]): Promise<void> {
  if (job.set.kind !== 'actions') return
  const rows = await duck.rows(actionRowsSql(`read_parquet(${textList(staged)})`))
  const bad = rows
    .filter((row) => actionOf(job.set.market, row) === undefined)
    .toSorted((a, b) => numberIn(a, 'row') - numberIn(b, 'row'))
  const [first] = bad
  if (first === undefined) return
  const words = reasonWords('action')
  const row = numberIn(first, 'row')
  const what = `${textIn(first, 'symbol')} ${textIn(first, 'day')} ${textIn(first, 'action')}`
  refuse(
    'badRows',
    `${job.file} ${row}행${bad.length > 1 ? ` 등 ${bad.length}행` : ''}: ${words.ko} (${what}). ${words.remedyKo}`,
    `row ${row}${bad.length > 1 ? ` and ${bad.length - 1} more` : ''} of ${job.file}: ${words.en} (${what}). ${words.remedyEn}`,
    row,
  )
}
