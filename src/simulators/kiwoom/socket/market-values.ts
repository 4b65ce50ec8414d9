import type { ExchangeEvent } from '../../../matching/types.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { compactTime, millions, signedPercent } from '../format.ts'
import { stateText } from '../market/listing-text.ts'
import { type Tape, VI_MS } from '../market/tape.ts'
import { valuesText } from './frame.ts'

const VI_NAMES = { static: '정적', dynamic: '동적', both: '동적+정적' } as const

/** `1h` VI발동/해제. 1224 is the nominal end, two minutes after the start; the exchange adds up to 30 s. */
export function viValues(tape: Tape, event: Extract<ExchangeEvent, { kind: 'vi' }>): string {
  const { price, reference, cause, state, at } = event
  const up = price >= reference
  const rate = signedPercent(reference === 0 ? 0 : (price - reference) / reference)
  const isStatic = cause !== 'dynamic'
  const isDynamic = cause !== 'static'
  return valuesText([
    [9001, tape.id],
    [302, tape.listing.instrument.name],
    [13, String(tape.volume)],
    [14, millions(tape.value)],
    [9068, state === 'on' ? '1' : '2'],
    [9008, tape.listing.instrument.market === 'KOSPI' ? '001' : '101'],
    [9075, '1'],
    [1221, String(price)],
    [1223, compactTime(at)],
    [1224, compactTime(state === 'on' ? at + VI_MS : at)],
    [1225, VI_NAMES[cause]],
    [1236, isStatic ? String(reference) : '0'],
    [1237, isDynamic ? String(reference) : '0'],
    [1238, isStatic ? rate : '0.00'],
    [1239, isDynamic ? rate : '0.00'],
    [1489, rate],
    [1490, String(event.count)],
    [9069, up ? '1' : '2'],
    [1279, `${up ? '+' : '-'}${VI_NAMES[cause]}`],
  ])
}

/** `0g` 주식종목정보, sent when a volatility interruption changes what it says. */
export const statusValues = (tape: Tape, cause: keyof typeof VI_NAMES | undefined): string =>
  valuesText([
    [297, cause ? `${VI_NAMES[cause].replace('+', '')}VI` : ''],
    [592, ''],
    [593, ''],
    [305, tape.band ? `+${tape.band.upper}` : '0'],
    [306, tape.band ? `-${tape.band.lower}` : '0'],
    [307, String(tape.base)],
    [689, ''],
    [594, 'KRW'],
    [382, stateText(tape.listing).split('|')[0] ?? ''],
    [370, stateText(tape.listing)],
  ])

/** `0s` 장시작시간 */
export const sessionValues = (code: string, at: string, remaining: string): string =>
  valuesText([
    [215, code],
    [20, at],
    [214, remaining],
  ])

/** `02` 조건검색: the screen took an instrument in (I) or let it go (D). */
export const hitValues = (seq: string, code: string, change: 'I' | 'D', at: EpochMs): string =>
  valuesText([
    [841, seq],
    [9001, code],
    [843, change],
    [20, compactTime(at)],
    [907, '2'],
  ])
