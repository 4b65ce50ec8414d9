import type { EpochMs } from '../../../std/clock.ts'
import { directionSign, padded } from '../format.ts'
import { prefixed } from '../market/listing-text.ts'
import type { MarketDay } from '../market/market-day.ts'
import { shownPrice, type Tape } from '../market/tape.ts'
import { eventText, realEvent } from '../socket/frame.ts'
import type { LiveSession } from '../socket/live-session.ts'
import { hitValues } from '../socket/market-values.ts'
import { plainText, type Row } from '../wire.ts'
import type { ConditionRule } from './rules.ts'
import { createStatistics } from './statistics.ts'

/** Source: Kiwoom REST API terms. */
const REALTIME_CONDITIONS = 10
const ROWS_PER_PAGE = 100
const NAME_BYTES = 20

type Message = Readonly<Record<string, unknown>>

/** The saved conditions: CNSRLST, CNSRREQ, CNSRCLR and the `02` events. */
export interface ConditionDesk {
  list(session: LiveSession): void
  request(session: LiveSession, message: Message): void
  clear(session: LiveSession, message: Message): void
  /** Steps the statistics by one market second and tells followers who entered and who left. */
  onSecond(at: EpochMs, sessions: Iterable<LiveSession>): void
  /** Codes inside the condition now: ground truth for tests and the control port. */
  members(seq: string): ReadonlySet<string>
  /** How often something entered, by condition. */
  readonly entries: ReadonlyMap<string, number>
}

export function createConditionDesk(settings: {
  readonly market: () => MarketDay
  readonly rules: readonly ConditionRule[]
  readonly maxItems: number
}): ConditionDesk {
  const { rules } = settings
  const inside = new Map(rules.map(({ seq }) => [seq, new Set<string>()]))
  const entries = new Map(rules.map(({ seq }) => [seq, 0]))
  let statistics: ReturnType<typeof createStatistics>[] = []

  const members = (seq: string): Set<string> => inside.get(seq) ?? new Set()
  const tapesIn = (seq: string): Tape[] =>
    [...members(seq)].map((code) => settings.market().tape(code)).filter((tape) => tape !== undefined)

  const answer = (session: LiveSession, trnm: string, seq: string, more: Message) =>
    session.say({ trnm, seq: seq.padEnd(3), ...more })

  const follow = (session: LiveSession, seq: string) => {
    // The server answers a condition that already runs with silence.
    if (session.conditions.has(seq)) return
    const full =
      session.conditions.size >= REALTIME_CONDITIONS ||
      session.registrations.count + session.conditions.size >= settings.maxItems
    if (full) {
      const text = `실시간 조건검색은 ${REALTIME_CONDITIONS}개까지 가능합니다`
      return answer(session, 'CNSRREQ', seq, { return_code: 1, return_msg: text })
    }
    session.conditions.add(seq)
    const data = tapesIn(seq).map((tape) => ({ jmcode: prefixed(tape.listing) }))
    answer(session, 'CNSRREQ', seq, { return_code: 0, data })
  }

  const search = (session: LiveSession, seq: string, message: Message) => {
    const from = message.cont_yn === 'Y' ? Number(message.next_key) : 0
    const tapes = tapesIn(seq)
    const start = Number.isSafeInteger(from) && from > 0 ? from : 0
    const more = start + ROWS_PER_PAGE < tapes.length
    answer(session, 'CNSRREQ', seq, {
      cont_yn: more ? 'Y' : 'N',
      next_key: more ? String(start + ROWS_PER_PAGE) : '',
      return_code: 0,
      data: tapes.slice(start, start + ROWS_PER_PAGE).map(hitRow),
    })
  }

  const move = (
    rule: ConditionRule,
    code: string,
    change: 'I' | 'D',
    at: EpochMs,
    followers: LiveSession[],
  ) => {
    if (change === 'I') {
      members(rule.seq).add(code)
      entries.set(rule.seq, (entries.get(rule.seq) ?? 0) + 1)
    } else members(rule.seq).delete(code)
    for (const session of followers)
      session.queue(
        realEvent(eventText('02', code, hitValues(rule.seq, code, change, at), session.valuesFirst())),
      )
  }

  return {
    list(session) {
      session.listed = true
      session.say({
        trnm: 'CNSRLST',
        return_code: 0,
        return_msg: '',
        data: rules.map(({ seq, name }) => [seq, name]),
      })
    },
    request(session, message) {
      // Without the list first, the server does not answer at all.
      if (!session.listed) return
      const seq = plainText(message.seq).trim()
      if (!inside.has(seq))
        return answer(session, 'CNSRREQ', seq, {
          return_code: 1,
          return_msg: '조건검색식이 존재하지 않습니다',
        })
      if (message.stex_tp !== 'K')
        return answer(session, 'CNSRREQ', seq, { return_code: 1, return_msg: '거래소구분을 확인하십시요' })
      if (message.search_type === '1') follow(session, seq)
      else if (message.search_type === '0') search(session, seq, message)
      else answer(session, 'CNSRREQ', seq, { return_code: 1, return_msg: '조회타입을 확인하십시요' })
    },
    clear(session, message) {
      const seq = plainText(message.seq).trim()
      const known = session.conditions.delete(seq)
      answer(session, 'CNSRCLR', seq, {
        return_code: known ? 0 : 1,
        return_msg: known ? '정상종료되었습니다.' : '등록된 조건검색이 없습니다',
      })
    },
    onSecond(at, sessions) {
      const market = settings.market()
      if (statistics.length === 0) statistics = market.tapes.map(createStatistics)
      if (market.exchange.phase !== 'continuous') return
      for (const each of statistics) each.step(at)
      const listening = [...sessions].filter((session) => session.conditions.size > 0)
      for (const rule of rules) {
        const here = members(rule.seq)
        const followers = listening.filter((session) => session.conditions.has(rule.seq))
        for (const reading of statistics) {
          if (reading.price === 0) continue
          const code = reading.tape.id
          if (here.has(code)) {
            if (!rule.stays(reading)) move(rule, code, 'D', at, followers)
          } else if (rule.enters(reading)) move(rule, code, 'I', at, followers)
        }
      }
    },
    members,
    entries,
  }
}

/** A row of a plain search: nine characters, zero-padded, no direction signs; 12 is the percentage × 1000. */
function hitRow(tape: Tape): Row {
  const last = shownPrice(tape)
  const change = last - tape.base
  return {
    9001: prefixed(tape.listing),
    302: cutToBytes(tape.listing.instrument.name, NAME_BYTES),
    10: padded(last, 9),
    25: directionSign(last, tape.base, tape.band),
    11: padded(change, 9),
    12: padded(Math.round((change / tape.base) * 10_000) * 10, 9),
    13: padded(tape.volume, 9),
    16: padded(tape.open, 9),
    17: padded(tape.high, 9),
    18: padded(tape.low, 9),
  }
}

/** Hangul counts two bytes, as in the code page behind this interface. */
function cutToBytes(text: string, bytes: number): string {
  let used = 0
  let cut = ''
  for (const letter of text) {
    used += letter.charCodeAt(0) > 0x7f ? 2 : 1
    if (used > bytes) break
    cut += letter
  }
  return cut
}
