import { basename } from 'node:path'
import { Command, Option } from 'commander'
import { type Imported, importFile } from '../../adapters/catalog/import/import-file.ts'
import type { ImportProgress } from '../../adapters/catalog/import/progress.ts'
import { setPath } from '../../adapters/catalog/layout.ts'
import { count } from '../../std/numbers.ts'
import type { CommandContext } from '../command-context.ts'
import type { Io } from '../io.ts'
import { createPace } from '../pace.ts'
import { wallClock } from '../system.ts'
import { catalogOption, withCatalog } from './data-catalog.ts'
import { type ImportOptions, jobOf, pairs } from './data-import-options.ts'

export const dataImportCommand = ({ io, finish }: CommandContext): Command =>
  new Command('import')
    .description(
      'CSV, CSV.gz, Parquet를 카탈로그로 가져옵니다. 크기는 상관없고, 끊겨도 같은 명령이 이어서 합니다\nbrings a CSV, CSV.gz or Parquet file into the catalog; of any size, and the same command goes on after a kill',
    )
    .argument('<file>', '가져올 파일 · file to import')
    .addOption(
      new Option('--kind <kind>', '무엇인지 · what it holds').choices([
        'bars',
        'trades',
        'quotes',
        'index',
        'fx',
        'actions',
        'instruments',
      ]),
    )
    .option('--interval <length>', '봉 길이: 1d, 5m, 30t … · length of a bar')
    .option(
      '--columns <map>',
      '우리 열=파일의 열,… (open_at, day, open, close …) · our column=column of the file',
      pairs,
    )
    .option('--symbol <code>', '종목 열이 없는 파일의 종목 · the symbol of a file without such a column')
    .option('--zone <zone>', '파일에 적힌 시각의 시간대 · zone of times without an offset')
    .addOption(
      new Option(
        '--adjusted <what>',
        '수정주가 여부: 아니오, 분할·증자, 배당까지 · what was adjusted',
      ).choices(['none', 'splits', 'all']),
    )
    .addOption(new Option('--market <market>', '시장 · market').choices(['KRX', 'US', 'FX']))
    .addOption(new Option('--currency <currency>', '통화 · currency').choices(['KRW', 'USD']))
    .option('--only <map>', '이 값인 행만 (열=값) · only rows with this value', pairs)
    .option('--source <text>', '출처 이름 · what to call the source')
    .option('--series <name>', '다른 출처와 따로 둘 이름 · a name that keeps it apart from another source')
    .addOption(
      new Option('--encoding <name>', '글자 인코딩 · encoding').choices(['utf-8', 'cp949', 'euc-kr']),
    )
    .option('--delimiter <letter>', '열 구분자 (보통 알아냅니다) · delimiter, found out by itself')
    .addOption(
      new Option('--bad <what>', '나쁜 행: 전부 거절, 그 행만 제외, 표시하고 받기 · bad rows').choices([
        'refuse',
        'reject',
        'flag',
      ]),
    )
    .option('--replace', '이미 있는 값을 새 값으로 · new values win over stored ones')
    .option('--preset <file>', '위의 것을 적은 YAML 파일 · a YAML file with these options')
    .addOption(catalogOption())
    .option('--json', '결과를 JSON으로 · result as JSON')
    .addHelpText(
      'after',
      '\n예 · examples:\n  garam data import daily.csv --kind bars --interval 1d --market KRX --adjusted none \\\n    --columns symbol=종목코드,day=날짜,open=시가,high=고가,low=저가,close=종가,volume=거래량\n  garam data import aapl.csv.gz --preset yahoo.yaml --symbol AAPL',
    )
    .action(async (file: string, options: ImportOptions) => {
      const job = await jobOf(file, options, wallClock.now())
      const onProgress = progressTeller(io)
      const done = await withCatalog((signal) => importFile(options.catalog, job, { signal, onProgress }))
      const set = setPath(job.set)
      if (options.json) io.out(JSON.stringify({ set, ...done }))
      else for (const line of summary(set, basename(file), done)) io.out(line)
      finish(0)
    })

const PHASES: Readonly<Record<ImportProgress['phase'], string>> = {
  hash: '확인 hashing',
  read: '읽기 reading',
  sort: '정렬 sorting',
  write: '쓰기 writing',
}
/** A line every two seconds. */
function progressTeller(io: Io): (progress: ImportProgress) => void {
  const isDue = createPace()
  return ({ phase, share, rows }) => {
    if (isDue()) io.err(`${PHASES[phase]} ${Math.round(share * 100)}% · ${count(rows)}행 rows`)
  }
}

function summary(
  set: string,
  file: string,
  { record, already, rejects, wasDone, resumedBlocks }: Imported,
): string[] {
  if (wasDone)
    return [
      `${file}: 이미 ${set} 에 가져온 파일입니다 (${count(record.rows)}행). 바뀐 것이 없습니다`,
      `${file} is in ${set} already (${count(record.rows)} rows); nothing changed`,
    ]
  const flags = Object.entries(record.flagged).map(([name, rows]) => `${name} ${count(rows)}`)
  return [
    `${file} → ${set}: ${count(record.rows)}행 rows`,
    ...(already > 0 ? [`  이미 있던 행 · rows that were there: ${count(already)}`] : []),
    ...(resumedBlocks > 0
      ? [`  앞선 실행에서 이어서 · went on after ${resumedBlocks} blocks of an earlier run`]
      : []),
    ...(flags.length > 0 ? [`  표시된 행 · flagged: ${flags.join(', ')}`] : []),
    ...rejects.reasons.map(
      ({ reason, count: rows, row, ko, en }) =>
        `  제외 · left out: ${reason} ${count(rows)} (${row}행부터) ${ko} · ${en}`,
    ),
    ...(rejects.file ? [`  제외된 행은 · they are in ${rejects.file}`] : []),
    `  다음 · next: garam data check ${set}`,
  ]
}
