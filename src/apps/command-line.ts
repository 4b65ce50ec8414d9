import { Command, CommanderError } from 'commander'
import type { CommandContext } from './command-context.ts'
import { backtestCommand } from './commands/backtest.ts'
import { dataCommand } from './commands/data.ts'
import { deadmanCommand } from './commands/deadman.ts'
import { demoCommand } from './commands/demo.ts'
import { doctorCommand } from './commands/doctor.ts'
import { holdoutCommand } from './commands/holdout.ts'
import { initCommand } from './commands/init.ts'
import { journalCommand } from './commands/journal.ts'
import { ordersCommand } from './commands/orders.ts'
import { replayCommand } from './commands/replay.ts'
import { reportCommand } from './commands/report.ts'
import { runCommand } from './commands/run.ts'
import { secretCommand } from './commands/secret.ts'
import { simulateCommand } from './commands/simulate.ts'
import { stopCommand } from './commands/stop.ts'
import { sweepCommand } from './commands/sweep.ts'
import { trialsCommand } from './commands/trials.ts'
import { userCommand } from './commands/user.ts'
import { walkforwardCommand } from './commands/walkforward.ts'
import { webCommand } from './commands/web.ts'
import { workerCommand } from './commands/worker.ts'
import { writeCrashReport } from './crash.ts'
import { type ExitCode, type Io, Refusal } from './io.ts'
import { version } from './self.ts'
import { wallClock } from './system.ts'

/** One line per command; the order is that of the help page. */
const COMMANDS: readonly ((context: CommandContext) => Command)[] = [
  demoCommand,
  initCommand,
  runCommand,
  stopCommand,
  ordersCommand,
  webCommand,
  simulateCommand,
  replayCommand,
  reportCommand,
  journalCommand,
  dataCommand,
  backtestCommand,
  sweepCommand,
  workerCommand,
  walkforwardCommand,
  trialsCommand,
  holdoutCommand,
  secretCommand,
  userCommand,
  deadmanCommand,
  doctorCommand,
]

function program(context: CommandContext): Command {
  const root = new Command('garam')
    .description(
      '가람: 내 컴퓨터에서 도는 한국 주식 자동매매\nGaram: automated trading of Korean stocks on your own machine',
    )
    .version(version())
    .helpOption('-h, --help', '도움말 · help')
    .showHelpAfterError('(garam --help)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.io.out(text.replace(/\n$/, '')),
      writeErr: (text) => context.io.err(text.replace(/\n$/, '')),
    })
  for (const create of COMMANDS) adopt(root, create(context))
  return root
}

/** Commands are made on their own, so that each is one file; the manners of the root are handed down. */
function adopt(parent: Command, child: Command): void {
  child.copyInheritedSettings(parent)
  for (const grandchild of child.commands) grandchild.copyInheritedSettings(child)
  parent.addCommand(child)
}

/** Runs one command line (without `node` and the script) and gives its exit code. Never throws. */
export async function runCommandLine(words: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0
  const context: CommandContext = {
    io,
    finish: (ended) => {
      code = ended
    },
  }
  try {
    await program(context).parseAsync([...words], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof Refusal) {
      io.err(error.message)
      return 1
    }
    return crashed(error, words, io)
  }
}

/** Our bug: says so, and where the report is. */
export function crashed(error: unknown, words: readonly string[], io: Io): ExitCode {
  const path = writeCrashReport(error, wallClock.now(), words)
  io.err('가람 내부 오류입니다. 보고서를 남겼습니다 · a bug in Garam, the report is here:')
  io.err(`  ${path}`)
  io.err(`  ${error instanceof Error ? error.message : String(error)}`)
  return 70
}
