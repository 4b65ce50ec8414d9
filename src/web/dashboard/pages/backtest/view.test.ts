import { describe, expect, it } from 'vitest'
import {
  backtestRequestSchema,
  type PlayableStrategy,
  type RunMessage,
  sweepRequestSchema,
} from '../../../contract/backtest.ts'
import { compared, draftOf, EMPTY_DRAFT, requestOf, withTrial } from './view.ts'

const label = { ko: '', en: '' }
const STRATEGIES: readonly PlayableStrategy[] = [
  {
    id: 'ema-cross',
    title: label,
    parameters: {
      fast: { kind: 'whole', from: 2, to: 200, default: 12, label },
      band: { kind: 'ratio', from: 0, to: 0.1, default: 0.03, label },
      shorts: { kind: 'flag', default: false, label },
    },
  },
]
const draft = { ...EMPTY_DRAFT, data: 'bars/1d/KRX/none' }

describe('the form of a backtest', () => {
  it('becomes a request that the server takes, with percent as ratios', () => {
    const { request, faults } = requestOf(
      {
        ...draft,
        values: { fast: '5', band: '2.5' },
        symbols: '005930 , 000660',
        stopLoss: '3',
        commission: '0.015%',
        cash: '10,000,000',
        order: 'limit',
        monteCarlo: true,
      },
      STRATEGIES,
    )
    expect(faults).toEqual({})
    expect(request?.kind).toBe('backtest')
    expect(backtestRequestSchema.parse(request?.request)).toMatchObject({
      parameters: { fast: 5, band: 0.025, shorts: false },
      market: {
        symbols: ['005930', '000660'],
        stopLoss: 0.03,
        commission: 0.00015,
        cash: 10_000_000,
        limitTicks: 3,
      },
      monteCarlo: 1_000,
    })
  })

  it('becomes a sweep when at least one value is turned, * being the strategy’s own range', () => {
    const sweep = { ...draft, mode: 'sweep', turned: { fast: '5..50:5', band: '*' } } as const
    expect(sweepRequestSchema.parse(requestOf(sweep, STRATEGIES).request?.request).turned).toEqual({
      fast: '5..50:5',
      band: '',
    })
    expect(requestOf({ ...sweep, turned: { fast: '5' } }, STRATEGIES).faults).toHaveProperty('turned')
    expect(requestOf({ ...sweep, pick: 'conditions' }, STRATEGIES).faults).toHaveProperty('pick')
  })

  it.each([
    ['values.fast', { values: { fast: '1' } }],
    ['values.fast', { values: { fast: '5.5' } }],
    ['values.band', { values: { band: '' } }],
    ['symbols', { symbols: '삼성전자' }],
    ['stopLoss', { stopLoss: '200' }],
    ['cash', { cash: '-1' }],
    ['to', { from: '2024-05-01', to: '2024-04-01' }],
    ['data', { data: '' }],
    ['entry', { pick: 'conditions' }],
    ['free', { pick: 'file:my.ts', free: 'days 3' }],
  ])('says what is wrong at %s', (field, change) => {
    const { request, faults } = requestOf({ ...draft, ...change }, STRATEGIES)
    expect(request).toBeUndefined()
    expect(Object.keys(faults)).toEqual([field])
  })

  it('is filled from a run so that it asks for the same again', () => {
    const asked = requestOf(
      { ...draft, values: { band: '2.5' }, stopLoss: '3', slippage: 'sqrt', slippageSize: '0.1' },
      STRATEGIES,
    )
    const run = { ...asked.request, id: 'abcdefgh-0', state: 'done' } as RunMessage
    expect(requestOf(draftOf(run, STRATEGIES), STRATEGIES).request).toEqual(asked.request)
  })

  it('takes the values of a trial from a sweep, and nothing from a text that is none', () => {
    const sweep = { ...draft, mode: 'sweep' } as const
    const filled = withTrial(sweep, '{"fast":8,"band":0.05}', STRATEGIES)
    expect(filled).toMatchObject({ mode: 'backtest', values: { fast: '8', band: '5' } })
    expect(withTrial(sweep, 'no', STRATEGIES)).toBe(sweep)
    expect(withTrial(sweep, null, STRATEGIES)).toBe(sweep)
  })
})

describe('results side by side', () => {
  it('lie on one axis of days, each from its own beginning to its own end', () => {
    const { days, growth } = compared([
      { days: ['2024-01-02', '2024-01-03'], equity: [100, 110], beganWith: 100 },
      { days: ['2024-01-03', '2024-01-05'], equity: [50, 40], beganWith: 50 },
    ])
    expect(days).toEqual(['2024-01-02', '2024-01-03', '2024-01-05'])
    expect(growth[0]?.map((each) => each?.toFixed(2))).toEqual(['0.00', '0.10', undefined])
    expect(growth[1]?.map((each) => each?.toFixed(2))).toEqual([undefined, '0.00', '-0.20'])
  })
})
