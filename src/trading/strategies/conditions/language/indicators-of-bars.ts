import { createAdosc } from '../../../indicators/adosc.ts'
import { createAdx } from '../../../indicators/adx.ts'
import { createAroon, createAroonOsc } from '../../../indicators/aroon.ts'
import { createAverageTrueRange } from '../../../indicators/average-true-range.ts'
import { createCci } from '../../../indicators/cci.ts'
import { createCmf } from '../../../indicators/cmf.ts'
import { createDmi } from '../../../indicators/dmi.ts'
import { createDonchian } from '../../../indicators/donchian.ts'
import { createIchimoku } from '../../../indicators/ichimoku.ts'
import type { Indicator } from '../../../indicators/indicator.ts'
import { createKeltner } from '../../../indicators/keltner.ts'
import { createMfi } from '../../../indicators/mfi.ts'
import { createNatr } from '../../../indicators/natr.ts'
import { createObv } from '../../../indicators/obv.ts'
import { createRollingVwap } from '../../../indicators/rolling-vwap.ts'
import { createSar } from '../../../indicators/sar.ts'
import { createStoch } from '../../../indicators/stoch.ts'
import { createSupertrend } from '../../../indicators/supertrend.ts'
import { createUltosc } from '../../../indicators/ultosc.ts'
import { createVwma } from '../../../indicators/vwma.ts'
import { createWillr } from '../../../indicators/willr.ts'
import {
  bands,
  D,
  factor,
  type IndicatorBar,
  type IndicatorSpec,
  type IndicatorSpecs,
  K,
  period,
  single,
} from './indicator-spec.ts'

type Lengths = (period: number) => number

/** An indicator with one period and one output. */
const simple = (
  [en, ko]: readonly [en: readonly string[], ko: readonly string[]],
  unit: 'source' | 'number',
  parameter: ReturnType<typeof period>,
  create: (period: number) => Indicator<IndicatorBar, number>,
  warmUp: Lengths,
  settles?: Lengths,
): IndicatorSpec => ({
  input: 'bars',
  spelling: { en, ko },
  parameters: [parameter],
  outputs: single(unit),
  warmUp: (n = 0) => warmUp(n),
  ...(settles && { settles: (n = 0) => settles(n) }),
  create: (n = 0) => create(n),
})

const same: Lengths = (n) => n
const oneMore: Lengths = (n) => n + 1
const five: Lengths = (n) => 5 * n

const line = (en: string, ko: string) => ({ en: [en], ko: [ko], unit: 'source' }) as const
const figure = (en: string, ko: string) => ({ en: [en], ko: [ko], unit: 'number' }) as const

