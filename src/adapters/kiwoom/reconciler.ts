import type { OrderId } from '../../model/ids.ts'
import type { VenueError } from '../../model/venue-error.ts'
import type { Cancel, Clock, EpochMs } from '../../std/clock.ts'
import { ok, type Result } from '../../std/result.ts'
import type { Stamper } from './codec/stamper.ts'
import type { Correlator, OwnOrder } from './correlate.ts'
import type { KiwoomHttp } from './http.ts'
import type { ListedOrder } from './map-orders.ts'
import { createOrderLists, incomplete, type Look, type Reach, WHOLE } from './order-lists.ts'
import { cancelOf, type Fingerprint, looksLike, looksUntimely, missingFills, stateOf } from './settle.ts'
import type { FillRow } from './wire.ts'

export interface Reconciler {
  /** Settles an order from the broker's lists and answers, even if only with the acceptance again. */
  ask(own: OwnOrder): void
  /** Looks whether we missed something; says only news. */
  check(own: OwnOrder): void
  /** After a lost line: checks every order that is open under a number. */
  sweep(): void
  /** After a lost line: a sweep, and a look even when no order of ours is open: another hand may have traded meanwhile. */
  lookAround(): void
  stop(): void
}

interface Question {
  readonly own: OwnOrder
  asked: boolean
  /** The asker has heard that it lives. */
  told: boolean
  /** The first complete look that did not show what we look for. */
  firstMiss: { readonly market: EpochMs; readonly wall: EpochMs } | undefined
  failures: number
}

type NoRow = 'none' | 'ambiguous' | 'contested' | 'untimely'

/** The fill list, when one was asked for. */
type Fills = readonly FillRow[] | undefined

/** Two looks that show nothing prove absence only so far apart: market time, and wall time in a fast simulation. */
const APART_MARKET_MS = 3_000
const APART_WALL_MS = 1_000
/** The time-out of an order request: so long after its order was made a request may be under way. */
const ON_ITS_WAY_MS = 5_000
const RETRY_MS = 2_000
/** A list that cannot be read is asked for again so soon at the latest: of an instrument in doubt not even a stop is sold. */
const LONGEST_RETRY_MS = 8_000
const MOST_FAILURES = 10
/** A look around that fails is repeated so often. */
const MOST_LOOKS_AROUND = 3

/**
 * The broker's order list decides what no frame and no reply could. One look serves all questions that were open when it
 * began, and reads no further than they reach: a page takes a second. A look that failed, or that is not complete, proves
 * nothing.
 */
