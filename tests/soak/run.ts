import { pathToFileURL } from 'node:url'
import { Command, InvalidArgumentError } from 'commander'
import { speed, wholeNumber } from '../../src/apps/options.ts'
import { makeCompiledCopy } from '../simulation/compiled-copy.ts'
import type { CrashesOptions, soakCrashes } from './crashes.ts'
import { soakDays } from './days.ts'
import { soakFaults } from './faults.ts'
import { soakFuzz } from './fuzz.ts'
import { soakHours } from './hours.ts'
import { soakMutations } from './mutations.ts'
import { soakNoise } from './noise.ts'
import { soakScreens } from './screens.ts'
import { soakSeries } from './series.ts'

/** `npm run soak -- <name> [options]`: long runs that look for what short tests do not meet. */
const print = (line: string) => console.log(line)
const end = (passed: boolean) => {
  process.exitCode = passed ? 0 : 1
}

function wallHours(text: string): number {
  const value = Number(text)
  if (value > 0 && value <= 100) return value
  throw new InvalidArgumentError('0보다 크고 100 이하 / above 0, at most 100')
}

/** From a compiled copy: thousands of processes start, each three times as fast without a loader. */
async function crashes(options: CrashesOptions): Promise<boolean> {
  const copy = await makeCompiledCopy(['src', 'tests'])
  try {
    const compiled: { readonly soakCrashes: typeof soakCrashes } = await import(
      pathToFileURL(copy.place('tests/soak/crashes.ts')).href
    )
    return await compiled.soakCrashes(options)
  } finally {
    await copy.remove()
  }
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
  .option('--from <run>', '이 번째부터 / begin with this one', wholeNumber, 1)
  .option('--seed <seed>', '시드 / seed', wholeNumber, 1)
  .action(async (options: { runs: number; from: number; seed: number }) =>
    end(await crashes({ ...options, print })),
  )

program
  .command('faults')
  .description('가상 시간 속 무작위 장애 / random faults of network, disk and process in simulated time')
  .option('--seeds <count>', '시드 몇 개 / how many seeds', wholeNumber, 200)
  .option('--from <seed>', '첫 시드 / the first seed', wholeNumber, 1)
  .option(
    '--workers <count>',
    '프로세스 수, 0이면 코어마다 하나 / processes, 0 for one each core',
    wholeNumber,
    0,
  )
  .action(async (options: { seeds: number; from: number; workers: number }) =>
    end(await soakFaults({ ...options, print })),
  )

program
  .command('mutations')
  .description(
    '안전 규칙을 하나씩 깨뜨려 찾아내는지 / safety rules broken one by one: does the simulation see it',
  )
  .option('--only <name>', '하나만 / this one alone')
  .option('--seeds <count>', '규칙마다 최대 시드 / at most so many seeds for each', wholeNumber, 2_000)
  .option(
    '--workers <count>',
    '프로세스 수, 0이면 코어마다 하나 / processes, 0 for one each core',
    wholeNumber,
    0,
  )
  .action(async (options: { only?: string; seeds: number; workers: number }) =>
    end(await soakMutations({ ...options, print })),
  )

program
  .command('fuzz')
  .description('해독기마다 망가뜨린 입력 / mutated frames, replies, files and requests for every decoder')
  .option('--runs <count>', '해독기마다 몇 개 / inputs for each decoder', wholeNumber, 20_000)
  .option('--target <name>', '이 해독기만 (이름의 앞부분) / this decoder alone, or all whose names begin so')
  .option('--seed <seed>', '시드 / seed', wholeNumber, 1)
  .action(async (options: { runs: number; target?: string; seed: number }) =>
    end(await soakFuzz({ ...options, print })),
  )

program
  .command('series')
  .description('지표마다 무작위 시계열 / random series for each indicator, batch against streaming')
  .option('--runs <count>', '지표마다 몇 개 / how many for each', wholeNumber, 10_000)
  .option('--only <name>', '이 이름으로 시작하는 지표만 / only the indicators whose file begins so')
  .action(async (options: { runs: number; only?: string }) => end(await soakSeries(options)))

program
  .command('hours')
  .description(
    '실제 시간으로 몇 시간, 날마다 장애 / wall-clock hours of trading days, with faults, kills and a look at the memory',
  )
  .option('--hours <count>', '몇 시간 / how many hours', wallHours, 2)
  .option('--speed <times>', '몇 배 빠르게 / times faster than real', speed, 60)
  .option('--seed <seed>', '시드 / seed', wholeNumber, 1)
  .option('--size <count>', '종목 수 / listed instruments', wholeNumber, 60)
  .action(async (options: { hours: number; speed: number; seed: number; size: number }) =>
    end(await soakHours({ ...options, print })),
  )

program
  .command('screens')
  .description(
    '브라우저 여러 개가 보는 동안의 매매 / a trader with many browsers at its dashboard, beside one with none',
  )
  .option('--minutes <count>', '몇 분 / how many minutes', wholeNumber, 30)
  .option('--clients <count>', '브라우저 화면 수 / how many pages in browsers', wholeNumber, 20)
  .action(async (options: { minutes: number; clients: number }) =>
    end(await soakScreens({ ...options, print })),
  )

program
  .command('noise')
  .description('무작위 전략을 정직성 검사 전체에 / random strategies on random markets: are they refused')
  .option('--strategies <count>', '전략 몇 개 / how many strategies', wholeNumber, 1_000)
  .option('--from-seed <seed>', '첫 시드 / seed of the first', wholeNumber, 1)
  .action(async (options: { strategies: number; fromSeed: number }) =>
    end(await soakNoise({ ...options, print })),
  )

await program.parseAsync()
