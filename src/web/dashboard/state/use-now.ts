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

const never = () => () => undefined

/** The browser's clock, twice a second: for ages that grow while nothing arrives. 0, and still, while it is not wanted. */
export const useNow = (isWanted = true): number =>
  useSyncExternalStore(isWanted ? subscribe : never, () => (isWanted ? now : 0))
