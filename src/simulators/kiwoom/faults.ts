/** At which point a fault strikes: a REST request, a REAL event on its way out, either of them, or at once. */
type Point = 'request' | 'push' | 'either' | 'now'

/**
 * Trouble on demand. One row per kind: at which point it strikes, and what it does. A new kind is a row here and a case
 * where its point is passed: `rest/gate.ts` and `rest/reply-faults.ts` for requests, `socket/push-faults.ts` for events,
 * `control.ts` for what happens at once.
 */
export const FAULTS = {
  /** The server does the work, the reply never leaves. */
  loseReplyAfterAccept: 'request',
  /** The line breaks before the server has read the request. */
  loseRequestBeforeAccept: 'request',
  /** The reply is held back for `ms`. */
  delayReply: 'request',
  /** 429 is answered although the order was taken. */
  throttleGhost: 'request',
  /** 429 is answered and nothing was done. */
  throttle: 'request',
  /** The account stream tells of the order before the reply leaves; the reply is held back for `ms`. */
  pushBeforeReply: 'request',
  /** 502 and nothing was done; `mode` `html` (a gateway's page), `empty` (no body at all) or `taken` (a page, but it was done). */
  serverError: 'request',
  /** kt00018 without a row and kt00001 without a won, whatever the account holds. One account look is two strikes. */
  emptyBalance: 'request',
  /** kt00018 with a row too many: `mode` `stranger` (a stock nobody bought) or `twice` (its first row again). */
  phantomHolding: 'request',
  /** The first page comes whichever was asked for, with one and the same cursor for the next. */
  repeatPage: 'request',
  /** An event (`apiId` is its type: `00`, `0B` …) leaves `ms` late, behind younger ones. */
  delayPush: 'push',
  /** The event is sent twice. */
  duplicatePush: 'push',
  /** The event changes places with the next of its type; after `ms` without one it leaves alone. */
  reorderPush: 'push',
  /** The frame of the event is cut in half: no JSON any more. */
  corruptFrame: 'push',
  /** The line dies right at a fill of an order; that push and all behind it are lost. */
  killDuringFill: 'push',
  /** The answer or event carries fields nobody has documented, in every row. */
  extraFields: 'either',
  /** The answer or event lacks `fields`, at any depth; without `fields` it is bare. */
  missingFields: 'either',
  /** Every WebSocket dies at once, without a closing handshake. */
  dropSocket: 'now',
  /** Every WebSocket stays open and says nothing any more, whatever the client sends. */
  halfOpen: 'now',
  /** Every WebSocket is told that its key logged in elsewhere (R10001), and closed. */
  duplicateLogin: 'now',
  /** Every token is void; open WebSockets live on, as after 24 hours. */
  expireToken: 'now',
  /** Every token is void and its WebSocket closed, as when another program of the same key revokes it. */
  revokeToken: 'now',
  /** For `ms` every REST answer is a page of HTML (503) and no WebSocket is accepted; open ones are closed. */
  maintenance: 'now',
  /** Every time of day on the wire is off by `ms` (may be negative), until the faults are forgotten. */
  clockSkew: 'now',
} as const satisfies Readonly<Record<string, Point>>

export type FaultKind = keyof typeof FAULTS

export interface Fault {
  readonly kind: FaultKind
  /** Strikes this API (or realtime type) only; any when absent. */
  readonly apiId?: string
  /** How often it strikes before it is spent. */
  readonly count: number
  readonly ms?: number
  readonly mode?: string
  readonly fields?: readonly string[]
}

export interface Faults {
  plan(fault: Fault): void
  /** The next planned fault for this request, counted as struck. */
  strike(apiId: string): Fault | undefined
  /** The next planned fault for an event of this realtime type; `isFill`: it tells of a fill. */
  strikePush(type: string, isFill: boolean): Fault | undefined
  /** Whether any event has something to fear: asked for every one of them. */
  readonly disturbsPushes: boolean
  /** Wall instant until which the house is closed; 0 when it is not. */
  closedUntil: number
  /** What is added to every time on the wire. */
  skewMs: number
  readonly pending: readonly Fault[]
  clear(): void
}

export const isFaultKind = (text: unknown): text is FaultKind =>
  typeof text === 'string' && Object.hasOwn(FAULTS, text)

/** Faults that make no sense at another API. */
const ONLY_AT: Partial<Record<FaultKind, readonly string[]>> = {
  emptyBalance: ['kt00018', 'kt00001'],
  phantomHolding: ['kt00018'],
}

const strikesAt = (kind: FaultKind, point: 'request' | 'push'): boolean =>
  FAULTS[kind] === point || FAULTS[kind] === 'either'

export function createFaults(): Faults {
  let pending: Fault[] = []
  let disturbsPushes = false

  const setPending = (faults: Fault[]) => {
    pending = faults
    disturbsPushes = faults.some(({ kind }) => strikesAt(kind, 'push'))
  }

  const take = (fits: (fault: Fault) => boolean): Fault | undefined => {
    const index = pending.findIndex(fits)
    const fault = pending[index]
    if (!fault) return undefined
    setPending(
      fault.count > 1
        ? pending.with(index, { ...fault, count: fault.count - 1 })
        : pending.filter((_, at) => at !== index),
    )
    return fault
  }

  return {
    closedUntil: 0,
    skewMs: 0,
    plan(fault) {
      setPending([...pending, fault])
    },
    strike: (apiId) =>
      take(
        ({ kind, apiId: wanted }) =>
          strikesAt(kind, 'request') &&
          (wanted === undefined || wanted === apiId) &&
          (ONLY_AT[kind]?.includes(apiId) ?? true),
      ),
    strikePush: (type, isFill) =>
      take(
        ({ kind, apiId: wanted }) =>
          strikesAt(kind, 'push') &&
          (wanted === undefined || wanted === type) &&
          (kind !== 'killDuringFill' || isFill),
      ),
    get disturbsPushes() {
      return disturbsPushes || this.skewMs !== 0
    },
    get pending() {
      return pending
    },
    clear() {
      setPending([])
      this.closedUntil = 0
      this.skewMs = 0
    },
  }
}
