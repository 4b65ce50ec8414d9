import { Command } from 'commander'
import { lineNotifier } from '../attend.ts'
import type { CommandContext } from '../command-context.ts'
import { loadConfig } from '../config/load.ts'
import { readHeartbeat } from '../deadman/heartbeat.ts'
import { judgeBeat, startDeadman, unprotectedOf } from '../deadman/watch.ts'
import { type ExitCode, type Io, Refusal } from '../io.ts'
import { onInterrupt, wallClock } from '../system.ts'

interface DeadmanOptions {
  readonly config: string
  readonly journal?: string
  readonly once?: true
  readonly json?: true
}

export const deadmanCommand = ({ io, finish }: CommandContext): Command =>
  new Command('deadman')
    .description(
      '매매 프로세스가 살아 있는지 지켜보고, 멎으면 손절이 없는 종목을 알립니다\nwatches whether the trader lives and says what has no stop when it does not',
    )
    .option('-c, --config <file>', '설정 파일 · config file', 'garam.yaml')
    .option('--journal <folder>', '기록 폴더 (설정 파일 대신) · folder of the record, instead of a config')
    .option('--once', '지금 한 번만 보고 종료 코드로 답함 (0 정상, 1 멎음) · look once: exit code 0 or 1')
    .option('--json', '(--once) 결과를 JSON으로 · result as JSON')
    .addHelpText('after', '\n예 · examples:\n  garam deadman\n  garam deadman --once --json')
    .action(async (options: DeadmanOptions) => {
      const journal = options.journal ?? (await loadConfig(options.config)).journalFolder
      finish(options.once ? await lookOnce(journal, options, io) : await watch(journal, io))
    })

async function lookOnce(journal: string, options: DeadmanOptions, io: Io): Promise<ExitCode> {
  const verdict = judgeBeat(await readHeartbeat(journal), wallClock.now(), 0)
  const bare = verdict.is === 'dead' || verdict.is === 'ended' ? unprotectedOf(verdict.beat) : []
  if (options.json) io.out(JSON.stringify({ trader: verdict.is, unprotected: bare }))
  else io.out(`${SAID[verdict.is]}${bare.map((each) => `\n  ${each}`).join('')}`)
  return verdict.is === 'dead' ? 1 : 0
}

const SAID = {
  waiting: '아직 매매한 적이 없습니다 · nobody has traded here yet',
  alive: '매매 중입니다 · the trader lives',
  dead: '매매 프로세스가 멎었습니다. 손절이 없는 종목: · the trader is dead; positions without a stop:',
  ended: '꺼져 있습니다. 손절이 없는 종목: · stopped on purpose; positions without a stop:',
} as const

async function watch(journal: string, io: Io): Promise<ExitCode> {
  const started = await startDeadman({ journal, wall: wallClock, notifier: lineNotifier('lines', io) })
  if (!started.ok)
    throw new Refusal(`이미 지켜보고 있습니다 · somebody watches there already\n${started.error}`)
  const deadman = started.value
  const unlisten = onInterrupt(() => deadman.stop())
  const ended = await deadman.ended
  unlisten()
  return ended === 'dead' ? 1 : 0
}
