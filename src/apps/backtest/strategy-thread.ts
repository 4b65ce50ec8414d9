import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Sentence } from '../../model/sentence.ts'
import { refuse } from '../io.ts'
import { readsTypeScript, threadProgram } from '../self.ts'

/** What the threads share in which strategies are played. */

/** A thread does not inherit what reads TypeScript, so it is told before our program is. */
const BEGIN = `const { program, loader } = require('node:worker_threads').workerData
void (async () => {
  if (loader) (await import(loader)).register()
  await import(program)
})()`
/** How often a thread is looked after. */
export const LOOK_EVERY_MS = 200
/** A thread has to begin and to read the file first. */
export const BEGIN_PATIENCE_MS = 60_000

/** A thread of one of our programs, with what it is told. It shares nothing but the memory in `told` that is meant to be shared. */
export function startThread(part: Parameters<typeof threadProgram>[0], told: object): Worker {
  const { program, loader } = threadProgram(part)
  return new Worker(BEGIN, {
    eval: true,
    workerData: { ...told, program, ...(loader && { loader }) },
    execArgv: [],
  })
}

export const silence = (ms: number): Sentence => ({
  ko: `전략이 ${Math.round(ms / 1000)}초 동안 돌아오지 않아 멈췄습니다 (끝나지 않는 반복?)`,
  en: `the strategy did not come back for ${Math.round(ms / 1000)} s (a loop without end?) and was ended`,
})

export const ended = (said: string): Sentence => ({
  ko: `전략이 스스로 끝났습니다: ${said}`,
  en: `the strategy ended by itself: ${said}`,
})

/** Refuses a file that is not there, or that nothing here can read. */
export function checkStrategyFile(file: string): void {
  const { loader } = threadProgram('backtest/strategy-worker')
  if (!existsSync(file)) refuse(`전략 파일 ${file} 이(가) 없습니다`, `there is no strategy file ${file}`)
  if (/^\.[mc]?ts$/.test(extname(file)) && loader === undefined && !readsTypeScript())
    refuse(
      `이 Node(${process.version})는 TypeScript를 읽지 못합니다: Node 22.18 이상을 쓰거나 npm install tsx, 또는 .mjs로 쓰세요`,
      `this Node (${process.version}) reads no TypeScript: use Node 22.18 or newer, npm install tsx, or write .mjs`,
    )
}
