import { Command } from 'commander'
import { type Checked, type CheckedSet, checkSet } from '../../adapters/catalog/check/check.ts'
import type { Direction } from '../../adapters/catalog/check/finding.ts'
import type { Severity } from '../../adapters/catalog/check/words.ts'
import { setPath, setsIn } from '../../adapters/catalog/layout.ts'
import { count } from '../../std/numbers.ts'
import type { CommandContext } from '../command-context.ts'
import type { Io } from '../io.ts'
import { bold, dim, good, urgent, warn } from '../screen/ansi.ts'
import { catalogOption, namedSet, withDuck } from './data-catalog.ts'

interface CheckOptions {
  readonly catalog: string
  readonly json?: true
}

export const dataCheckCommand = ({ io, finish }: CommandContext): Command =>
  new Command('check')
    .description(
      '빈 날, 중복, 호가단위·상하한가, 기록 없는 분할 등을 찾고 백테스트가 어느 쪽으로 틀리는지 말합니다\nfinds gaps, duplicates, prices off tick or band, unrecorded splits and more, and says which way each bends a backtest',
    )
    .argument('[set]', "데이터 이름 (없으면 전부) · one set as 'garam data list' names it")
    .addOption(catalogOption())
    .option('--json', '결과를 JSON으로 · result as JSON')
    .addHelpText('after', '\n예 · examples:\n  garam data check\n  garam data check bars/1d/KRX/none --json')
    .action(async (named: string | undefined, options: CheckOptions) => {
      const checked = await withDuck(options.catalog, async (duck) => {
        const sets =
          named === undefined ? await setsIn(options.catalog) : [await namedSet(options.catalog, named)]
        const done: CheckedSet[] = []
        for (const set of sets) {
          if (!options.json) io.err(dim(`${setPath(set)} …`))
          done.push(await checkSet(duck, options.catalog, set))
        }
        return done
      })
      if (options.json) io.out(JSON.stringify(checked))
      else for (const set of checked) show(set, io)
      finish(checked.some(({ checks }) => checks.some(isBad)) ? 1 : 0)
    })

const isBad = ({ severity, count: found }: Checked): boolean => severity === 'bad' && found > 0

const MARKS: Readonly<Record<Severity, string>> = { bad: urgent('✗'), warning: warn('!'), info: dim('·') }

const DIRECTIONS: Readonly<Record<Direction, string>> = {
  tooGood: '실제보다 좋아 보임 looks better than it is',
  tooBad: '실제보다 나빠 보임 looks worse than it is',
  either: '어느 쪽으로든 either way',
  none: '없음 none',
}

function show({ set, rows, checks }: CheckedSet, io: Io): void {
  io.out(bold(`${set} · ${count(rows)}행 rows`))
  for (const check of checks) {
    if (check.skipped) {
      io.out(dim(`- ${check.ko} · ${check.en}: 건너뜀 skipped (${check.skipped.ko} · ${check.skipped.en})`))
      continue
    }
    const mark = check.count === 0 ? good('✓') : MARKS[check.severity]
    const names = check.symbols > 0 ? ` (${count(check.symbols)}종목 names)` : ''
    io.out(`${mark} ${check.ko} · ${check.en}: ${count(check.count)}${check.count > 0 ? names : ''}`)
    if (check.count === 0) continue
    for (const { symbol, day, source, row, detail } of check.examples)
      io.out(
        dim(`    ${[symbol, day, row > 0 ? `${source}:${row}` : source, detail].filter(Boolean).join('  ')}`),
      )
    io.out(`    → ${DIRECTIONS[check.bias.direction]}: ${check.bias.ko} · ${check.bias.en}`)
  }
}
