import { availableParallelism } from 'node:os'
import { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { release } from '../self.ts'
import { serveTrials } from '../sweep/serve-trials.ts'
import { redisOption, workerCount } from '../sweep/sweep-options.ts'
import { onInterrupt } from '../system.ts'

interface WorkerOptions {
  readonly redis: string
  readonly workers: number
  readonly allowFiles: boolean
}

export const workerCommand = ({ io, finish }: CommandContext): Command =>
  new Command('worker')
    .description(
      '다른 컴퓨터의 garam sweep --redis 가 나눈 시험을 합니다. Ctrl-C로 끝내면 하던 시험은 다른 컴퓨터가 합니다\nplays trials that a garam sweep --redis on any machine hands out; Ctrl-C gives those at work to others',
    )
    .addOption(redisOption().makeOptionMandatory())
    .option(
      '--workers <count>',
      '스레드 수, 탐색마다 · threads for each sweep',
      workerCount,
      availableParallelism(),
    )
    .option(
      '--allow-files',
      '전략 파일도 받음: 그 Redis에 쓸 수 있는 사람은 누구나 이 컴퓨터에서 프로그램을 실행할 수 있습니다 · take strategy files too: whoever can write to that Redis can run programs here',
      false,
    )
    .addHelpText('after', '\n예 · example:\n  garam worker --redis redis://192.168.0.10:6379 --workers 8')
    .action(async ({ redis, workers, allowFiles }: WorkerOptions) => {
      const controller = new AbortController()
      const stop = onInterrupt(() => controller.abort())
      try {
        await serveTrials({ redis, workers, allowFiles, release: release(), io, signal: controller.signal })
      } finally {
        stop()
      }
      finish(0)
    })
