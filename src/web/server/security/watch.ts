import type { Cancel, Clock } from '../../../std/clock.ts'
import { userOf } from './people.ts'
import type { Store } from './store.ts'
import { isAlive, type Visit } from './visit.ts'

const LOOK_EVERY_MS = 30_000

/** Looks after sockets that stay open longer than what let them in. */
export interface Watch {
  add(visit: Visit, ended: () => void): Cancel
  close(): void
}

export function createWatch(store: Store, clock: Clock): Watch {
  const watched = new Set<{ readonly isGood: () => boolean; readonly ended: () => void }>()
  let cancel: Cancel | undefined

  const look = () => {
    for (const each of watched)
      if (!each.isGood()) {
        watched.delete(each)
        each.ended()
      }
  }
  const arm = () => {
    if (cancel || watched.size === 0) return
    cancel = clock.after(LOOK_EVERY_MS, () => {
      cancel = undefined
      look()
      arm()
    })
  }
  const unlisten = store.onChange(look)

  return {
    add: (visit, ended) => {
      const each = { isGood: goodness(store, clock, visit), ended }
      watched.add(each)
      arm()
      return () => void watched.delete(each)
    },
    close: () => {
      unlisten()
      cancel?.()
      watched.clear()
    },
  }
}

/** Still good: there, alive, and of a user with the same rights. A session may have been rotated meanwhile. */
function goodness(store: Store, clock: Clock, visit: Visit): () => boolean {
  if (visit.kind !== 'session' && visit.kind !== 'token') return () => false
  const { id, role } = visit.user
  const hasUser = () => {
    const user = userOf(store.view(), id)
    return user !== undefined && !user.disabled && user.role === role
  }
  if (visit.kind === 'token')
    return () =>
      hasUser() &&
      store.view().tokens.some((token) => token.id === visit.token.id && clock.now() < token.expiresAt)
  return () =>
    hasUser() &&
    store.view().sessions.some((each) => each.id === visit.session.id && isAlive(each, clock.now()))
}
