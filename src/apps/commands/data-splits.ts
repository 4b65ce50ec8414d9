import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { openDuck } from '../../adapters/catalog/duck.ts'
import { type SplitRow, splitsOf } from '../../adapters/catalog/factor-table.ts'
import { csvLine } from '../../std/csv.ts'
import { count } from '../../std/numbers.ts'
import type { CommandContext } from '../command-context.ts'
import { refuse } from '../io.ts'
import { dim } from '../screen/ansi.ts'
import { withCatalog } from './data-catalog.ts'
import { pairs } from './data-import-options.ts'

interface SplitsOptions {
  readonly out: string
  readonly columns: Readonly<Record<string, string>>
}

const NAMES = ['symbol', 'until', 'factor'] as const
const COLUMNS = [
  'symbol',
  'from',
  'action',
  'into',
  'of',
  'ratio_numerator',
  'ratio_denominator',
] as const satisfies readonly (keyof SplitRow)[]

export const dataSplitsCommand = ({ io, finish }: CommandContext): Command =>
  new Command('splits')
    .description(
      '미국 주식의 수정계수 표에서 분할을 찾아 가져올 CSV를 만듭니다\nfinds the splits in a table of adjustment factors of US shares, as a CSV to import',
    )
    .argument('<file>', '계수 표 (CSV, Parquet) · table of factors')
    .requiredOption('-o, --out <file>', '만들 CSV · CSV to write')
    .option(
      '--columns <map>',
      '우리 열=파일의 열 (symbol, until, factor) · our column=column of the file',
      pairs,
      {
        symbol: 'symbol',
        until: 'until_day',
        factor: 'split_factor',
      },
    )
    .addHelpText(
      'after',
      `\n예 · example:\n  garam data splits factors.csv -o splits.csv\n  garam data import splits.csv --kind actions --market US --columns ${COLUMNS.map((name) => `${name}=${name}`).join(',')}`,
    )
    .action(async (file: string, { out, columns }: SplitsOptions) => {
      const [symbol, until, factor] = NAMES.map((name) => columns[name])
      if (symbol === undefined || until === undefined || factor === undefined)
        return refuse(
          `--columns 에 ${NAMES.join(', ')} 이(가) 모두 있어야 합니다`,
          `--columns has to name ${NAMES.join(', ')}`,
        )
      const { splits, left } = await withCatalog(async (signal) => {
        const duck = await openDuck({ signal })
        try {
          return await splitsOf(duck, { file, columns: { symbol, until, factor } })
        } finally {
          duck.close()
        }
      })
      const lines = splits.map((row) => csvLine(COLUMNS.map((name) => row[name] ?? '')))
      await writeFile(out, [COLUMNS.join(','), ...lines, ''].join('\n'))
      io.out(`${out}: 분할 ${count(splits.length)}건 splits`)
      for (const each of left)
        io.err(
          dim(
            `  기록할 수 없음 · no event makes this: ${each.symbol} ${each.from} × ${each.factor.toFixed(4)}`,
          ),
        )
      finish(0)
    })
