import type { Sentence } from '../../../model/sentence.ts'
import { kstDay } from '../../../model/time.ts'
import type { TrailEntry } from '../../contract/records.ts'
import type { AuditMessage } from '../../contract/session.ts'
import type { Audit } from './audit.ts'

/** Who came in and who tried to, in the audit log's own names. */
const WORDS: Readonly<Record<string, Sentence>> = {
  'sign-in': { ko: '로그인', en: 'Signed in' },
  'sign-in-failed': { ko: '로그인 실패', en: 'Sign-in failed' },
  'second-factor-failed': { ko: '2단계 인증 실패', en: 'Second factor failed' },
  'locked-out': { ko: '로그인 잠김', en: 'Locked out' },
  'sign-out': { ko: '로그아웃', en: 'Signed out' },
}

const AT_ONCE = 200
/** The oldest are forgotten here; the audit log has them all. */
const MOST_KEPT = 10_000

/** The sign-ins of a day (in Korea) out of the audit log, oldest first, as lines of the trail. */
export type SignIns = (day: string) => Promise<readonly TrailEntry[]>

/** The log only grows, so each of its entries is looked at once. */
export function createSignIns(audit: Pick<Audit, 'page'>): SignIns {
  let known: readonly TrailEntry[] = []
  let seen = 0
  let turn: Promise<unknown> = Promise.resolve()

  const catchUp = async () => {
    const fresh: TrailEntry[] = []
    let newest = seen
    for (let before: number | undefined; ; ) {
      const { entries, next } = await audit.page(before, AT_ONCE)
      for (const entry of entries) {
        newest = Math.max(newest, entry.seq)
        const line = entry.seq > seen ? lineOf(entry) : undefined
        if (line) fresh.push(line)
      }
      if (next === undefined || next <= seen) break
      before = next
    }
    seen = newest
    known = [...known, ...fresh.reverse()].slice(-MOST_KEPT)
  }

  return async (day) => {
    const mine = turn.then(catchUp)
    turn = mine.catch(() => undefined)
    await mine
    return known.filter(({ at }) => kstDay(at) === day)
  }
}

/** Below 0, its line is none of the record's; `seq` is its number in the audit log. */
function lineOf({ seq, at, who, from, what, about }: AuditMessage): TrailEntry | undefined {
  const words = WORDS[what]
  if (!words) return undefined
  const how = about === undefined ? '' : ` (${about})`
  return {
    line: -seq,
    seq,
    at,
    kind: 'signIn',
    who,
    ko: `${words.ko} · ${from}`,
    en: `${words.en}${how} · ${from}`,
  }
}
