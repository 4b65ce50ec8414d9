import { writeFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import { readJournal, verifyJournal } from '../../adapters/journal/read.ts'
import { kstClock } from '../../model/time.ts'
import type { JournalRecord } from '../../ports/journal.ts'
import { count } from '../../std/numbers.ts'
import type { CommandContext } from '../command-context.ts'
import { type ExitCode, type Io, refuse } from '../io.ts'
import { type ExportTable, exportRows } from '../journal-export.ts'
import * as read from '../options.ts'
import { journalFiles, refuseDamage } from '../replay-day.ts'

export const journalCommand = (context: CommandContext): Command =>
  new Command('journal')
    .description('거래 기록 검사·보기·내보내기 · verify, show and export the record')
    .addCommand(verifyCommand(context))
    .addCommand(showCommand(context))
    .addCommand(exportCommand(context))

const PLACE = ['<journal>', '기록 폴더 또는 하루 파일 · folder of the record, or one day file'] as const

const verifyCommand = ({ io, finish }: CommandContext): Command =>
  new Command('verify')
    .description('모든 기록의 해시와 순번을 검사 · checks the hash and number of every record')
    .argument(...PLACE)
    .option('--json', '결과를 JSON으로 · result as JSON')
    .addHelpText('after', '\n예 · example:\n  garam journal verify .garam/journal')
    .action(async (place: string, options: { readonly json?: true }) =>
      finish(await verify(place, options.json === true, io)),
    )

async function verify(place: string, json: boolean, io: Io): Promise<ExitCode> {
  await journalFiles(place)
  const verdict = await verifyJournal(place)
  if (json) io.out(JSON.stringify(verdict))
  else if (verdict.ok)
    io.out(
      `기록 ${count(verdict.records)}건이 온전합니다 · ${count(verdict.records)} records, all good · ${verdict.lastHash}`,
    )
  else
    io.err(
      `${verdict.file} ${verdict.seq}번 기록이 손상되었습니다 (${verdict.reason}) · record ${verdict.seq} is damaged`,
    )
  if (!json && verdict.ok && verdict.unfinishedBytes > 0)
    io.err(
      `마지막 줄이 쓰이는 중이거나 잘렸습니다 · the last line is unfinished (${verdict.unfinishedBytes} bytes)`,
    )
  return verdict.ok ? 0 : 1
}

interface ShowOptions {
  readonly from: number
  readonly limit: number
  readonly kind?: JournalRecord['kind']
  readonly json?: true
}

const showCommand = ({ io, finish }: CommandContext): Command =>
  new Command('show')
    .description('기록을 차례로 보여 줍니다 · prints records in order')
    .argument(...PLACE)
    .option('--from <seq>', '이 번호부터 · from this record on', read.wholeNumber, 1)
    .option('--limit <count>', '몇 건까지 · at most so many', read.wholeNumber, 50)
    .addOption(new Option('--kind <kind>', '종류 · kind').choices(['open', 'event', 'effects', 'note']))
    .option('--json', '한 줄에 JSON 하나 · one JSON object per line')
    .addHelpText('after', '\n예 · example:\n  garam journal show .garam/journal --kind effects --limit 20')
    .action(async (place: string, options: ShowOptions) => {
      await journalFiles(place)
      await show(place, options, io).catch(refuseDamage)
      finish(0)
    })

async function show(place: string, options: ShowOptions, io: Io): Promise<void> {
  let left = options.limit
  for await (const record of readJournal(place, { from: options.from })) {
    if (left <= 0) return
    if (options.kind !== undefined && record.kind !== options.kind) continue
    left--
    io.out(options.json ? JSON.stringify(record) : line(record))
  }
}

const line = (record: JournalRecord): string =>
  `${String(record.seq).padStart(8)} ${kstClock(record.at)} ${record.kind.padEnd(7)} ${JSON.stringify(record.body)}`

interface ExportOptions {
  readonly what: ExportTable
  readonly out?: string
}

const exportCommand = ({ io, finish }: CommandContext): Command =>
  new Command('export')
    .description('표 계산 프로그램용 CSV로 내보냅니다 · writes CSV for a spreadsheet')
    .argument(...PLACE)
    .addOption(
      new Option('--what <table>', '무엇을: 매매, 주문, 체결, 거부 이유 · what')
        .choices(['trips', 'orders', 'fills', 'refusals'])
        .default('trips'),
    )
    .option('-o, --out <file>', '파일로 (없으면 화면) · to a file instead of the screen')
    .addHelpText(
      'after',
      '\n예 · example:\n  garam journal export .garam/journal --what fills --out fills.csv',
    )
    .action(async (place: string, options: ExportOptions) => {
      const rows: string[] = []
      for (const file of await journalFiles(place))
        rows.push(
          ...(await exportRows(file, options.what).catch(refuseDamage)).slice(rows.length > 0 ? 1 : 0),
        )
      if (options.out === undefined) for (const row of rows) io.out(row)
      else await save(options.out, rows, io)
      finish(0)
    })

/** Excel takes a CSV for UTF-8, and so shows Korean, only when it begins with this mark. */
const BYTE_ORDER_MARK = '\ufeff'

async function save(file: string, rows: readonly string[], io: Io): Promise<void> {
  await writeFile(file, `${BYTE_ORDER_MARK}${rows.join('\r\n')}\r\n`).catch((error: unknown) =>
    refuse(`${file} 을(를) 쓸 수 없습니다: ${String(error)}`, `cannot write ${file}`),
  )
  io.err(`${file}: ${count(rows.length - 1)}줄 · rows`)
}
