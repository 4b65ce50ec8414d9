/** Names the server gives its realtime types. Source: Kiwoom REST API guide, realtime. */
export const TYPE_NAMES = {
  '00': '주문체결',
  '02': '조건검색',
  '04': '현물잔고',
  '0A': '주식기세',
  '0B': '주식체결',
  '0C': '주식우선호가',
  '0D': '주식호가잔량',
  '0E': '주식시간외호가',
  '0F': '주식당일거래원',
  '0G': 'ETF NAV',
  '0H': '주식예상체결',
  '0J': '업종지수',
  '0U': '업종등락',
  '0g': '주식종목정보',
  '0s': '장시작시간',
  '0w': '종목별프로그램매매',
  '1h': 'VI발동/해제',
} as const

export type RealType = keyof typeof TYPE_NAMES

/** What REG takes although nothing here could speak: 0I (gold), 0m and 0u (ELW) have no instrument on this market. */
export const SILENT_TYPES: ReadonlySet<string> = new Set(['0I', '0m', '0u'])

export const isRealType = (type: string): type is RealType => type in TYPE_NAMES

/**
 * FIDs and their text. Frames are written by hand, not by JSON.stringify: it would put integer-like keys in ascending order,
 * and the day's tape is most of what this server does.
 */
export function valuesText(values: readonly (readonly [fid: number | string, text: string])[]): string {
  let text = '{'
  for (const [fid, value] of values) text += `${text.length > 1 ? ',' : ''}"${fid}":"${value}"`
  return `${text}}`
}

/** One event; `valuesFirst` is one of the two key orders the server writes. */
export const eventText = (type: RealType, item: string, values: string, valuesFirst: boolean): string =>
  valuesFirst
    ? `{"values":${values},"type":"${type}","name":"${TYPE_NAMES[type]}","item":"${item}"}`
    : `{"type":"${type}","name":"${TYPE_NAMES[type]}","item":"${item}","values":${values}}`

/** An event as it stands in frames, made once for all connections that hear it. */
export interface RealEvent {
  readonly text: string
  /** UTF-8, made when it is first asked for. */
  readonly bytes: Buffer
}

export function realEvent(text: string): RealEvent {
  let bytes: Buffer | undefined
  return {
    text,
    get bytes() {
      bytes ??= Buffer.from(text)
      return bytes
    },
  }
}

/** One REAL frame of several events; `data` may stand before `trnm`. */
export interface RealFrame {
  readonly events: readonly RealEvent[]
  readonly dataFirst: boolean
}

export const frameText = ({ events, dataFirst }: RealFrame): string =>
  realFrame(
    events.map(({ text }) => text),
    dataFirst,
  )

export const realFrame = (events: readonly string[], dataFirst: boolean): string =>
  dataFirst ? `{"data":[${events.join(',')}],"trnm":"REAL"}` : `{"trnm":"REAL","data":[${events.join(',')}]}`