export function createReconciler(options: {
  readonly http: KiwoomHttp
  readonly book: Correlator
  readonly clock: Clock
  readonly wall: Clock
  readonly stamper: Stamper
  readonly log: (line: string) => void
}): Reconciler {
  const { book, clock, wall, stamper } = options
  const lists = createOrderLists(options)
  const questions = new Map<OrderId, Question>()
  let running = false
  /** How often the list is still to be looked at for what others did. */
  let looksOwed = 0
  let stopped = false
  /** Ends the pause between two looks. */
  let wake: () => void = () => undefined

  const put = (own: OwnOrder, asked: boolean) => {
    const known = questions.get(own.order.orderId)
    if (known) {
      known.asked ||= asked
      if (asked) known.told = false
    } else {
      questions.set(own.order.orderId, { own, asked, told: false, firstMiss: undefined, failures: 0 })
      // It does not wait for the patience that others have used up.
      wake()
    }
    void run()
  }

  const run = async () => {
    if (running) return
    running = true
    while (!stopped && (questions.size > 0 || looksOwed > 0)) {
      const batch = [...questions.values()]
      if (batch.length > 0) await settle(batch)
      if (looksOwed > 0 && !stopped) await look(WHOLE)
      if ((questions.size > 0 || looksOwed > 0) && !stopped) await pause(batch)
    }
    running = false
  }

  const pause = async (batch: readonly Question[]) => {
    const fresh = [...questions.values()].some((question) => !batch.includes(question))
    if (fresh) return
    const failures = Math.max(0, ...batch.map((question) => question.failures))
    const marketMs = Math.min(Math.max(APART_MARKET_MS, RETRY_MS * 2 ** failures), LONGEST_RETRY_MS)
    const pauses: Cancel[] = []
    const rest = (on: Clock, ms: number) => new Promise<void>((resolve) => pauses.push(on.after(ms, resolve)))
    const woken = new Promise<void>((resolve) => {
      wake = resolve
    })
    await Promise.race([woken, Promise.all([rest(clock, marketMs), rest(wall, APART_WALL_MS)])])
    for (const cancel of pauses) cancel()
  }

  const settle = async (batch: readonly Question[]) => {
    const seen = await look(reachOf(batch.map(({ own }) => own)))
    if (stopped) return
    if (!seen.ok) return failed(batch, seen.error)
    const unheard = batch.filter(({ own }) => {
      const row = rowOf(own, seen.value)
      return typeof row === 'object' && row.filled > own.filled
    })
    const fills =
      unheard.length > 0 ? await lists.fills(stockOf(unheard.map(({ own }) => own))) : ok(undefined)
    if (stopped) return
    if (!fills.ok) return failed(batch, fills.error)
    for (const question of batch) close(question, () => resolve(question, seen.value, fills.value))
  }

  /** A whole look also tells what others did, when that is owed. */
  const look = async (reach: Reach): Promise<Result<Look, VenueError>> => {
    const isAround = looksOwed > 0 && reach.stock === ''
    const seen = await lists.orders(reach)
    if (!isAround || stopped) return seen
    if (seen.ok && seen.value.isWhole) {
      for (const row of seen.value.rows) book.onListed(row)
      looksOwed = 0
    } else if (!seen.ok || reach === WHOLE) looksOwed--
    return seen
  }

  const reachOf = (all: readonly OwnOrder[]): Reach => {
    const numbers = all.flatMap((own) =>
      own.replaces === undefined ? [own.number] : [own.number, parentNumber(own)],
    )
    const down = numbers.every((number) => number !== undefined)
      ? Math.min(...numbers.map(Number))
      : undefined
    return { stock: stockOf(all), down }
  }

  const parentNumber = (own: OwnOrder) =>
    own.replacesNumber ?? (own.replaces === undefined ? undefined : book.of(own.replaces)?.number)

  /** Off the list while it is answered: an answer may make its hearer ask again at once, which is a new question. */
  const close = (question: Question, answer: () => boolean) => {
    const id = question.own.order.orderId
    questions.delete(id)
    if (!answer() && !questions.has(id)) questions.set(id, question)
  }

  const failed = (batch: readonly Question[], error: VenueError) => {
    options.log(`kiwoom reconcile: ${error.code} ${error.text}`)
    for (const question of batch) close(question, () => notYet(question, error))
  }

  /** No answer this time. True when that was the last try: whoever asked hears that we still do not know. */
  const notYet = (question: Question, error: VenueError): boolean => {
    // Its own request is not finished: called lost now, it could be called absent and leave all the same.
    if (question.own.phase === 'sending') return false
    question.failures++
    if (question.failures < MOST_FAILURES) return false
    if (question.asked) book.doubt(question.own, error)
    return true
  }

  const fingerprintOf = (own: OwnOrder): Fingerprint =>
    own.replaces === undefined
      ? { order: own.order }
      : { order: own.order, replaces: { number: own.replacesNumber } }

  const freeRows = (own: OwnOrder, look: Look) =>
    look.rows.filter((row) => !book.numbered(row.number) && !book.wasForeign(row.number, own))

  /** `untimely`: only the time speaks against it. `contested`: another order of ours, whose reply is still under way, may be the one in the row. */
  const rowOf = (own: OwnOrder, look: Look): ListedOrder | NoRow => {
    if (own.number !== undefined) return look.rows.find((row) => row.number === own.number) ?? 'none'
    const now = stamper.now()
    const free = freeRows(own, look)
    const candidates = free.filter((row) => looksLike(row, fingerprintOf(own), now))
    const row = candidates[0]
    if (!row) return free.some((other) => looksUntimely(other, fingerprintOf(own), now)) ? 'untimely' : 'none'
    if (candidates.length > 1) return 'ambiguous'
    const rivals = [...book.unnumbered()].filter(
      (other) => other !== own && looksLike(row, fingerprintOf(other), now),
    )
    if (rivals.length === 0) return row
    return rivals.some((rival) => rival.phase === 'sending') ? 'contested' : 'ambiguous'
  }

  /** Every row that could be it but for its time. */
  const alike = (own: OwnOrder, look: Look) =>
    freeRows(own, look).filter((row) => looksUntimely(row, fingerprintOf(own), stamper.now()))

  /** True when the question is answered. */
  const resolve = (question: Question, look: Look, fills: Fills): boolean => {
    const { own } = question
    if (own.phase === 'sending') return false
    const row = rowOf(own, look)
    if (row === 'ambiguous' || row === 'untimely') {
      book.doubt(own, undecided(row, alike(own, look)))
      return true
    }
    if (row === 'contested') return notYet(question, notListed())
    if (row === 'none') return missing(question, look)
    return apply(question, row, look, fills)
  }

  const missing = (question: Question, look: Look): boolean => {
    const { own } = question
    if (!look.complete) return notYet(question, incomplete())
    // A request outlives the process that sent it: until its time-out it may still arrive.
    if (own.inherited && look.startedMarket - own.order.createdAt < ON_ITS_WAY_MS) return false
    if (!isSecondMiss(question, look)) return false
    if (own.number !== undefined) {
      // The broker gave this number: that its list lacks it proves nothing.
      if (question.asked) book.doubt(own, notListed())
      return true
    }
    book.fail(own, 'absent', notListed())
    return true
  }

  const isSecondMiss = (question: Question, look: Look): boolean => {
    const first = question.firstMiss
    if (!first) {
      question.firstMiss = { market: clock.now(), wall: wall.now() }
      return false
    }
    return (
      look.startedMarket - first.market >= APART_MARKET_MS && look.startedWall - first.wall >= APART_WALL_MS
    )
  }

  const apply = (question: Question, row: ListedOrder, look: Look, fills: Fills): boolean => {
    const { own, asked } = question
    if (!missedOf(own, row, fills)) return notYet(question, incomplete())
    if (own.number === undefined) book.bind(own, row.number)
    const state = stateOf(row, look.rows, stamper.now())
    if (state === 'entered') return notYet(question, notListed())
    if (state === 'rejected') {
      if (own.phase !== 'done' || asked) book.fail(own, 'rejected', refused())
      return true
    }
    const whole = own.replaces === undefined ? {} : { quantity: row.quantity }
    book.accept(own, { ...whole, again: asked && !question.told })
    question.told = true
    fillUp(own, row, fills)
    if (own.replaces !== undefined) closeParent(own, own.replaces, look, fills)
    if (state === 'cancelled' || state === 'replaced' || state === 'expired') book.close(own, state, asked)
    else if (state === 'open') return stillOpen(question, row, look)
    return true
  }

  /** The fills we have not heard of; `undefined` when the lists at hand cannot tell. */
  const missedOf = (own: OwnOrder, row: ListedOrder, fills: Fills) => {
    if (row.filled <= own.filled) return []
    return fills && missingFills(row, fills, own.filled, own.value)
  }

  /** Taken anew after each acceptance: the frames that it released may have told some already. */
  const fillUp = (own: OwnOrder, row: ListedOrder, fills: Fills) => {
    for (const step of missedOf(own, row, fills) ?? [])
      book.fill(own, [step], stamper.at(step.time, stamper.now()), step.venue)
  }

  /** A settled amend settles the order it replaced. */
  const closeParent = (own: OwnOrder, replaces: OrderId, look: Look, fills: Fills) => {
    const parent = book.of(replaces)
    const row = parent && look.rows.find((other) => other.number === parent.number)
    if (row) {
      // Its fills first; when this look did not bring them, the next one does.
      if (missedOf(parent, row, fills)) fillUp(parent, row, fills)
      else put(parent, false)
    }
    book.closeReplaced(own)
  }

  /** Open although we asked to cancel it: did the cancel arrive? */
  const stillOpen = (question: Question, row: ListedOrder, look: Look): boolean => {
    const { own } = question
    if (own.cancel !== 'lost') return true
    const cancel = cancelOf(row, look.rows)
    if (cancel === 'none' && !(look.complete && isSecondMiss(question, look))) return false
    if (cancel === 'entered') return notYet(question, notListed())
    const text = '취소가 접수되지 않았습니다 · the cancel was not taken'
    book.cancelFailed(own, 'cancelRefused', {
      kind: 'rejected',
      code: cancel === 'none' ? 'absent' : 'refused',
      text,
    })
    return true
  }

  const sweep = () => {
    for (const own of book.all()) if (own.phase === 'live' && own.number !== undefined) put(own, false)
  }

  return {
    ask: (own) => put(own, true),
    check: (own) => put(own, false),
    sweep,
    lookAround: () => {
      looksOwed = MOST_LOOKS_AROUND
      sweep()
      void run()
    },
    stop: () => {
      stopped = true
      questions.clear()
      wake()
    },
  }
}