/** Made of whole bars. Least periods and defaults: TA-Lib 0.6, and rule book §5.1, §5.2. */
export const INDICATORS_OF_BARS: IndicatorSpecs = {
  atr: simple([['atr'], ['ATR', '평균진폭']], 'source', period(1, 14), createAverageTrueRange, oneMore, five),
  natr: simple([['natr'], ['NATR', '평균진폭비율']], 'number', period(1, 14), createNatr, oneMore, five),
  adx: simple([['adx'], ['ADX', '평균방향지수']], 'number', period(2, 14), createAdx, (n) => 2 * n, five),
  cci: simple([['cci'], ['CCI', '상품채널지수']], 'number', period(2, 14), createCci, same),
  mfi: simple([['mfi'], ['MFI', '자금흐름지수']], 'number', period(2, 14), createMfi, oneMore),
  cmf: simple([['cmf'], ['CMF', '차이킨자금흐름']], 'number', period(1, 20), createCmf, same),
  willr: simple([['willr', 'williams'], ['윌리엄스R']], 'number', period(2, 14), createWillr, same),
  aroonOsc: simple([['aroonOsc'], ['아룬오실레이터']], 'number', period(2, 14), createAroonOsc, oneMore),
  vwma: simple([['vwma'], ['거래량가중이동평균']], 'source', period(2), createVwma, same),
  rollingVwap: simple([['rollingVwap'], ['구간가중평균가']], 'source', period(1), createRollingVwap, same),
  obv: {
    input: 'bars',
    spelling: { en: ['obv'], ko: ['OBV', '균형거래량'] },
    parameters: [],
    outputs: single('volume'),
    warmUp: () => 1,
    create: () => createObv(),
  },
  adosc: {
    input: 'bars',
    spelling: { en: ['adosc'], ko: ['차이킨오실레이터'] },
    parameters: [period(2, 3, 'fast'), period(2, 10, 'slow')],
    outputs: single('volume'),
    warmUp: (fast = 0, slow = 0) => Math.max(fast, slow),
    settles: (fast = 0, slow = 0) => 5 * Math.max(fast, slow),
    create: (fast = 0, slow = 0) => createAdosc(fast, slow),
  },
  ultosc: {
    input: 'bars',
    spelling: { en: ['ultosc'], ko: ['궁극오실레이터'] },
    parameters: [period(1, 7, 'first'), period(1, 14, 'second'), period(1, 28, 'third')],
    outputs: single('number'),
    warmUp: (first = 0, second = 0, third = 0) => Math.max(first, second, third) + 1,
    create: (first = 0, second = 0, third = 0) => createUltosc(first, second, third),
  },
  sar: {
    input: 'bars',
    spelling: { en: ['sar'], ko: ['파라볼릭SAR', '파라볼릭'] },
    parameters: [factor('acceleration', 0.02), factor('maximum', 0.2)],
    outputs: single('source'),
    warmUp: () => 2,
    create: (acceleration = 0, maximum = 0) => createSar(acceleration, maximum),
  },
  stoch: {
    input: 'bars',
    spelling: { en: ['stoch'], ko: ['스토캐스틱'] },
    parameters: [period(1, 5, 'fastK'), period(1, 3, 'slowK'), period(1, 3, 'slowD')],
    outputs: { slowK: K, slowD: D },
    warmUp: (fastK = 0, slowK = 0, slowD = 0) => fastK + slowK + slowD - 2,
    create: (fastK = 0, slowK = 0, slowD = 0) => createStoch(fastK, slowK, slowD),
  },
  aroon: {
    input: 'bars',
    spelling: { en: ['aroon'], ko: ['아룬'] },
    parameters: [period(2, 14)],
    outputs: { up: figure('up', '상승'), down: figure('down', '하락') },
    warmUp: (n = 0) => n + 1,
    create: (n = 0) => createAroon(n),
  },
  dmi: {
    input: 'bars',
    spelling: { en: ['dmi'], ko: ['DMI', '방향지수'] },
    parameters: [period(1, 14)],
    outputs: { plusDi: figure('plus', '상승'), minusDi: figure('minus', '하락') },
    // A period of 1 looks at one move, with no sum before it.
    warmUp: (n = 0) => n + 1,
    settles: (n = 0) => 5 * n,
    create: (n = 0) => createDmi(n),
  },
  keltner: {
    input: 'bars',
    spelling: { en: ['keltner'], ko: ['켈트너채널'] },
    parameters: [period(2, 20), period(1, 10, 'range period'), factor('multiple', 2)],
    outputs: bands,
    warmUp: (n = 0, ranges = 0) => Math.max(n, ranges + 1),
    settles: (n = 0, ranges = 0) => 5 * Math.max(n, ranges),
    create: (n = 0, ranges = 0, multiple = 0) => createKeltner(n, ranges, multiple),
  },
  donchian: {
    input: 'bars',
    spelling: { en: ['donchian'], ko: ['돈치안채널'] },
    parameters: [period(1, 20)],
    outputs: bands,
    warmUp: (n = 0) => n,
    create: (n = 0) => createDonchian(n),
  },
  supertrend: {
    input: 'bars',
    spelling: { en: ['supertrend'], ko: ['슈퍼트렌드'] },
    parameters: [period(1, 10), factor('multiple', 3)],
    outputs: { line: line('line', '선'), direction: figure('direction', '방향') },
    main: 'line',
    warmUp: (n = 0) => n + 1,
    settles: (n = 0) => 5 * n,
    create: (n = 0, multiple = 0) => createSupertrend(n, multiple),
  },
  ichimoku: {
    input: 'bars',
    spelling: { en: ['ichimoku'], ko: ['일목균형표', '일목'] },
    parameters: [
      period(1, 9, 'fast'),
      period(1, 26, 'slow'),
      period(1, 52, 'widest'),
      period(1, 26, 'displacement'),
    ],
    // As they stand at the bar; what a chart draws to the right of it belongs to the future.
    outputs: {
      conversion: line('conversion', '전환선'),
      base: line('base', '기준선'),
      cloudA: line('cloudA', '선행스팬1'),
      cloudB: line('cloudB', '선행스팬2'),
    },
    warmUp: (fast = 0, slow = 0, widest = 0, displacement = 0) => Math.max(fast, slow, widest) + displacement,
    create: (fast = 0, slow = 0, widest = 0, displacement = 0) =>
      createIchimoku(fast, slow, widest, displacement),
  },
}
