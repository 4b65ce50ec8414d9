import type { Indicator } from '../../../indicators/indicator.ts'
import { createMax, createMin } from '../../../indicators/min-max.ts'
import { createSma } from '../../../indicators/sma.ts'
import { createSum } from '../../../indicators/sum.ts'
import type { Aggregate } from '../language/tree.ts'

/** What an aggregate over so many samples is made by. */
export const AGGREGATE_INDICATORS: Readonly<Record<Aggregate, (count: number) => Indicator<number, number>>> =
  {
    average: createSma,
    max: createMax,
    min: createMin,
    sum: createSum,
  }
