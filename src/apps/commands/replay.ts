import { basename } from 'node:path'
import { Command } from 'commander'
import { count } from '../../std/numbers.ts'
import type { CommandContext } from '../command-context.ts'
import type { ExitCode, Io } from '../io.ts'
import { journalFiles, type ReplayedDay, replayDay } from '../replay-day.ts'

interface ReplayOptions {
  readonly verify?: true
  readonly json?: true
}

export const replayCommand = ({ io, finish }: CommandContext): Command =>
  new Command('replay')
    .description(
      '기록된 거래일을 엔진에 다시 흘려보냅니다 (주문은 나가지 않습니다)\nfeeds a recorded day through the engine again (no order leaves)',
    )
    .argument('<journal>', '기록 폴더 또는 하루 파일 · folder of the record, or one day file')
    .option('--verify', '기록된 판단과 하나라도 다르면 실패 · fail on the first decision that differs')
    .option('--json', '결과를 JSON으로 · result as JSON')
    .addHelpText('after', '\n예 · example:\n  garam replay .garam/journal/2026-11-20.jsonl --verify')
    .action(async (place: string, options: ReplayOptions) => finish(await replayAll(place, options, io)))

async function replayAll(place: string, options: ReplayOptions, io: Io): Promise<ExitCode> {
  let code: ExitCode = 0
  for (const file of await journalFiles(place)) {
    const day = await replayDay(file, options.verify === true)
    if (options.json) io.out(JSON.stringify({ file, ...day.result }))
    else tell(day, options.verify === true, io)
    if (!day.result.ok) code = 1
  }
  return code
}

function tell({ file, result }: ReplayedDay, verify: boolean, io: Io): void {
  const name = basename(file)
  if (!result.ok) {
    io.err(
      `${name}: ${result.seq}번 기록에서 판단이 다릅니다 · differs at record ${result.seq}: ${result.reason}`,
    )
    return
  }
  const agreed = verify
    ? '기록과 모두 같음 · every decision agrees'
    : '검증하지 않음 (--verify) · not compared'
  io.out(
    `${name}: 이벤트 ${count(result.events)} events · 판단 ${count(result.decisions)} decisions · ${result.decisionHash} · ${agreed}`,
  )
}
