/** How long a bar is. A `1d` bar is one trading day's, whatever its sessions. */
export const INTERVALS = ['10s', '30s', '1m', '3m', '5m', '10m', '15m', '30m', '60m', '1d'] as const
export type Interval = (typeof INTERVALS)[number]

const SECOND_MS = 1_000
const MINUTE_MS = 60_000

/** Of a day: 24 hours, though its session is shorter. */
export const INTERVAL_MS: Readonly<Record<Interval, number>> = {
  '10s': 10 * SECOND_MS,
  '30s': 30 * SECOND_MS,
  '1m': MINUTE_MS,
  '3m': 3 * MINUTE_MS,
  '5m': 5 * MINUTE_MS,
  '10m': 10 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '30m': 30 * MINUTE_MS,
  '60m': 60 * MINUTE_MS,
  '1d': 24 * 60 * MINUTE_MS,
}
