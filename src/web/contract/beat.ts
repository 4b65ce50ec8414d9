/** A screen shows its data as stale when nothing came for so long; the server beats well within it. Wall ms. */
export const STALE_AFTER_MS = 2_500
export const BEAT_EVERY_MS = 1_000
