/** One safety rule, broken on purpose. Every text to replace stands exactly once in its file. */
export interface Mutation {
  readonly name: string
  /** The rule that is broken. */
  readonly rule: string
  readonly edits: readonly Edit[]
  /** Faults of which at least one has to strike before the rule matters; any seed will do when absent. */
  readonly needs?: readonly string[]
  /** Laws of the simulation that see it. Any other one is a finding too, but names the wrong trouble. */
  readonly laws: readonly string[]
}

export interface Edit {
  readonly file: string
  readonly find: string
  readonly replace: string
}

const EXECUTION = 'src/adapters/kiwoom/execution.ts'
const CORRELATE = 'src/adapters/kiwoom/correlate.ts'
const RECONCILER = 'src/adapters/kiwoom/reconciler.ts'
const ERRORS = 'src/adapters/kiwoom/errors.ts'
const REPORTING = 'src/trading/engine/reporting.ts'
const LEAVING = 'src/trading/engine/leaving.ts'
const RUNNER = 'src/trading/engine/runner.ts'
const TICKS = 'src/model/tick-size.ts'
const CHAIN = 'src/adapters/journal/chain.ts'
const JOURNAL = 'src/adapters/journal/journal.ts'

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'skipJournalWrite',
    rule: 'an intent is in the journal before its request leaves',
    edits: [
      {
        file: RUNNER,
        find: "journal.append(event.receivedAt, 'effects', effectsJson(seq, decisions.add(effects)))",
        replace:
          "{ const json = effectsJson(seq, decisions.add(effects)); if (!ordering) journal.append(event.receivedAt, 'effects', json) }",
      },
    ],
    laws: ['journalBeforeAct'],
  },
  {
    name: 'noDiskWait',
    rule: 'fdatasync has returned before a request leaves',
    edits: [
      {
        file: RUNNER,
        find: 'const durable = ordering ? journal.commit() : undefined',
        replace: 'const durable = undefined; if (ordering) void journal.commit()',
      },
    ],
    laws: ['journalBeforeAct'],
  },
  {
    name: 'noDataSync',
    rule: 'durable means synced, not written',
    edits: [
      { file: JOURNAL, find: 'await file.datasync(decidedSeq > durableSeq)', replace: 'await undefined' },
    ],
    laws: ['journalBeforeAct'],
  },
  {
    name: 'resendOnLostReply',
    rule: 'a lost reply is a question and never a retry',
    edits: [
      {
        file: EXECUTION,
        find: 'const reply = await http.order(request.api, request.body, urgency, () => isFresh(own))',
        replace:
          "let reply = await http.order(request.api, request.body, urgency); if (!reply.ok && reply.error.kind === 'inDoubt') reply = await http.order(request.api, request.body, urgency)",
      },
    ],
    needs: [
      'request loseReplyAfterAccept',
      'request throttleGhost',
      'request silentReply',
      'request serverErrorAfterAccept',
      'request lateRequest',
    ],
    laws: ['journalBeforeAct', 'oneOrderPerIntent'],
  },
  {
    name: 'emptyBalanceIsNone',
    rule: 'an answer without its data is unknown and not nothing',
    edits: [
      {
        file: REPORTING,
        find: 'if (!isPaid(desk, report)) {',
        replace: 'if (false && !isPaid(desk, report)) {',
      },
    ],
    needs: ['server emptyBalance'],
    laws: ['correctedForHandsOnly', 'ledgerEqualsBroker', 'fillKnown'],
  },
  {
    name: 'absenceIsCancel',
    rule: 'absence from a list closes no order',
    edits: [
      {
        file: RECONCILER,
        find: 'if (question.asked) book.doubt(own, notListed())\n      return true',
        replace: "book.close(own, 'cancelled', true)\n      return true",
      },
      {
        file: RECONCILER,
        find: 'if (!look.complete) return notYet(question, incomplete())\n    // A request',
        replace: '// A request',
      },
      { file: RECONCILER, find: 'if (!isSecondMiss(question, look)) return false\n    if', replace: 'if' },
    ],
    needs: ['server missingFields'],
    laws: ['oneOrderPerIntent', 'nothingForgotten', 'fillKnown', 'everyOrderKnown', 'ownOrderKnown'],
  },
  {
    name: 'oneLookIsAbsence',
    rule: 'absence takes two whole looks, some seconds apart',
    edits: [
      { file: RECONCILER, find: 'if (!isSecondMiss(question, look)) return false\n    if', replace: 'if' },
    ],
    needs: ['request lateRequest'],
    laws: ['everyOrderKnown', 'ownOrderKnown', 'oneOrderPerIntent'],
  },
  {
    name: 'doubledFillsCount',
    rule: 'a fill told twice is one fill',
    edits: [
      {
        file: 'src/adapters/kiwoom/fills.ts',
        find: "if (cumulative === undefined || cumulative <= filled) return { kind: 'none' }",
        replace:
          "if (cumulative === undefined) return { kind: 'none' }\n  if (cumulative <= filled && frame.unitQuantity && frame.unitPrice) return { kind: 'fills', steps: [{ price: frame.unitPrice, quantity: frame.unitQuantity }] }",
      },
    ],
    needs: ['frame duplicate'],
    laws: ['fillKnown', 'fillsEqualBroker', 'ledgerEqualsBroker', 'buyingPowerExplained', 'replays'],
  },
  {
    name: 'restartDoesNotAsk',
    rule: 'after a restart every open order is asked about',
    edits: [
      {
        file: REPORTING,
        find: 'const open = desk.orders.doubtUnanswered(desk.notes.now)',
        replace: 'const open = desk.orders.open().slice(0, 0)',
      },
    ],
    needs: ['crash', 'power', 'server duplicateLogin'],
    laws: ['fillKnown', 'ownOrderKnown', 'everyOrderKnown'],
  },
  {
    name: 'pushBeforeReplyIsForeign',
    rule: 'a push may overtake the reply that names its order',
    edits: [{ file: CORRELATE, find: 'if (isClaimable(frame)) return hold(frame)', replace: '' }],
    needs: ['request pushBeforeReply', 'request delayReply'],
    laws: ['ownOrderKnown', 'fillKnown'],
  },
  {
    name: 'noSweepAfterReconnect',
    rule: 'a line that is back is followed by a look at every open order',
    edits: [
      {
        file: EXECUTION,
        find: 'linesBack++\n      reconciler.lookAround()',
        replace: 'linesBack++',
      },
    ],
    needs: ['line drop'],
    laws: ['fillKnown'],
  },
  {
    name: 'blindWithoutSweep',
    rule: 'while no push can come the order list is looked at again and again',
    edits: [
      { file: EXECUTION, find: 'onLineDown: sweepBlind', replace: 'onLineDown: () => undefined' },
      { file: EXECUTION, find: 'linesBack++\n      reconciler.lookAround()', replace: 'linesBack++' },
    ],
    needs: ['line drop', 'line halfOpen', 'outage'],
    laws: ['fillKnown'],
  },
  {
    name: 'priceOffTick',
    rule: 'a price lies on the tick of its own height',
    edits: [
      {
        file: TICKS,
        find: '[20_000, 50],\n      [50_000, 100],',
        replace: '[20_000, 10],\n      [50_000, 100],',
      },
    ],
    laws: ['orderRules'],
  },
  {
    name: 'bandTooWide',
    rule: 'no price beyond thirty percent of the base price',
    edits: [
      {
        file: 'src/model/price-band.ts',
        find: "from: tradingDay('2015-06-15'), limit: percent(30)",
        replace: "from: tradingDay('2015-06-15'), limit: percent(36)",
      },
    ],
    needs: ['market lock', 'market plunge', 'market soar'],
    laws: ['orderRules'],
  },
  {
    name: 'stopNotRearmed',
    rule: 'a stop that was refused is tried again',
    edits: [
      {
        file: LEAVING,
        find: 'desk.exitRetryAt.set(instrument, desk.notes.now + waitMs)',
        replace: 'desk.exitRetryAt.set(instrument, desk.notes.now + waitMs + 3_600_000)',
      },
    ],
    laws: ['stopLoss'],
  },
  {
    name: 'throttleIsNotArrived',
    rule: 'an order answered with 429 may live',
    edits: [
      {
        file: ERRORS,
        find: "case 'throttle':\n    case 'broken':\n      return { kind: 'inDoubt', code, text }",
        replace:
          "case 'throttle':\n      return { kind: 'throttled', code, text, retryAfterMs: 1_000 }\n    case 'broken':\n      return { kind: 'inDoubt', code, text }",
      },
    ],
    needs: ['request throttleGhost'],
    laws: ['oneOrderPerIntent', 'everyOrderKnown', 'ownOrderKnown', 'fillKnown'],
  },
  {
    name: 'chainNotChecked',
    rule: 'every record of the journal is checked against its hash',
    edits: [
      {
        file: CHAIN,
        find: "hashOf(before.hash, parts.payload) === parts.digest ? ok(parts.digest) : err('hashMismatch')",
        replace: 'ok(parts.digest)',
      },
    ],
    needs: ['damage flip'],
    laws: ['brokenMiddleRefused'],
  },
  {
    name: 'cancelReplyIsCancelled',
    rule: 'an entered cancel is not yet a cancelled order',
    edits: [
      {
        file: EXECUTION,
        find: "if (reply.ok) return watch(own, () => own.phase === 'done' || own.cancel === 'none')",
        replace: "if (reply.ok) return book.close(own, 'cancelled')",
      },
    ],
    laws: ['fillKnown', 'fillsEqualBroker'],
  },
]
