import { Command } from 'commander'
import { setPath } from '../../adapters/catalog/layout.ts'
import { listSets } from '../../adapters/catalog/list.ts'
import type { DataSetSummary } from '../../ports/catalog.ts'
import { count } from '../../std/numbers.ts'
import type { CommandContext } from '../command-context.ts'
import { type Column, table } from '../screen/table.ts'
import { catalogOption, withDuck } from './data-catalog.ts'

interface ListOptions {
  readonly catalog: string
  readonly json?: true
}

export const dataListCommand = ({ io, finish }: CommandContext): Command =>
  new Command('list')
    .description('무엇이 있는지: 행, 종목, 기간, 출처 · what there is: rows, symbols, span, source')
    .addOption(catalogOption())
    .option('--json', '결과를 JSON으로 · result as JSON')
    .addHelpText('after', '\n예 · example:\n  garam data list')
    .action(async (options: ListOptions) => {
      const sets = await withDuck(options.catalog, () => listSets(options.catalog))
      if (options.json) io.out(JSON.stringify(sets.map((set) => ({ set: setPath(set.name), ...set }))))
      else for (const line of lines(sets)) io.out(line)
      finish(0)
    })

const COLUMNS: readonly Column[] = [
  { head: '데이터 set', cells: 32, align: 'left' },
  { head: '행 rows', cells: 13, align: 'right' },
  { head: '종목 names', cells: 10, align: 'right' },
  { head: '기간 span', cells: 23, align: 'left' },
  { head: 'MB', cells: 8, align: 'right' },
  { head: '출처 source', cells: 36, align: 'left' },
]

function lines(sets: readonly DataSetSummary[]): readonly string[] {
  if (sets.length === 0) return ['비어 있습니다 · empty']
  return table(
    COLUMNS,
    sets.map(({ name, rows, symbols, from, to, bytes, imports }) => [
      setPath(name),
      count(rows),
      count(symbols),
      from === undefined ? '' : `${from} – ${to}`,
      (bytes / 1e6).toFixed(1),
      [...new Set(imports.map(({ source }) => source))].join(', '),
    ]),
  )
}
