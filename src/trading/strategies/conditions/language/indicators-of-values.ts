import { createBbands } from '../../../indicators/bbands.ts'
import { createCmo } from '../../../indicators/cmo.ts'
import { createDema } from '../../../indicators/dema.ts'
import { createEma } from '../../../indicators/ema.ts'
import { createHma } from '../../../indicators/hma.ts'
import type { Indicator } from '../../../indicators/indicator.ts'
import { createKama } from '../../../indicators/kama.ts'
import { createMacd } from '../../../indicators/macd.ts'
import { createMom } from '../../../indicators/mom.ts'
import { createPpo } from '../../../indicators/ppo.ts'
import { createRoc } from '../../../indicators/roc.ts'
import { createRsi } from '../../../indicators/rsi.ts'
import { createSma } from '../../../indicators/sma.ts'
import { createStochRsi } from '../../../indicators/stoch-rsi.ts'
import { createT3 } from '../../../indicators/t3.ts'
import { createTema } from '../../../indicators/tema.ts'
import { createTrima } from '../../../indicators/trima.ts'
import { createTrix } from '../../../indicators/trix.ts'
import { createStddev } from '../../../indicators/variance.ts'
import { createWma } from '../../../indicators/wma.ts'
import {
  bands,
  D,
  factor,
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
  create: (period: number) => Indicator<number, number>,
  warmUp: Lengths,
  settles?: Lengths,
): IndicatorSpec => ({
  input: 'values',
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

/** Made of one value per bar, the close or any other. Least periods and defaults: TA-Lib 0.6, and rule book §5.1, §5.2. */
export const INDICATORS_OF_VALUES: IndicatorSpecs = {
  sma: simple(
    [
      ['sma', 'ma'],
      ['이동평균', '단순이동평균'],
    ],
    'source',
    period(2),
    createSma,
    same,
  ),
  ema: simple([['ema'], ['지수이동평균']], 'source', period(2), createEma, same, five),
  wma: simple([['wma'], ['가중이동평균']], 'source', period(2), createWma, same),
  dema: simple([['dema'], ['이중지수이동평균']], 'source', period(2), createDema, (n) => 2 * n - 1, five),
  tema: simple([['tema'], ['삼중지수이동평균']], 'source', period(2), createTema, (n) => 3 * n - 2, five),
  trima: simple([['trima'], ['삼각이동평균']], 'source', period(2), createTrima, same),
  kama: simple([['kama'], ['적응이동평균']], 'source', period(2), createKama, oneMore, five),
  hma: simple(
    [['hma'], ['헐이동평균']],
    'source',
    period(2),
    createHma,
    (n) => n + Math.floor(Math.sqrt(n)) - 1,
  ),
  rsi: simple([['rsi'], ['RSI', '상대강도지수']], 'number', period(2, 14), createRsi, oneMore, five),
  cmo: simple([['cmo'], ['CMO', '찬드모멘텀']], 'number', period(2, 14), createCmo, oneMore, five),
  trix: simple([['trix'], ['TRIX', '트릭스']], 'number', period(2, 30), createTrix, (n) => 3 * n - 1, five),
  roc: simple([['roc'], ['ROC', '변화율']], 'number', period(1, 10), createRoc, oneMore),
  mom: simple([['mom', 'momentum'], ['모멘텀']], 'source', period(1, 10), createMom, oneMore),
  t3: {
    input: 'values',
    spelling: { en: ['t3'], ko: ['T3', '틸슨이동평균'] },
    parameters: [period(2), factor('volume factor', 0.7, 1)],
    outputs: single('source'),
    warmUp: (n = 0) => 6 * (n - 1) + 1,
    settles: (n = 0) => 6 * n,
    create: (n = 0, weight = 0) => createT3(n, weight),
  },
  ppo: {
    input: 'values',
    spelling: { en: ['ppo'], ko: ['PPO', '가격오실레이터'] },
    parameters: [period(2, 12, 'fast'), period(2, 26, 'slow')],
    outputs: single('number'),
    warmUp: (fast = 0, slow = 0) => Math.max(fast, slow),
    create: (fast = 0, slow = 0) => createPpo(fast, slow),
  },
  stddev: {
    input: 'values',
    spelling: { en: ['stddev'], ko: ['표준편차'] },
    parameters: [period(2, 20), factor('deviations', 1)],
    outputs: single('source'),
    warmUp: (n = 0) => n,
    create: (n = 0, deviations = 0) => createStddev(n, deviations),
  },
  macd: {
    input: 'values',
    spelling: { en: ['macd'], ko: ['MACD', '이동평균수렴확산'] },
    parameters: [period(2, 12, 'fast'), period(2, 26, 'slow'), period(1, 9, 'signal')],
    outputs: {
      macd: { en: ['macd', 'line'], ko: ['선'], unit: 'source' },
      signal: { en: ['signal'], ko: ['신호선', '시그널'], unit: 'source' },
      histogram: { en: ['histogram'], ko: ['히스토그램', '오실레이터'], unit: 'source' },
    },
    main: 'macd',
    warmUp: (fast = 0, slow = 0, signal = 0) => Math.max(fast, slow) + signal - 1,
    settles: (fast = 0, slow = 0, signal = 0) => 5 * (Math.max(fast, slow) + signal),
    create: (fast = 0, slow = 0, signal = 0) => createMacd(fast, slow, signal),
  },
  bbands: {
    input: 'values',
    spelling: { en: ['bbands'], ko: ['볼린저밴드', '볼린저'] },
    parameters: [period(2, 20), factor('deviations', 2)],
    outputs: bands,
    warmUp: (n = 0) => n,
    create: (n = 0, deviations = 0) => createBbands(n, deviations, deviations),
  },
  stochRsi: {
    input: 'values',
    spelling: { en: ['stochRsi'], ko: ['스토캐스틱RSI'] },
    parameters: [period(2, 14), period(1, 5, 'fastK'), period(1, 3, 'fastD')],
    outputs: { fastK: K, fastD: D },
    warmUp: (n = 0, fastK = 0, fastD = 0) => n + fastK + fastD - 1,
    settles: (n = 0) => 5 * n,
    create: (n = 0, fastK = 0, fastD = 0) => createStochRsi(n, fastK, fastD),
  },
}
