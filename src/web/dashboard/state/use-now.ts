import { useSyncExternalStore } from 'react'

const EVERY_MS = 500

let now = Date.now()
const hearers = new Set<() => void>()
setInterval(() => {
  now = Date.now()
  for (const hear of hearers) hear()
}, EVERY_MS)

const subscribe = (hear: () => void) => {
  hearers.add(hear)
  return () => {
    hearers.delete(hear)
  }
}

/** The browser's clock, twice a second: for ages that grow while nothing arrives. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now)
