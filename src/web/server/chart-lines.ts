import type { Bar } from '../../model/bar.ts'
import { kstDay } from '../../model/time.ts'
import { never } from '../../std/invariant.ts'
import { bbands } from '../../trading/indicators/bbands.ts'
import { ema } from '../../trading/indicators/ema.ts'
import { macd } from '../../trading/indicators/macd.ts'
import { rsi } from '../../trading/indicators/rsi.ts'
import { sma } from '../../trading/indicators/sma.ts'
import { vwap } from '../../trading/indicators/vwap.ts'
import type { IndicatorName, IndicatorsMessage } from '../contract/chart.ts'

type Line = IndicatorsMessage['lines'][number]

/** The lines of an indicator over closed bars, from the first warm value on. */
export function chartLines(name: IndicatorName, bars: readonly Bar[]): readonly Line[] {
  const closes = columnOf(bars, ({ close }) => close)
  const one = (pane: Line['pane'], values: Float64Array): readonly Line[] => [warm(name, name, pane, values)]
  switch (name) {
    case 'ema5':
    case 'ema20':
    case 'ema60':
      return one('price', ema(closes, Number(name.slice(3))))
    case 'sma5':
    case 'sma20':
    case 'sma60':
      return one('price', sma(closes, Number(name.slice(3))))
    case 'vwap':
      return one('price', sessionVwap(bars, closes))
    case 'rsi':
      return one('rsi', rsi(closes, 14))
    case 'bollinger':
      return several(name, 'price', bbands(closes, 20, 2, 2))
    case 'macd':
      return several(name, 'macd', macd(closes, 12, 26, 9))
    default:
      return never(name)
  }
}

const several = (
  name: IndicatorName,
  pane: Line['pane'],
  columns: Readonly<Record<string, Float64Array>>,
): readonly Line[] => Object.entries(columns).map(([line, values]) => warm(name, line, pane, values))

function warm(name: IndicatorName, line: string, pane: Line['pane'], values: Float64Array): Line {
  const first = values.findIndex((value) => !Number.isNaN(value))
  const from = first < 0 ? values.length : first
  return { name, line, pane, from, values: [...values.subarray(from)] }
}

function sessionVwap(bars: readonly Bar[], closes: Float64Array): Float64Array {
  return vwap(
    columnOf(bars, ({ high }) => high),
    columnOf(bars, ({ low }) => low),
    closes,
    columnOf(bars, ({ volume }) => volume),
    Int32Array.from(bars, ({ openAt }) => Number(kstDay(openAt).replaceAll('-', ''))),
  )
}

const columnOf = (bars: readonly Bar[], value: (bar: Bar) => number): Float64Array =>
  Float64Array.from(bars, value)
