import type { HappeningMessage, LiveState, SentenceMessage, TripMessage } from '../../contract/live.ts'

/** Something a person wants to know although nobody looks at a screen. */
export interface News {
  readonly kind: 'stop' | 'alarm' | 'fill'
  readonly title: SentenceMessage
  readonly body: SentenceMessage
  readonly url: string
  /** A newer one with it replaces the older on the screen of the device. */
  readonly tag: string
}

const STOPS: Readonly<Record<string, SentenceMessage>> = {
  stopLoss: { ko: '손절', en: 'Stop-loss' },
  trailing: { ko: '추적 손절', en: 'Trailing stop' },
  atr: { ko: 'ATR 손절', en: 'ATR stop' },
}

/** More than this of one kind at once becomes one message. */
const MOST_OF_A_KIND = 3

/**
 * What happened between two looks at the trader: stops that sold a position, alarms, and fills. Nothing at the first look,
 * because then all of it would be new.
 */
export function newsBetween(before: LiveState | undefined, after: LiveState): readonly News[] {
  if (before === undefined) return []
  const said = newOf(before.happenings, after.happenings, (a, b) => a.at === b.at)
  const stops = newOf(before.trips, after.trips, isSameTrip).filter(([, { exit }]) => exit in STOPS)
  const alarms = said.filter(([, { level }]) => level === 'urgent')
  const fills = said.filter(([, happening]) => happening.level !== 'urgent' && isFill(happening))
  return [
    ...bundled(alarms.map(newsOfAlarm), { ko: '경보', en: 'Alarms' }),
    ...bundled(stops.map(newsOfStop), { ko: '손절', en: 'Stops' }),
    ...bundled(fills.map(newsOfFill), { ko: '체결', en: 'Fills' }),
  ]
}

const isSameTrip = (a: TripMessage, b: TripMessage): boolean =>
  a.instrument === b.instrument && a.closedAt === b.closedAt

type Keyed<T> = readonly [key: string, row: T]

function newOf<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  isSame: (a: T, b: T) => boolean,
): readonly Keyed<T>[] {
  return Object.entries(after).filter(([key, row]) => {
    const was = before[key]
    return was === undefined || !isSame(was, row)
  })
}

/** As `noticeOfFill` words it (`trading/notify/notice.ts`): a happening has no other mark of what it tells. */
const isFill = ({ en }: HappeningMessage): boolean => /: (buy|sell) of .+ filled at /.test(en)

const newsOfAlarm = ([key, { ko, en }]: Keyed<HappeningMessage>): News => ({
  kind: 'alarm',
  title: { ko: '가람 경보', en: 'Garam alarm' },
  body: { ko, en },
  url: '/',
  tag: `alarm-${key}`,
})

function newsOfStop([, trip]: Keyed<TripMessage>): News {
  const { instrument, name, quantity, realizedPnl, exit, exitReason, closedAt } = trip
  const word = STOPS[exit] ?? { ko: exit, en: exit }
  const pnl = signedWon(realizedPnl)
  return {
    kind: 'stop',
    title: { ko: `${name} ${word.ko}`, en: `${word.en}: ${name}` },
    body: {
      ko: `${quantity}주 매도, 실현손익 ${pnl}원. ${exitReason}`,
      en: `Sold ${quantity}, realised ${pnl} KRW. ${exitReason}`,
    },
    url: `/chart/${instrument}`,
    tag: `stop-${instrument}-${closedAt}`,
  }
}

const newsOfFill = ([key, { ko, en }]: Keyed<HappeningMessage>): News => ({
  kind: 'fill',
  title: { ko: '체결', en: 'Fill' },
  body: { ko, en },
  url: '/orders',
  tag: `fill-${key}`,
})

/** A storm is one message with the newest of it. */
function bundled(news: readonly News[], title: SentenceMessage): readonly News[] {
  const newest = news.at(-1)
  if (newest === undefined || news.length <= MOST_OF_A_KIND) return news
  const more = news.length - 1
  return [
    {
      kind: newest.kind,
      title: { ko: `${title.ko} ${news.length}건`, en: `${title.en}: ${news.length}` },
      body: { ko: `${newest.body.ko} 외 ${more}건`, en: `${newest.body.en} and ${more} more` },
      url: newest.kind === 'fill' ? '/orders' : '/',
      tag: newest.tag,
    },
  ]
}

export const newsOfLostLine = (at: number): News => ({
  kind: 'alarm',
  title: { ko: '가람 경보', en: 'Garam alarm' },
  body: {
    ko: '매매 프로세스와 연결이 끊긴 채로 있습니다. 가람이 켜져 있는지 보세요',
    en: 'The trader has been out of reach for a while. See whether Garam is running',
  },
  url: '/',
  tag: `line-${at}`,
})

const WON = new Intl.NumberFormat('ko-KR')
const signedWon = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${WON.format(Math.abs(value))}`