/** The one instrument of these orders; blank for several. */
const stockOf = (all: readonly OwnOrder[]): string => {
  const [stock, ...others] = new Set(all.map((own) => own.order.instrument))
  return stock !== undefined && others.length === 0 ? stock : ''
}

const notListed = (): VenueError => ({
  kind: 'inDoubt',
  code: 'notListed',
  text: '주문 목록에 없습니다 · not in the order list',
})

const undecided = (code: 'ambiguous' | 'untimely', rows: readonly ListedOrder[]): VenueError => ({
  kind: 'inDoubt',
  code,
  text: `${UNDECIDED[code]}: ${rows.map(rowText).join(', ')}`,
})

const UNDECIDED = {
  ambiguous: '같은 주문이 둘 이상입니다 · more than one order looks like it',
  untimely:
    '시각만 다른 주문이 있습니다. 컴퓨터 시계를 확인하세요 · one differs by its time alone: check this clock',
} as const

/** For the person who looks it up on the broker's screen. */
const rowText = ({ number, quantity, filled, open, time }: ListedOrder): string => {
  const at = time === undefined ? '' : ` ${new Date(time).toISOString().slice(11, 19)}`
  return `${number}${at} 수량 ${quantity} 체결 ${filled} 잔량 ${open}`
}

const refused = (): VenueError => ({
  kind: 'rejected',
  code: 'refused',
  text: '주문거부 · refused, says the order list',
})
