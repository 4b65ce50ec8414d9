import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { RunMessage } from '../../web/contract/backtest.ts'
import { promotedEntry, promotedYaml } from '../../web/server/promotion.ts'

const run: Extract<RunMessage, { kind: 'backtest' }> = {
  id: 'abcdefgh-0',
  kind: 'backtest',
  state: 'done',
  title: { ko: '', en: '' },
  by: 'tester',
  createdAt: 0,
  pinned: false,
  request: {
    strategy: { kind: 'known', id: 'ema-cross' },
    parameters: { fast: 5, slow: 20 },
    market: { data: 'bars/1d/KRX/none', slippage: { kind: 'none' } },
  },
}
const wanted = { name: '단기 교차', symbols: ['005930', '000660'], amountKrw: 1_000_000 }
const withRequest = (over: Partial<typeof run.request>): RunMessage => ({
  ...run,
  request: { ...run.request, ...over },
})

describe('a promotion', () => {
  it('is an entry of strategies: that is switched off', () => {
    const entry = promotedEntry(run, wanted)
    expect(parse(promotedYaml(entry))).toEqual({ strategies: [entry] })
    expect(entry).toMatchObject({
      use: 'ema-cross',
      params: { fast: 5, slow: 20 },
      enabled: false,
      interval: '1d',
    })
  })

  it('carries a written condition as it was written', () => {
    const entry = 'close > ema(20) # "quoted": yes'
    const read = parse(
      promotedYaml(promotedEntry(withRequest({ strategy: { kind: 'conditions', entry } }), wanted)),
    )
    expect(read.strategies[0].entry).toBe(entry)
  })

  it.each([
    ['a run that is not done', { ...run, state: 'failed' } as const],
    ['US shares', withRequest({ market: { ...run.request.market, data: 'bars/1d/US/none' } })],
    [
      'bars that are not played live',
      withRequest({ market: { ...run.request.market, data: 'bars/2m/KRX/none' } }),
    ],
    ['a file of code', withRequest({ strategy: { kind: 'file', file: 'my.ts' } })],
  ])('is refused for %s', (_, refused) => {
    expect(() => promotedEntry(refused, wanted)).toThrow()
  })
})
