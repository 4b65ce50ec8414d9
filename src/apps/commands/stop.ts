import { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { loadConfig } from '../config/load.ts'
import { askControl, type ControlReply } from '../control.ts'
import { refuse } from '../io.ts'

interface StopOptions {
  readonly config: string
  readonly journal?: string
  readonly flatten?: true
  readonly resume?: true
  readonly json?: true
}

export const stopCommand = ({ io, finish }: CommandContext): Command =>
  new Command('stop')
    .description(
      '비상 정지: 미체결을 모두 취소하고 새 주문을 막습니다 (손절도 나가지 않습니다)\nemergency stop: cancels working orders and blocks every new one, stop-losses too',
    )
    .option('--flatten', '모든 보유 종목을 팔고 매수를 중지 · sell everything, stop buying')
    .option('--resume', '정지를 풉니다 · lift the stop')
    .option('-c, --config <file>', '설정 파일 · config file', 'garam.yaml')
    .option(
      '--journal <folder>',
      '설정 대신 기록 폴더로 찾기 · find the trader by its journal folder instead',
    )
    .option('--json', '결과를 JSON으로 · result as JSON')
    .addHelpText('after', '\n예 · example:\n  garam stop --flatten')
    .action(async (options: StopOptions) => {
      if (options.flatten && options.resume)
        refuse('--flatten과 --resume은 함께 쓸 수 없습니다', '--flatten and --resume exclude each other')
      const folder = options.journal ?? (await loadConfig(options.config)).journalFolder
      const reply = await ask(folder, options.flatten ? 'flatten' : options.resume ? 'resume' : 'stop')
      if (options.json) io.out(JSON.stringify(reply))
      else io.out(`${reply.ko}\n${reply.en}`)
      finish(reply.ok ? 0 : 1)
    })

async function ask(folder: string, what: 'stop' | 'flatten' | 'resume'): Promise<ControlReply> {
  const asked = await askControl(folder, { do: what })
  return asked.ok
    ? asked.value
    : refuse(
        `${folder} 에서 실행 중인 가람이 답하지 않습니다. 이미 꺼져 있다면 주문은 증권사 앱에서 확인하세요`,
        `no running Garam answers at ${folder}. If it is down, look at your orders in the broker's own app`,
      )
}
