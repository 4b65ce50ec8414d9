import { Command, Option } from 'commander'
import type { InstrumentClass } from '../../model/instrument.ts'
import type { CommandContext } from '../command-context.ts'
import type { Checked } from '../doctor/check.ts'
import { checkClock, checkDisk, checkNode, checkPort } from '../doctor/machine.ts'
import { orderTypeRows, orderTypeTable } from '../doctor/order-types.ts'
import { checkProtection } from '../doctor/protection.ts'
import { checkConfig, checkJournal } from '../doctor/setup.ts'
import type { ExitCode, Io } from '../io.ts'
import * as read from '../options.ts'
import { good as goodPaint, urgent, warn } from '../screen/ansi.ts'
import { elapsedMs, environmentVariable, wallClock } from '../system.ts'

interface DoctorOptions {
  readonly config: string
  readonly port: number
  readonly orderTypes?: true
  readonly class: InstrumentClass
  readonly json?: true
}

const DEFAULT_JOURNAL = '.garam/journal'

export const doctorCommand = ({ io, finish }: CommandContext): Command =>
  new Command('doctor')
    .description(
      '시계, 디스크, 설정, 키, 기록, 포트를 살피고 할 일을 알려 줍니다\nchecks clock, disk, config, keys, record and port, and says what to do',
    )
    .option('-c, --config <file>', '설정 파일 · config file', 'garam.yaml')
    .option('--port <number>', '시뮬레이터가 쓸 포트 · port the simulator would use', read.port, 9443)
    .option('--order-types', '거래소·증권사가 받는 주문 유형 표 · table of order types')
    .addOption(
      new Option('--class <class>', '표의 종목 종류 · class of that table')
        .choices(['stock', 'etf', 'etn', 'elw'])
        .default('stock'),
    )
    .option('--json', '결과를 JSON으로 · result as JSON')
    .addHelpText('after', '\n예 · examples:\n  garam doctor\n  garam doctor --order-types --class etf')
    .action(async (options: DoctorOptions) => {
      if (options.orderTypes) finish(printOrderTypes(options, io))
      else finish(await examine(options, io))
    })

function printOrderTypes(options: DoctorOptions, io: Io): ExitCode {
  const rows = orderTypeRows(options.class)
  if (options.json) io.out(JSON.stringify(rows))
  else for (const line of orderTypeTable(rows)) io.out(line)
  return 0
}

async function examine(options: DoctorOptions, io: Io): Promise<ExitCode> {
  const { checked: config, config: found } = await checkConfig(options.config, environmentVariable)
  const folder = found?.journalFolder ?? DEFAULT_JOURNAL
  const all: readonly Checked[] = [
    checkNode(process.version),
    await checkClock(wallClock, elapsedMs),
    ...(await checkDisk(folder, wallClock, elapsedMs)),
    ...config,
    await checkJournal(folder),
    ...(await checkProtection(folder, wallClock)),
    await checkPort(options.port),
  ]
  if (options.json) io.out(JSON.stringify(all))
  else for (const one of all) tell(one, io)
  return all.some((one) => one.level === 'bad') ? 1 : 0
}

const MARKS = { good: goodPaint('✓'), warning: warn('!'), bad: urgent('✗') } as const

function tell(one: Checked, io: Io): void {
  io.out(`${MARKS[one.level]} ${one.name.padEnd(8)} ${one.ko}`)
  if (one.ko !== one.en) io.out(`           ${one.en}`)
  if (one.fix) io.out(`           → ${one.fix.ko} · ${one.fix.en}`)
}
