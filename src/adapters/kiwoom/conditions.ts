import { type ConditionId, type InstrumentId, instrumentId } from '../../model/ids.ts'
import type { ScreenHit } from '../../model/market-event.ts'
import type { VenueError } from '../../model/venue-error.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import type { Stamper } from './codec/stamper.ts'
import { bareCode } from './codec/values.ts'
import { screenChange } from './map.ts'
import type { Family } from './requests.ts'
import { type JsonObject, type RealEvent, screenReply } from './wire.ts'

export interface ConditionWatch {
  /** The complete list: the first ten in real time, the others by a search a minute. */
  follow(conditions: readonly ConditionId[]): void
  /** A new line is up: nothing is registered on it yet. */
  restore(): void
  forget(): void
  onEvent(event: RealEvent): void
  stop(): void
}

/** Kiwoom's limit per login (wire reference §6). */
const MOST_REALTIME = 10
/** One request per condition and minute (wire reference §6). */
const AGAIN_MS = 60_000
const MOST_PAGES = 20

interface Watched {
  readonly id: ConditionId
  realtime: boolean
  /** Registered on the present line, or on its way. */
  active: boolean
  /** Grows with each beginning, so that what was under way before it ends unheard. */
  run: number
  /** Its instruments as far as we were told; `known` once a whole list was seen. */
  readonly members: Set<InstrumentId>
  known: boolean
  /** Codes that events moved while a list was under way: newer than the list. */
  readonly touched: Set<InstrumentId>
  cancel: Cancel | undefined
}

type Ask = (family: Family, frame: JsonObject) => Promise<Result<JsonObject, VenueError>>

/** Condition searches: Kiwoom REST API guide, 조건검색; wire reference §16. */
export function createConditionWatch(options: {
  readonly ask: Ask
  readonly clock: Clock
  readonly stamper: Stamper
  readonly emit: (hit: ScreenHit) => void
  readonly onTrouble: (what: string) => void
}): ConditionWatch {
  const { ask, clock, stamper } = options
  let watched = new Map<ConditionId, Watched>()
  let up = false

  const say = (
    { id, members }: Watched,
    code: InstrumentId,
    change: 'enter' | 'leave',
    initial: boolean,
    time?: number,
  ) => {
    if (change === 'enter') members.add(code)
    else members.delete(code)
    const now = stamper.now()
    const at = stamper.at(time, now)
    options.emit({ kind: 'screen', at, receivedAt: now, condition: id, instrument: code, change, initial })
  }

  const applyList = (condition: Watched, codes: ReadonlySet<InstrumentId>, initial: boolean) => {
    for (const code of [...condition.members])
      if (!codes.has(code) && !condition.touched.has(code)) say(condition, code, 'leave', false)
    for (const code of codes)
      if (!condition.members.has(code) && !condition.touched.has(code)) say(condition, code, 'enter', initial)
    condition.known = true
  }

  const isCurrent = (condition: Watched, run: number) =>
    up && condition.run === run && watched.get(condition.id) === condition

  const later = (condition: Watched, run: (condition: Watched) => Promise<void>) => {
    condition.cancel = clock.after(AGAIN_MS, () => {
      condition.cancel = undefined
      void run(condition)
    })
  }

  const register = async (condition: Watched): Promise<void> => {
    const { run } = condition
    condition.active = true
    condition.touched.clear()
    const seq = condition.id
    let reply = await ask('condition', { trnm: 'CNSRREQ', seq, search_type: '1', stex_tp: 'K' })
    if (!isCurrent(condition, run)) return
    if (!reply.ok) {
      // A search that the server believes to run already is not answered: end it there, then ask once more.
      await ask('condition', { trnm: 'CNSRCLR', seq })
      if (!isCurrent(condition, run)) return
      reply = await ask('condition', { trnm: 'CNSRREQ', seq, search_type: '1', stex_tp: 'K' })
      if (!isCurrent(condition, run)) return
    }
    const codes = reply.ok ? codesOf(reply.value) : undefined
    if (codes) return applyList(condition, codes, true)
    condition.active = false
    options.onTrouble(`CNSRREQ ${seq}: ${reply.ok ? 'shape' : reply.error.code}`)
    later(condition, register)
  }

  const search = async (condition: Watched): Promise<void> => {
    const { run } = condition
    const codes = await searchAll(ask, condition.id)
    if (!isCurrent(condition, run)) return
    condition.touched.clear()
    if (codes.ok) applyList(condition, codes.value, !condition.known)
    else options.onTrouble(`CNSRREQ ${condition.id}: ${codes.error.code}`)
    later(condition, search)
  }

  /** Whatever it was doing is over. */
  const halt = (condition: Watched) => {
    condition.run++
    condition.active = false
    condition.cancel?.()
    condition.cancel = undefined
  }

  const begin = (condition: Watched) => {
    halt(condition)
    void (condition.realtime ? register(condition) : search(condition))
  }

  const clear = (condition: Watched) => {
    if (up && condition.active) void ask('condition', { trnm: 'CNSRCLR', seq: condition.id })
    halt(condition)
  }

  return {
    follow: (conditions) => {
      const before = watched
      const changed: Watched[] = []
      watched = new Map()
      for (const [place, id] of [...new Set(conditions)].entries()) {
        const realtime = place < MOST_REALTIME
        const condition = before.get(id) ?? fresh(id, realtime)
        watched.set(id, condition)
        if (before.has(id) && condition.realtime === realtime) continue
        changed.push(condition)
        // Those that go make room before others come.
        if (before.has(id)) clear(condition)
        condition.realtime = realtime
      }
      for (const [id, condition] of before) if (!watched.has(id)) clear(condition)
      if (up) for (const condition of changed) begin(condition)
    },
    restore: () => {
      up = true
      for (const condition of watched.values()) begin(condition)
    },
    forget: () => {
      up = false
      for (const condition of watched.values()) halt(condition)
    },
    onEvent: (event) => {
      const hit = screenChange(event)
      const condition = hit && watched.get(hit.seq as ConditionId)
      if (!hit || !condition?.realtime) return
      condition.touched.add(hit.code)
      say(condition, hit.code, hit.change, false, hit.time)
    },
    stop: () => {
      for (const condition of watched.values()) halt(condition)
      watched.clear()
      up = false
    },
  }
}

