import { Command, Option } from 'commander'
import { exportSet } from '../../adapters/catalog/export.ts'
import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import type { TradingDay } from '../../model/time.ts'
import type { BarQuery, DataSetName } from '../../ports/catalog.ts'
import { count } from '../../std/numbers.ts'
import type { CommandContext } from '../command-context.ts'
import { refuse } from '../io.ts'
import * as read from '../options.ts'
import { catalogOption, namedSet, withDuck } from './data-catalog.ts'

interface ExportOptions {
  readonly catalog: string
  readonly out: string
  readonly symbols?: readonly string[]
  readonly from?: TradingDay
  readonly to?: TradingDay
  readonly prices?: 'raw' | 'signal' | 'source'
  readonly asOf?: TradingDay
  readonly force?: true
  readonly json?: true
}

const symbols = (written: string): readonly string[] => written.split(',').map((symbol) => symbol.trim())

export const dataExportCommand = ({ io, finish }: CommandContext): Command =>
  new Command('export')
    .description('CSV, CSV.gz, Parquet로 내보냅니다 · writes CSV, CSV.gz or Parquet')
    .argument('<set>', "데이터 이름 (garam data list) · a set as 'garam data list' names it")
    .requiredOption('-o, --out <file>', '만들 파일 (.csv, .csv.gz, .parquet) · file to write')
    .option('--symbols <list>', '종목 (005930,000660) · symbols', symbols)
    .option('--from <day>', '첫 거래일 · first trading day', read.day)
    .option('--to <day>', '마지막 거래일 · last trading day', read.day)
    .addOption(
      new Option('--prices <which>', '원래 가격, 기준일의 수정주가, 출처 그대로 · which prices').choices([
        'raw',
        'signal',
        'source',
      ]),
    )
    .option('--as-of <day>', '수정주가의 기준일 · whose evening signal prices are in', read.day)
    .option('--force', '있는 파일을 덮어씁니다 · overwrite an existing file')
    .addOption(catalogOption())
    .option('--json', '결과를 JSON으로 · result as JSON')
    .addHelpText(
      'after',
      '\n예 · examples:\n  garam data export bars/1d/KRX/none --symbols 005930 -o samsung.csv\n  garam data export bars/1d/KRX/none --prices signal --as-of 2024-12-30 --to 2024-12-30 -o signal.parquet',
    )
    .action(async (written: string, options: ExportOptions) => {
      const rows = await withDuck(options.catalog, async (duck) => {
        const set = await namedSet(options.catalog, written)
        return exportSet(duck, options.catalog, {
          set,
          out: options.out,
          prices: pricesOf(set, options),
          overwrite: options.force === true,
          ...(options.symbols ? { instruments: options.symbols.map(idOf) } : {}),
          ...(options.from ? { from: options.from } : {}),
          ...(options.to ? { to: options.to } : {}),
        })
      })
      if (options.json) io.out(JSON.stringify({ set: written, out: options.out, rows }))
      else io.out(`${options.out}: ${count(rows)}행 rows`)
      finish(0)
    })

const idOf = (symbol: string): InstrumentId => instrumentId(symbol)

/** Prices as they are in the set, unless said otherwise; adjusted ones need their day. */
function pricesOf({ basis }: DataSetName, { prices, asOf }: ExportOptions): BarQuery['prices'] {
  const as = prices ?? (basis === 'none' ? 'raw' : 'source')
  if (as !== 'signal') return { as }
  return asOf === undefined
    ? refuse('--prices signal 에는 --as-of 날짜가 필요합니다', '--prices signal needs a day: --as-of')
    : { as, asOf }
}
