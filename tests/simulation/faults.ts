/** Every kind of trouble a world can be struck with, as data. What each does: `forces.ts`, `simulated-network.ts`. */

/** Requests a fault on the way may strike. */
export type Target = 'orders' | 'queries' | 'token' | 'any'

/** Trouble of one request, `count` times from its moment on. */
export interface RequestFault {
  readonly do: 'request'
  readonly kind: (typeof REQUEST_FAULTS)[number]
  readonly target: Target
  readonly count: number
  readonly ms: number
}

/** Trouble of one pushed frame. */
export interface FrameFault {
  readonly do: 'frame'
  readonly kind: (typeof FRAME_FAULTS)[number]
  /** Only frames that tell of our orders. */
  readonly ordersOnly: boolean
  readonly count: number
  readonly ms: number
}

/** Trouble the broker's own server makes; the names are those of its control port. */
export interface ServerFault {
  readonly do: 'server'
  readonly kind: (typeof SERVER_FAULTS)[number]
  readonly count: number
  /** How long closed, or by how much the clock is off. */
  readonly ms: number
  /** Where fields are too many or too few: of which answer or event. */
  readonly apiId?: (typeof SPOILED)[number]['apiId']
  readonly fields?: readonly string[]
  readonly mode?: 'stranger' | 'twice'
}

export interface LineFault {
  readonly do: 'line'
  readonly kind: 'drop' | 'halfOpen'
}

/** No request and no line gets through; `silent`: nothing is refused either. */
export interface Outage {
  readonly do: 'outage'
  readonly ms: number
  readonly silent: boolean
}

export interface TokensExpire {
  readonly do: 'expireTokens'
}

export interface DiskFault {
  readonly do: 'disk'
  readonly kind: 'slow' | 'failSync' | 'full' | 'readOnly'
  readonly ms: number
}

/**
 * The market turns. `plunge`, `soar`: somebody sweeps the book until an interruption or the daily limit stops him;
 * `lock`: he stands at the limit with more than anyone will take; `halt`: trading stops; `storm`: whatever of ours
 * waits is filled share by share. Strikes what the account holds or waits for, the `pick`-th of it.
 */
export interface MarketForce {
  readonly do: 'market'
  readonly kind: (typeof MARKET_FORCES)[number]
  readonly pick: number
  readonly ms: number
}

/** The owner trades by hand, past the trader. */
export interface ByHand {
  readonly do: 'hand'
  readonly kind: (typeof BY_HAND)[number]
  readonly pick: number
  readonly quantity: number
}

/** The process dies. `power`: the machine does, and what was not synced is lost but for a part of it. */
export interface Crash {
  readonly do: 'crash'
  readonly power: boolean
  readonly downMs: number
  /** Dies at this place in the runner, the `nth` time it is reached; at once when absent. */
  readonly point?: (typeof POINTS)[number]
  readonly nth?: number
}

export type Fault = { readonly at: number } & (
  | RequestFault
  | FrameFault
  | ServerFault
  | LineFault
  | Outage
  | TokensExpire
  | DiskFault
  | MarketForce
  | ByHand
  | Crash
)

export const REQUEST_FAULTS = [
  'loseRequestBeforeAccept',
  'loseReplyAfterAccept',
  'throttleGhost',
  'pushBeforeReply',
  'delayReply',
  'silentRequest',
  'silentReply',
  'serverError',
  'serverErrorAfterAccept',
  'throttle',
  'unreachable',
  /** Arrives when the sender has given it up. */
  'lateRequest',
  /** A good answer without its data, as the field saw it: taken for "nothing", it once removed a stop. */
  'emptyAnswer',
] as const

export const FRAME_FAULTS = ['lose', 'duplicate', 'swap', 'corrupt', 'delay'] as const

export const SERVER_FAULTS = [
  'emptyBalance',
  'phantomHolding',
  'repeatPage',
  'extraFields',
  'missingFields',
  'killDuringFill',
  'duplicateLogin',
  'revokeToken',
  'maintenance',
  'clockSkew',
] as const

export const MARKET_FORCES = ['plunge', 'soar', 'lock', 'halt', 'storm'] as const

export const BY_HAND = ['buys', 'sells', 'leavesOrder'] as const

/** Where fields go missing: order events, order replies, the order list, the fill list, cash, holdings, quotes. */
export const SPOILED = [
  { apiId: '00', fields: ['911', '902', '915', '914', '903', '913', '904'] },
  { apiId: '0B', fields: ['10', '15', '20'] },
  { apiId: 'kt10000', fields: ['ord_no'] },
  { apiId: 'kt10001', fields: ['ord_no'] },
  { apiId: 'kt10003', fields: ['ord_no', 'cncl_qty'] },
  { apiId: 'kt00007', fields: ['ord_no', 'cntr_qty', 'ord_remnq', 'io_tp_nm', 'ori_ord'] },
  { apiId: 'kt00009', fields: ['cntr_qty', 'cntr_uv', 'cntr_no'] },
  { apiId: 'kt00001', fields: ['d2_entra', 'ord_alow_amt'] },
  { apiId: 'kt00018', fields: ['rmnd_qty', 'pur_amt', 'acnt_evlt_remn_indv_tot'] },
] as const

export const POINTS = [
  'decided',
  'intentAppended',
  'intentDurable',
  'requestHanded',
  'reportReceived',
  'reportAppended',
  'reportDurable',
  'snapshotSaved',
] as const

/** The name under which a fault is counted. */
export const faultName = (fault: Fault): string =>
  'kind' in fault ? `${fault.do} ${fault.kind}` : fault.do === 'crash' && fault.power ? 'power' : fault.do

/** Every name that random plans can hold: one that is never drawn shows as a 0. */
export const FAULT_NAMES: readonly string[] = [
  ...REQUEST_FAULTS.map((kind) => `request ${kind}`),
  ...FRAME_FAULTS.map((kind) => `frame ${kind}`),
  ...SERVER_FAULTS.map((kind) => `server ${kind}`),
  'line drop',
  'line halfOpen',
  'outage',
  'expireTokens',
  ...['slow', 'failSync', 'full', 'readOnly'].map((kind) => `disk ${kind}`),
  ...MARKET_FORCES.map((kind) => `market ${kind}`),
  ...BY_HAND.map((kind) => `hand ${kind}`),
  'crash',
  'power',
]
