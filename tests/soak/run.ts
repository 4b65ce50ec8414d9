import { Command } from 'commander'
import { wholeNumber } from '../../src/apps/options.ts'
import { soakCrashes } from './crashes.ts'
import { soakDays } from './days.ts'
import { soakFaults } from './faults.ts'

/** `npm run soak -- <name> [options]`: long runs that look for what short tests do not meet. */
const print = (line: string) => console.log(line)
const end = (passed: boolean) => {
  process.exitCode = passed ? 0 : 1
}

const program = new Command('soak').description('오래 돌려 찾는 시험 / long runs of random days and crashes')

program
  .command('days')
  .description('무작위 모의 거래일 / random simulated trading days, every invariant checked at every event')
  .option('--days <count>', '며칠 / how many', wholeNumber, 200)
  .option('--from-seed <seed>', '첫 날의 시드 / seed of the first day', wholeNumber, 1)
  .action((options: { days: number; fromSeed: number }) => end(soakDays({ ...options, print })))

program
  .command('crash')
  .description('무작위 강제 종료와 복구 / random kills and recoveries against a real server')
  .option('--runs <count>', '몇 번 / how many', wholeNumber, 20)
  .option('--seed <seed>', '시드 / seed', wholeNumber, 1)
  .action(async (options: { runs: number; seed: number }) => end(await soakCrashes({ ...options, print })))

program
  .command('faults')
  .description('가상 시간 속 무작위 장애 / random faults of network, disk and process in simulated time')
  .option('--seeds <count>', '시드 몇 개 / how many seeds', wholeNumber, 200)
  .option('--from <seed>', '첫 시드 / the first seed', wholeNumber, 1)
  .action(async (options: { seeds: number; from: number }) => end(await soakFaults({ ...options, print })))

await program.parseAsync()
