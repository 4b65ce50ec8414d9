import type { IndicatorSpecs } from './indicator-spec.ts'
import { INDICATORS_OF_BARS } from './indicators-of-bars.ts'
import { INDICATORS_OF_VALUES } from './indicators-of-values.ts'

/** Every indicator that a condition may call. To add one, add a row to one of the two. */
export const INDICATORS: IndicatorSpecs = { ...INDICATORS_OF_VALUES, ...INDICATORS_OF_BARS }
