/** How long a bar is. A `1d` bar is one trading day's, whatever its sessions. */
export const INTERVALS = ['10s', '30s', '1m', '3m', '5m', '10m', '15m', '30m', '60m', '1d'] as const
export type Interval = (typeof INTERVALS)[number]
