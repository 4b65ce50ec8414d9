import { type Duck, textList } from '../duck.ts'
import { refuse } from '../trouble.ts'
import { findShifts, hasClock, signedHours } from '../zone-shift.ts'
import type { ImportJob } from './job.ts'
import { problemsOf } from './judge.ts'
import type { Rejects } from './rejects.ts'
import type { Work } from './work.ts'

/** A file without a single row, or none that `--only` asks for. */
export function refuseEmpty(job: ImportJob, work: Work): void {
  if (work.staged.some(({ rows }) => rows > 0) || problemsOf(work.staged).size > 0) return
  refuse(
    'emptyFile',
    Object.keys(job.only).length > 0
      ? `${job.file} 에 --only 조건에 맞는 행이 없습니다: 열과 값을 확인하세요`
      : `${job.file} 에 자료가 없습니다: 내려받기를 다시 확인하세요`,
    Object.keys(job.only).length > 0
      ? `no row of ${job.file} meets --only: look at the column and its value`
      : `${job.file} holds no data: look at the download again`,
  )
}

/** Bars that lie outside the session but would fill it on other clocks. */
export async function refuseShifted(duck: Duck, job: ImportJob, staged: readonly string[]): Promise<void> {
  if (!hasClock(job.set) || job.onBad === 'flag') return
  const { tested, days } = await findShifts(duck, job.set.market, `read_parquet(${textList(staged)})`)
  const rows = days.reduce((sum, day) => sum + day.rows, 0)
  if (rows <= tested * SHIFTED_SHARE) return
  const first = days.reduce((least, next) => (next.row < least.row ? next : least))
  const hours = signedHours(first.hours)
  const isWhole = rows > tested * (1 - SHIFTED_SHARE * 10)
  refuse(
    'zones',
    isWhole
      ? `${job.file} ${first.row}행부터 시각이 장중이 아닙니다 (${hours}시간 옮기면 맞음): --zone ${job.zone} 이 맞는지 보세요. 그대로 받으려면 --bad flag`
      : `${job.file} 에 두 시간대가 섞인 것 같습니다: ${first.row}행(${first.day})을 비롯한 ${days.length}일은 ${hours}시간 어긋나 있습니다. 시간대를 맞추거나 파일을 나누세요. 그대로 받으려면 --bad flag`,
    isWhole
      ? `the times of ${job.file} are not in the session from row ${first.row} on (${hours} hours would fit): look at --zone ${job.zone}. --bad flag takes it as it is`
      : `${job.file} seems to mix two time zones: ${days.length} days (row ${first.row}, ${first.day}, first) are off by ${hours} hours. Bring them to one zone, or split the file. --bad flag takes it as it is`,
    first.row,
  )
}

/** A few odd days are the calendar's fault rather than the clock's. */
const SHIFTED_SHARE = 0.01

/** The end of an import in mode `refuse` that met bad rows: every kind of them with its first row and what to do. */
export function refuseRows(job: ImportJob, { total, reasons, file }: Rejects): never {
  const lines = reasons.map(
    ({ row, count, ko, sample, remedyKo }) =>
      `  ${row}행${count > 1 ? ` 등 ${count}행` : ''}: ${ko} (${sample}) → ${remedyKo}`,
  )
  const linesEn = reasons.map(
    ({ row, count, en, sample, remedyEn }) =>
      `  row ${row}${count > 1 ? ` and ${count - 1} more` : ''}: ${en} (${sample}) → ${remedyEn}`,
  )
  return refuse(
    'badRows',
    `${job.file}: ${total}행 때문에 아무것도 가져오지 않았습니다. 그 행들은 ${file} 에 있습니다\n${lines.join('\n')}`,
    `${job.file}: nothing was taken because of ${total} rows, which are in ${file}\n${linesEn.join('\n')}`,
    reasons[0]?.row,
  )
}
