import { type Duck, numberIn, textList } from '../duck.ts'
import { refuse } from '../trouble.ts'
import type { ImportJob } from './job.ts'
import { reasonWords } from './reasons.ts'
import type { Problem, Staged, Work } from './work.ts'

/** More than this share of rows that cannot be read, or that contradict themselves, is a wrong mapping and not dirt. */
const MOST = 0.5

/**
 * Looks at what was staged so far for mistakes in what was declared: columns that are swapped or wrong, two time zones in one file.
 * Throws a `CatalogTrouble`; asked after the first block, so that ten gigabytes are not read in vain, and again after the last.
 */
export async function judgeStaged(duck: Duck, job: ImportJob, work: Work): Promise<void> {
  judgeProblems(job, work.staged)
  judgeZones(job, work.staged)
  await judgeSwapped(duck, job, work)
}

/** What is wrong, added up over the blocks. */
export function problemsOf(staged: readonly Staged[]): ReadonlyMap<string, Problem> {
  const all = new Map<string, Problem>()
  for (const { problems } of staged)
    for (const [reason, { count, row, sample }] of Object.entries(problems)) {
      const known = all.get(reason)
      all.set(reason, known ? { ...known, count: known.count + count } : { count, row, sample })
    }
  return all
}

function judgeProblems(job: ImportJob, staged: readonly Staged[]): void {
  const problems = [...problemsOf(staged)]
  const bad = problems.reduce((sum, [, { count }]) => sum + count, 0)
  const good = staged.reduce((sum, { rows }) => sum + rows, 0)
  if (bad === 0 || bad <= (good + bad) * MOST) return
  const [reason, { row, sample }] = problems.reduce((most, next) =>
    next[1].count > most[1].count ? next : most,
  )
  const words = reasonWords(reason)
  refuse(
    'badRows',
    `${job.file} ${row}행부터 ${good + bad}행 중 ${bad}행을 읽을 수 없습니다: ${words.ko} ('${sample}'). ${words.remedyKo}`,
    `${bad} of ${good + bad} rows of ${job.file} cannot be read, from row ${row} on: ${words.en} ('${sample}'). ${words.remedyEn}`,
    row,
  )
}

/** Times with one foreign offset throughout are exact instants and fine; two kinds of them are two clocks. */
function judgeZones(job: ImportJob, staged: readonly Staged[]): void {
  const kinds = new Map<string, { rows: number; row: number }>()
  for (const { offset, rows, row } of staged.flatMap(({ offsets }) => offsets)) {
    const known = kinds.get(offset)
    kinds.set(offset, known ? { rows: known.rows + rows, row: known.row } : { rows, row })
  }
  if (kinds.size < 2) return
  const [[common], [rare, { row, rows }]] = [...kinds].toSorted((a, b) => b[1].rows - a[1].rows) as [
    [string, { rows: number; row: number }],
    [string, { rows: number; row: number }],
  ]
  const name = (offset: string) => (offset === 'none' ? job.zone : offset)
  refuse(
    'zones',
    `${job.file} 에 시간대가 둘 섞여 있습니다: 대부분 ${name(common)}인데 ${row}행 등 ${rows}행은 ${name(rare)}입니다. 한 시간대로 맞추거나 파일을 나누세요`,
    `${job.file} mixes two time zones: most rows are ${name(common)}, ${rows} of them (row ${row} first) are ${name(rare)}. Bring them to one zone, or split the file`,
    row,
  )
}

const PRICES = ['open', 'high', 'low', 'close'] as const
/** Another reading of the columns is believed when it makes nearly every row sound. */
const SOUND = 0.95

async function judgeSwapped(duck: Duck, job: ImportJob, work: Work): Promise<void> {
  const priced = work.staged.reduce((sum, each) => sum + each.priced, 0)
  const crooked = work.staged.reduce((sum, each) => sum + each.crooked, 0)
  if (priced === 0 || crooked <= priced * MOST) return
  const found = await soundOrder(duck, work)
  const share = `${crooked}/${priced}`
  if (found.order !== undefined) {
    const swapped = PRICES.flatMap((ours, at) => {
      const holds = found.order?.[at] ?? ours
      return holds === ours ? [] : [`${ours}=${job.columns[holds] ?? holds}`]
    })
    refuse(
      'swapped',
      `${job.file} ${found.row}행을 비롯해 ${share}행의 고가·저가가 시가·종가를 감싸지 않습니다. 열이 바뀐 것 같습니다: --columns ${swapped.join(',')} 로 하면 맞습니다`,
      `in ${share} rows of ${job.file} (row ${found.row} first) high and low do not enclose open and close. Columns look swapped: --columns ${swapped.join(',')} makes them fit`,
      found.row,
    )
  }
  if (job.onBad === 'flag') return
  refuse(
    'swapped',
    `${job.file} ${found.row}행을 비롯해 ${share}행의 고가·저가가 시가·종가를 감싸지 않고, 열을 어떻게 바꿔도 맞지 않습니다 (일부 열만 수정주가?). 표시만 하고 받으려면 --bad flag`,
    `in ${share} rows of ${job.file} (row ${found.row} first) high and low do not enclose open and close, and no order of the columns makes them fit (only some of them adjusted?). --bad flag takes them marked`,
    found.row,
  )
}

/** Which of our columns each of the four holds, in the order of `PRICES`, when one order makes the rows sound. */
async function soundOrder(
  duck: Duck,
  work: Work,
): Promise<{ readonly order: readonly string[] | undefined; readonly row: number }> {
  const orders = permutations(PRICES)
  const sound = orders.map(
    ([open, high, low, close], at) =>
      `count(*) FILTER (${high} >= greatest(${open}, ${close}, ${low}) AND ${low} <= least(${open}, ${close})) AS o${at}`,
  )
  const files = textList(work.staged.slice(0, 1).map(({ index }) => work.rowsFile(index)))
  const [counts] = await duck.rows(
    `SELECT count(*) AS n, min(row) FILTER (flags & 2 <> 0) AS row, ${sound.join(', ')} FROM read_parquet(${files}) WHERE flags & 5 = 0`,
  )
  const best = orders
    .map((order, at) => ({ order, count: numberIn(counts, `o${at}`) }))
    .reduce((most, next) => (next.count > most.count ? next : most))
  const isSound = best.count >= numberIn(counts, 'n') * SOUND
  return { order: isSound ? best.order : undefined, row: numberIn(counts, 'row') }
}

function permutations(items: readonly string[]): readonly (readonly string[])[] {
  if (items.length <= 1) return [items]
  return items.flatMap((item, at) =>
    permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]),
  )
}