const fresh = (id: ConditionId, realtime: boolean): Watched => ({
  id,
  realtime,
  active: false,
  run: 0,
  members: new Set(),
  known: false,
  touched: new Set(),
  cancel: undefined,
})

/** `undefined`: not the shape of a hit list. */
function codesOf(frame: JsonObject): Set<InstrumentId> | undefined {
  const parsed = screenReply.safeParse(frame)
  if (!parsed.success) return undefined
  const codes = new Set<InstrumentId>()
  for (const row of parsed.data.data) {
    const code = bareCode(row.jmcode) ?? bareCode(row['9001'])
    if (code !== undefined) codes.add(instrumentId(code))
  }
  return codes
}

/** A plain search, all pages; the cursor travels in the body here. */
async function searchAll(ask: Ask, seq: ConditionId): Promise<Result<Set<InstrumentId>, VenueError>> {
  const all = new Set<InstrumentId>()
  const frame = { trnm: 'CNSRREQ', seq, search_type: '0', stex_tp: 'K' }
  for (let page = 0, next = ''; page < MOST_PAGES; page++) {
    const reply = await ask('condition', { ...frame, cont_yn: next ? 'Y' : 'N', next_key: next })
    if (!reply.ok) return reply
    const codes = codesOf(reply.value)
    if (!codes) break
    for (const code of codes) all.add(code)
    const parsed = screenReply.safeParse(reply.value)
    const cursor = parsed.success && parsed.data.cont_yn.trim() === 'Y' ? parsed.data.next_key.trim() : ''
    if (cursor === '') return ok(all)
    if (cursor === next) break
    next = cursor
  }
  return err({
    kind: 'unavailable',
    code: 'incomplete',
    text: '조건검색 결과를 다 받지 못했습니다 · search result incomplete',
  })
}
