import { describe, expect, it } from 'vitest'
import { importsOf, wrongImports } from './imports.ts'
import { sourcesIn } from './sources.ts'

const sources = sourcesIn('src')
const paths = new Set(sources.map((source) => source.path))

describe('the import table', () => {
  it('holds for every file of src', () => {
    expect(sources.length).toBeGreaterThan(50)
    expect(sources.flatMap((source) => wrongImports(source, (path) => paths.has(path)))).toEqual([])
  })

  const refused: readonly [from: string, text: string, why: string][] = [
    ['src/model/order.ts', `import { x } from '../matching/book.ts'`, 'model may not know matching'],
    [
      'src/model/order.ts',
      `import type { X } from '../trading/risk/x.ts'`,
      'model may not know trading/risk',
    ],
    ['src/std/ring.ts', `export { x } from '../model/money.ts'`, 'std may not know model'],
    ['src/ports/journal.ts', `import { x } from '../matching/types.ts'`, 'ports may not know matching'],
    [
      'src/trading/risk/a.ts',
      `import { x } from '../ledger/b.ts'`,
      'trading/risk may not know trading/ledger',
    ],
    [
      'src/trading/risk/rules/a.ts',
      `import { x } from '../../engine/b.ts'`,
      'trading/risk may not know trading/engine',
    ],
    [
      'src/trading/risk/a.ts',
      `import { x } from '../indicators/b.ts'`,
      'trading/risk may not know trading/indicators',
    ],
    [
      'src/trading/engine/a.ts',
      `import { x } from '../../adapters/journal/b.ts'`,
      'may not know adapters/journal',
    ],
    ['src/trading/loose.ts', `import { x } from '../std/ring.ts'`, 'no row in the import table'],
    ['src/newfolder/a.ts', `import { x } from '../std/ring.ts'`, 'no row in the import table'],
    ['src/adapters/kiwoom/a.ts', `import { x } from '../network/b.ts'`, 'may not know adapters/network'],
    ['src/adapters/kiwoom/a.ts', `import { x } from '../../trading/risk/b.ts'`, 'may not know trading/risk'],
    [
      'src/adapters/kiwoom/a.ts',
      `import { x } from '../../simulators/kiwoom/b.ts'`,
      'may not know simulators/kiwoom',
    ],
    [
      'src/simulators/kiwoom/a.ts',
      `import { x } from '../../adapters/kiwoom/b.ts'`,
      'may not know adapters/kiwoom',
    ],
    [
      'src/simulators/kiwoom/a.test.ts',
      `import { x } from '../../adapters/kiwoom/b.ts'`,
      'may not know adapters/kiwoom',
    ],
    [
      'src/simulators/kiwoom/a.ts',
      `const x = await import('../../adapters/kiwoom/b.ts')`,
      'may not know adapters/kiwoom',
    ],
    ['src/simulators/kiwoom/a.ts', `import { x } from '../../ports/network.ts'`, 'may not know ports'],
    [
      'src/lab/analytics/a.ts',
      `import { x } from '../backtest/b.ts'`,
      'lab/analytics may not know lab/backtest',
    ],
    [
      'src/lab/analytics/a.ts',
      `import { x } from '../reports/b.ts'`,
      'lab/analytics may not know lab/reports',
    ],
    [
      'src/lab/backtest/a.ts',
      `import { x } from '../optimise/b.ts'`,
      'lab/backtest may not know lab/optimise',
    ],
    ['src/lab/reports/a.ts', `import { x } from '../backtest/b.ts'`, 'lab/reports may not know lab/backtest'],
    ['src/lab/ml/a.ts', `import { x } from '../optimise/b.ts'`, 'lab/ml may not know lab/optimise'],
    [
      'src/lab/analytics/a.ts',
      `import { x } from '../../adapters/journal/b.ts'`,
      'may not know adapters/journal',
    ],
    ['src/trading/risk/a.ts', `import { x } from '../../lab/analytics/b.ts'`, 'may not know lab/analytics'],
    ['src/apps/garam.ts', `import { x } from '../face/model.ts'`, 'nobody imports face'],
    ['src/adapters/kiwoom/a.ts', `import { x } from '../../apps/system.ts'`, 'nobody imports apps'],
    ['src/face/model.ts', `export { x } from '../trading/risk/a.ts'`, 'face may not know trading/risk'],
    [
      'src/trading/market/a.ts',
      `import { x } from '../risk/internal/b.ts'`,
      'internal/ belongs to its parent alone',
    ],
    [
      'src/apps/a.ts',
      `import { x } from '../adapters/kiwoom/internal/b.ts'`,
      'internal/ belongs to its parent alone',
    ],
    ['src/model/a.ts', `import { x } from './b.js'`, 'an import ends in .ts'],
    ['src/model/a.ts', `import { x } from './b'`, 'an import ends in .ts'],
    ['src/model/a.ts', `import { x } from '/src/model/b.ts'`, 'an import is relative'],
    ['src/model/a.ts', `import { x } from '../../tests/house/sources.ts'`, 'nothing outside of src'],
    ['src/model/a.ts', `import { x } from './a.test.ts'`, 'what tests use'],
    ['src/adapters/journal/a.ts', `import { x } from './testing/b.ts'`, 'what tests use'],
    ['src/model/a.ts', `import { readFileSync } from 'node:fs'`, 'model may not use node:fs'],
    ['src/model/a.ts', `import { z } from 'zod'`, 'model may not use zod'],
    ['src/trading/risk/a.ts', `import { setTimeout } from 'node:timers/promises'`, 'may not use node:timers'],
    ['src/adapters/kiwoom/a.ts', `import { request } from 'undici'`, 'may not use undici'],
    ['src/ports/a.ts', `import { hash } from 'node:crypto'`, 'ports may not use node:crypto'],
    ['src/model/a.ts', `import { it } from 'vitest'`, 'model may not use vitest'],
  ]
  it.each(refused)('refuses in %s: %s', (path, text, why) => {
    expect(wrongImports({ path, text }, () => true)).toEqual([expect.stringContaining(why)])
  })

  const allowed: readonly [from: string, text: string][] = [
    ['src/model/a.ts', `import { x } from './b.ts'`],
    ['src/trading/engine/a.ts', `import { x } from '../risk/review.ts'`],
    ['src/trading/universe/a.ts', `import { x } from '../indicators/ema.ts'`],
    ['src/lab/analytics/a.ts', `import { x } from '../../trading/ledger/b.ts'`],
    ['src/lab/optimise/a.ts', `import { x } from '../backtest/b.ts'`],
    ['src/lab/ml/a.ts', `import { x } from '../backtest/b.ts'`],
    ['src/lab/backtest/a.ts', `import { x } from '../analytics/b.ts'`],
    ['src/lab/reports/a.ts', `import { x } from '../analytics/b.ts'`],
    ['src/adapters/paper/a.ts', `import { x } from '../../matching/exchange.ts'`],
    ['src/adapters/kiwoom/a.ts', `import { x } from './internal/b.ts'`],
    ['src/adapters/kiwoom/codec/a.ts', `import { x } from '../internal/b.ts'`],
    ['src/std/random.ts', `import { x } from 'pure-rand/generator/xoroshiro128plus'`],
    [
      'src/model/a.test.ts',
      `import { it } from 'vitest'; import fc from 'fast-check'; import { x } from 'node:fs'`,
    ],
    ['src/model/a.test.ts', `import { x } from './testing/b.ts'`],
    [
      'src/apps/garam.ts',
      `import { x } from '../simulators/kiwoom/a.ts'; import { Command } from 'commander'`,
    ],
  ]
  it.each(allowed)('allows in %s: %s', (path, text) => {
    expect(wrongImports({ path, text }, () => true)).toEqual([])
  })

  it('refuses an import of a file that is not there', () => {
    const planted = { path: 'src/model/a.ts', text: `import { x } from './nowhere.ts'` }
    expect(wrongImports(planted, (path) => paths.has(path))).toEqual([
      expect.stringContaining('no such file'),
    ])
  })

  it('sees every way to import', () => {
    const text = `
      import a from './a.ts'
      import type { B } from './b.ts'
      export * from './c.ts'
      export type { D } from './d.ts'
      const e = await import('./e.ts')
      import './f.ts'
      type G = import('./g.ts').G
      // import './comment.ts'
      const text = "import './string.ts'"`
    expect(importsOf(text).toSorted()).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `./${name}.ts`),
    )
  })
})
