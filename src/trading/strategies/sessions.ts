import { kstDay, kstTimeOfDay } from '../../model/time.ts'
import type { StrategyBar } from './strategy.ts'

/** Which trading day a bar belongs to, as a number that only grows: 20261120. */
export const sessionOf = ({ openAt }: StrategyBar): number => Number(kstDay(openAt).replaceAll('-', ''))

/** Minutes since midnight in Korea at which a bar closed. */
export const minuteOfClose = ({ closeAt }: StrategyBar): number => Math.floor(kstTimeOfDay(closeAt) / 60_000)
