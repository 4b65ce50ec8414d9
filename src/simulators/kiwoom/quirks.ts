/**
 * Oddities of the real server that it shows now and then, or to some. Each is off until it is switched on: by the setting
 * `quirks`, `garam simulate kiwoom --quirk name`, or `POST /control/quirk`. What the server always does is not here: it is
 * built in. Sources: Kiwoom REST API guide and recorded answers of 2026; those marked * were seen by one client.
 */
export const QUIRKS = {
  /** Negative nets and changes of market data carry two minus signs: `--120`. */
  doubleMinus: 'REST',
  /** A list without rows holds one row of blanks, as ka10077 and ka10170 always do. */
  blankRow: 'REST',
  /** Keys come in the opposite order, in rows too. */
  reorderedKeys: 'REST',
  /** ka10030 and ka10084 spell `returnCode` and `returnMsg`, as the guide's examples do. */
  camelEnvelope: 'REST',
  /** `return_code` is text.* */
  textCode: 'REST',
  /** A small number lacks its zero and holds a blank: `. 950` (seen on the mock host).* */
  brokenNumber: 'REST',
  /** Codes carry their `A` where they have none: ka10075, ka10076, ka10085 and streams 00 and 04. */
  prefixedCodes: 'both',
  /** An order is answered with five digits: `00024`. */
  shortOrderNumber: 'REST',
  /** Exceeded limits come with HTTP 200 instead of 429.* */
  throttle200: 'REST',
  /** A token that is not valid comes with HTTP 401. */
  token401: 'REST',
  /** The first volume of a ranking is the overflow mark 4294967295.* */
  saturatedVolume: 'REST',
  /** ka10100 has a field `kind` nobody documents. */
  kindField: 'REST',
  /** Times of ka10080 end in 30 seconds. */
  halfMinutes: 'REST',
  /** The first row of ka20001 is the closing mark 888888.* */
  closingMark: 'REST',
  /** Signed zeros on the WebSocket hold a blank where the sign would be: `" 0"`. */
  spaceZero: 'socket',
  /** `data` always stands before `trnm`, `values` before `type`; otherwise both orders are mixed. */
  dataFirst: 'socket',
  /** Frames hold as many events as fit; otherwise one to three. */
  batchedFrames: 'socket',
  /** FID 9081 is `1` instead of `KRX`, and `2` instead of `NXT`. */
  numericVenue: 'socket',
  /** A key that logs in within three seconds after its last connection ended is closed (1000) without an answer.* */
  silentLogin: 'socket',
  /** A PING comes before the answer to LOGIN.* */
  earlyPing: 'socket',
  /** A second connection of one key does not end the first.* */
  coexist: 'socket',
} as const satisfies Readonly<Record<string, 'REST' | 'socket' | 'both'>>

export type QuirkName = keyof typeof QUIRKS

export const QUIRK_NAMES = Object.keys(QUIRKS) as readonly QuirkName[]

export const isQuirkName = (text: unknown): text is QuirkName =>
  typeof text === 'string' && Object.hasOwn(QUIRKS, text)

/** Which quirks are on. */
export interface Quirks {
  has(name: QuirkName): boolean
  set(name: QuirkName, on: boolean): void
  readonly on: readonly QuirkName[]
}

export function createQuirks(initial: readonly QuirkName[]): Quirks {
  const on = new Set(initial)
  return {
    has: (name) => on.has(name),
    set(name, wanted) {
      if (wanted) on.add(name)
      else on.delete(name)
    },
    get on() {
      return [...on]
    },
  }
}
