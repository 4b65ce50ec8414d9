import { useLive } from './live.ts'

/** Where the offline page (`public/offline.js`) finds when this browser last had live data. Browser ms. */
const KEY = 'garam.lastSeen'
const EVERY_MS = 5_000

/** Remembers in this browser when live data was last seen, so that a page without a line can say how old the last look is. */
export function noteLastSeen(): void {
  let noted = 0
  useLive.subscribe(({ state, heardAt }) => {
    if (!state || heardAt - noted < EVERY_MS) return
    noted = heardAt
    try {
      localStorage.setItem(KEY, String(heardAt))
    } catch {
      // A browser that keeps nothing cannot say it later.
    }
  })
}
