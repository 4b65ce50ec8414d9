/**
 * Trouble on demand. One row per kind: at which point it strikes, and what it does. A new kind is a row here and a case
 * where its point is passed.
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
  /** The account stream tells of the order before the reply leaves; the reply is held back for `ms`. */
  pushBeforeReply: 'request',
  /** Every WebSocket dies at once, without a closing handshake. */
  dropSocket: 'now',
} as const satisfies Readonly<Record<string, 'request' | 'now'>>

export type FaultKind = keyof typeof FAULTS

export interface Fault {
  readonly kind: FaultKind
  /** Strikes this API only; any when absent. */
  readonly apiId?: string
  /** How often it strikes before it is spent. */
  readonly count: number
  readonly ms?: number
}

export interface Faults {
  plan(fault: Fault): void
  /** The next planned fault for this request, counted as struck. */
  strike(apiId: string): Fault | undefined
  readonly pending: readonly Fault[]
  clear(): void
}

export const isFaultKind = (text: unknown): text is FaultKind => typeof text === 'string' && text in FAULTS

export function createFaults(): Faults {
  let pending: Fault[] = []
  return {
    plan(fault) {
      pending.push(fault)
    },
    strike(apiId) {
      const index = pending.findIndex((fault) => fault.apiId === undefined || fault.apiId === apiId)
      const fault = pending[index]
      if (!fault) return undefined
      pending =
        fault.count > 1
          ? pending.with(index, { ...fault, count: fault.count - 1 })
          : pending.filter((_, at) => at !== index)
      return fault
    },
    get pending() {
      return pending
    },
    clear() {
      pending = []
    },
  }
}
