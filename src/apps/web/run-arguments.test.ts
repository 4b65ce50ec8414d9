import { describe, expect, it } from 'vitest'
import { backtestRequestSchema, sweepRequestSchema } from '../../web/contract/backtest.ts'
import { runArguments } from './run-arguments.ts'

const places = { catalog: '/c', strategies: '/s', out: '/o', workers: 3 }
const market = { data: 'bars/1d/KRX/none', slippage: { kind: 'ticks', ticks: 1 } } as const

describe('the words of a run', () => {
  it('are the options of the command, each with its value behind it', () => {
    const request = backtestRequestSchema.parse({
      strategy: { kind: 'known', id: 'ema-cross' },
      parameters: { fast: 5 },
      market: {
        ...market,
        symbols: ['005930', '000660'],
        from: '2024-01-02',
        amount: { kind: 'ratio', ratio: 0.2 },
        limitTicks: 3,
        stopLoss: 0.03,
        commission: 0.0002,
      },
      monteCarlo: 1000,
    })
    expect(runArguments({ kind: 'backtest', request }, places)).toEqual([
      'backtest',
      'ema-cross',
      '--param=fast=5',
      '--data=bars/1d/KRX/none',
      '--symbols=005930,000660',
      '--from=2024-01-02',
      '--amount=20%',
      '--order=limit:+3',
      '--stop-loss=0.03',
      '--slippage=ticks:1',
      '--commission=0.0002',
      '--monte-carlo=1000',
      ...['--catalog', '/c', '-o', '/o', '--json', '--progress', 'json'],
    ])
  })

  it('keep what a person wrote behind its option, whatever it looks like', () => {
    const request = backtestRequestSchema.parse({
      strategy: { kind: 'conditions', entry: '--out=/etc $(rm -rf /)', exit: '-o x' },
      parameters: {},
      market,
    })
    expect(runArguments({ kind: 'backtest', request }, places).slice(0, 3)).toEqual([
      'backtest',
      '--entry=--out=/etc $(rm -rf /)',
      '--exit=-o x',
    ])
  })

  it('turn the values of a sweep, by name alone where the range is the strategy’s own', () => {
    const request = sweepRequestSchema.parse({
      strategy: { kind: 'file', file: 'my.ts' },
      turned: { fast: '5..50:5', slow: '' },
      market,
      method: 'tpe',
      objective: 'calmar',
      trials: 100,
    })
    const words = runArguments({ kind: 'sweep', request }, places)
    expect(words.slice(0, 4)).toEqual(['sweep', '/s/my.ts', '--param=fast=5..50:5', '--param=slow'])
    expect(words).toEqual(
      expect.arrayContaining(['--method=tpe', '--objective=calmar', '--trials=100', '--workers=3']),
    )
  })

  it.each([
    ['a file outside of the folder', { strategy: { kind: 'file', file: '../x.ts' }, parameters: {}, market }],
    ['a hidden file', { strategy: { kind: 'file', file: '.env.ts' }, parameters: {}, market }],
    ['an option for a strategy', { strategy: { kind: 'known', id: '--day' }, parameters: {}, market }],
    [
      'an option for a parameter',
      { strategy: { kind: 'known', id: 'x' }, parameters: { '--out': 1 }, market },
    ],
    [
      'an option for a symbol',
      { strategy: { kind: 'known', id: 'x' }, parameters: {}, market: { ...market, symbols: ['-o'] } },
    ],
    [
      'another folder for a set',
      { strategy: { kind: 'known', id: 'x' }, parameters: {}, market: { ...market, data: 'bars/../../x' } },
    ],
  ])('never begin with %s', (_, request) => {
    expect(backtestRequestSchema.safeParse(request).success).toBe(false)
  })
})
