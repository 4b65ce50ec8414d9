/**
 * The life of an order: state → event → next state. What is not written here cannot happen.
 *
 * "Partly filled" is no state: it is `0 < filled < quantity`. `inDoubt` leaves only by the venue's word. A cancel may be
 * refused because the order filled, and a fill that crossed our cancel on the wire still moved money.
 * `replace` ends an order whose open part lives on under a new number (정정). A lost cancel or amend request is asked
 * about, it does not put the order itself in doubt.
 */
export const ORDER_TABLE = {
  created: { submit: 'submitted', deny: 'denied', lose: 'inDoubt', throttle: 'unsent' },
  submitted: {
    accept: 'working',
    reject: 'rejected',
    throttle: 'unsent',
    fill: 'working',
    complete: 'filled',
    cancel: 'cancelled',
    expire: 'expired',
    replace: 'replaced',
    askCancel: 'cancelling',
    lose: 'inDoubt',
  },
  inDoubt: {
    accept: 'working',
    reject: 'rejected',
    fill: 'working',
    complete: 'filled',
    expire: 'expired',
    cancel: 'cancelled',
    replace: 'replaced',
    absent: 'unsent',
  },
  working: {
    accept: 'working',
    reject: 'rejected',
    fill: 'working',
    complete: 'filled',
    expire: 'expired',
    cancel: 'cancelled',
    replace: 'replaced',
    askCancel: 'cancelling',
  },
  cancelling: {
    accept: 'cancelling',
    reject: 'rejected',
    fill: 'cancelling',
    complete: 'filled',
    expire: 'expired',
    cancel: 'cancelled',
    replace: 'replaced',
    refuseCancel: 'working',
  },
  cancelled: { fill: 'cancelled', complete: 'filled' },
  replaced: { fill: 'replaced', complete: 'filled' },
  expired: { fill: 'expired', complete: 'filled' },
  denied: {},
  rejected: {},
  unsent: {},
  filled: {},
} as const satisfies Record<string, Partial<Record<string, string>>>

export type OrderStatus = keyof typeof ORDER_TABLE
type Transitions = { [S in OrderStatus]: keyof (typeof ORDER_TABLE)[S] }[OrderStatus]
export type OrderStep = Transitions

/** The status after `step`, or `undefined` when the table has no such cell: record it, raise an alert, guess nothing. */
export const nextStatus = (status: OrderStatus, step: OrderStep): OrderStatus | undefined =>
  (ORDER_TABLE[status] as Partial<Record<OrderStep, OrderStatus>>)[step]

const OPEN: ReadonlySet<OrderStatus> = new Set(['created', 'submitted', 'inDoubt', 'working', 'cancelling'])

/** May this order still be live at the venue? `inDoubt` may. */
export const isOpen = (status: OrderStatus): boolean => OPEN.has(status)
