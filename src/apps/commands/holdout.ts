import { Command } from 'commander'
import { requireFolder, setPath } from '../../adapters/catalog/layout.ts'
import { openTrialLedger } from '../../adapters/catalog/trial-ledger.ts'
import { sealedFrom } from '../../lab/optimise/validation-seal.ts'
import type { TradingDay } from '../../model/time.ts'
import type { CommandContext } from '../command-context.ts'
import { refuse } from '../io.ts'
import * as read from '../options.ts'
import { wallClock } from '../system.ts'
import { catalogOption, namedSet, withCatalog } from './data-catalog.ts'

interface SealOptions {
  readonly catalog: string
  readonly data: string
  readonly from: TradingDay
  readonly json?: true
}

export function holdoutCommand(context: CommandContext): Command {
  const command = new Command('holdout').description(
    '마지막 검증을 위해 구간을 봉인합니다 · seals days for the last proof',
  )
  command.addCommand(sealCommand(context))
  return command
}

const sealCommand = ({ io, finish }: CommandContext): Command =>
  new Command('seal')
    .description(
      '이 날부터는 백테스트와 전진 분석이 읽지 않습니다. 봉인은 풀 수 없고 앞으로만 당길 수 있습니다\nbacktests and walk-forwards do not read from this day on; a seal is never lifted, it only moves to earlier days',
    )
    .requiredOption('--data <set>', '데이터 이름 (garam data list) · a data set')
    .requiredOption('--from <day>', '봉인할 첫 거래일 · first sealed day', read.day)
    .addOption(catalogOption())
    .option('--json', '결과를 JSON으로 · result as JSON')
    .addHelpText('after', '\n예 · example:\n  garam holdout seal --data bars/1d/KRX/none --from 2025-01-01')
    .action(async (options: SealOptions) => {
      const { set, from } = await withCatalog(() => seal(options))
      if (options.json) io.out(JSON.stringify({ set, sealedFrom: from }))
      else io.out(`${set}: ${from}부터 봉인했습니다 · sealed from that day on`)
      finish(0)
    })

async function seal({ catalog, data, from }: SealOptions) {
  requireFolder(catalog)
  const set = setPath(await namedSet(catalog, data))
  const ledger = openTrialLedger(catalog)
  const before = sealedFrom((await ledger.read()).records, set)
  if (before !== undefined && from >= before) {
    if (from === before) return { set, from }
    return refuse(
      `${set} 은(는) 이미 ${before}부터 봉인되어 있고, 봉인은 풀 수 없습니다: 더 이른 날짜만 됩니다`,
      `${set} is sealed from ${before} on already, and a seal is never lifted: only an earlier day will do`,
    )
  }
  await ledger.append([{ what: 'seal', at: wallClock.now(), set, from }])
  return { set, from }
}
