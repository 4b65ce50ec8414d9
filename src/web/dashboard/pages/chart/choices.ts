import { create } from 'zustand'
import type { ChartInterval, IndicatorName } from '../../../contract/chart.ts'
import { INDICATORS, INTERVALS } from './view.ts'

interface Choices {
  readonly interval: ChartInterval
  readonly indicators: readonly IndicatorName[]
  /** Instruments that were looked at, newest first. */
  readonly recent: readonly { readonly instrument: string; readonly name: string }[]
  readonly marks: boolean
  readonly bands: boolean
  set(change: Partial<Pick<Choices, 'interval' | 'indicators' | 'marks' | 'bands'>>): void
  saw(instrument: string, name: string): void
}

const KEY = 'garam.chart'
const MOST_RECENT = 8

/** How a person likes the chart: kept in this browser alone. */
export const useChoices = create<Choices>((update, now) => {
  const keep = () => {
    const { interval, indicators, recent, marks, bands } = now()
    try {
      localStorage.setItem(KEY, JSON.stringify({ interval, indicators, recent, marks, bands }))
    } catch {
      // A browser that keeps nothing still shows what was chosen until it is closed.
    }
  }
  return {
    interval: '1m',
    indicators: ['ema20', 'vwap'],
    recent: [],
    marks: true,
    bands: true,
    ...stored(),
    set: (change) => {
      update(change)
      keep()
    },
    saw: (instrument, name) => {
      const others = now().recent.filter((each) => each.instrument !== instrument)
      update({ recent: [{ instrument, name }, ...others].slice(0, MOST_RECENT) })
      keep()
    },
  }
})

function stored(): Partial<Choices> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    const { interval, indicators, recent, marks, bands } = kept as Record<string, unknown>
    const known = INTERVALS.find(([each]) => each === interval)?.[0]
    return {
      ...(known && { interval: known }),
      ...(Array.isArray(indicators) && {
        indicators: INDICATORS.flatMap(([name]) => (indicators.includes(name) ? [name] : [])),
      }),
      ...(Array.isArray(recent) && { recent: recent.filter(isNamed).slice(0, MOST_RECENT) }),
      ...(typeof marks === 'boolean' && { marks }),
      ...(typeof bands === 'boolean' && { bands }),
    }
  } catch {
    return {}
  }
}

const isNamed = (row: unknown): row is Choices['recent'][number] =>
  typeof row === 'object' &&
  row !== null &&
  'instrument' in row &&
  'name' in row &&
  typeof row.instrument === 'string' &&
  typeof row.name === 'string'
