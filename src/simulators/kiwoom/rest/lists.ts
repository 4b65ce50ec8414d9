import { padded } from '../format.ts'
import { MEMBERS } from '../market/brokers.ts'
import { auditText, marketOf, stateText, warningCode } from '../market/listing-text.ts'
import type { Tape } from '../market/tape.ts'
import { refuse } from '../refusals.ts'
import type { Row } from '../wire.ts'
import { need, textOf } from './fields.ts'
import { type Call, type Offers, OK } from './offer.ts'

/** ka10099 is one page of everything (measured). */
const EVERYTHING = 10_000

const LISTED_SINCE = '20100104'
const LARGE_WON = 2_000_000_000_000
const MIDDLE_WON = 300_000_000_000

function sizeName(tape: Tape): string {
  const value = tape.base * tape.shares
  if (tape.listing.instrument.class !== 'stock') return ''
  return value >= LARGE_WON ? '대형주' : value >= MIDDLE_WON ? '중형주' : '소형주'
}

/** What the server calls the sector of a theme's names (업종명); funds have none. */
const SECTOR_NAMES: Readonly<Record<string, string>> = {
  semiconductor: '전기/전자',
  bio: '제약',
  battery: '화학',
  robot: '기계/장비',
  defence: '운송장비/부품',
  ship: '운송장비/부품',
  ai: 'IT 서비스',
  game: 'IT 서비스',
  content: '오락/문화',
  beauty: '화학',
  construction: '건설',
  finance: '기타금융',
  energy: '전기/가스',
}

function row({ market: day }: Call, tape: Tape): Row {
  const { listing } = tape
  const market = marketOf(listing)
  return {
    code: tape.id,
    name: listing.instrument.name,
    listCount: padded(tape.shares, 16),
    auditInfo: auditText(listing),
    regDay: LISTED_SINCE,
    lastPrice: padded(tape.base, 8),
    state: stateText(listing),
    marketCode: market.code,
    marketName: market.name,
    upName: SECTOR_NAMES[listing.theme ?? ''] ?? '',
    upSizeName: sizeName(tape),
    companyClassName: '',
    orderWarning: warningCode(listing),
    nxtEnable: day.isOnNxt(tape.id) ? 'Y' : 'N',
  }
}

/** With `mrkt_tp` 0 the list holds stocks and funds together (measured). */
const inMarket = (code: string) => (tape: Tape) => {
  const market = marketOf(tape.listing)
  return code === '0' ? market.code !== '10' : market.code === code
}

const SECTORS: readonly (readonly [marketCode: string, code: string, name: string])[] = [
  ['0', '001', '종합(KOSPI)'],
  ['0', '002', '대형주'],
  ['0', '003', '중형주'],
  ['0', '004', '소형주'],
  ['1', '101', '종합(KOSDAQ)'],
  ['2', '201', 'KOSPI200'],
  ['7', '701', 'KRX100'],
]

const one = (call: Call) => {
  const code = textOf(call.body, 'stk_cd')
  const tape = call.market.tape(code)
  return tape ? { fields: row(call, tape), message: OK } : refuse.unknownStock(code)
}

/** ka10099 종목정보 리스트, ka10100 종목정보, ka10101 업종코드, ka10102 회원사 */
export const LIST_OFFERS: Offers = {
  ka10099: {
    fields: [need('mrkt_tp', ['0', '3', '4', '5', '6', '8', '9', '10', '30', '50', '60'])],
    answer: (call) => ({
      fields: {},
      list: {
        name: 'list',
        pages: {
          rows: call.market.tapes
            .filter(inMarket(textOf(call.body, 'mrkt_tp')))
            .map((tape) => row(call, tape)),
          size: EVERYTHING,
          newestFirst: false,
        },
      },
      envelopeFirst: true,
    }),
  },
  ka10100: { fields: [need('stk_cd', 'code')], answer: one },
  ka10101: {
    fields: [need('mrkt_tp', ['0', '1', '2', '4', '7'])],
    answer: ({ body }) => ({
      fields: {
        list: SECTORS.filter(([market]) => market === textOf(body, 'mrkt_tp')).map(
          ([marketCode, code, name]) => ({
            marketCode,
            code,
            name,
            group: String(SECTORS.findIndex((sector) => sector[1] === code) + 1),
          }),
        ),
      },
      envelopeFirst: true,
    }),
  },
  ka10102: {
    fields: [],
    answer: () => ({
      fields: { list: MEMBERS.map(({ code, name, foreign }) => ({ code, name, gb: foreign ? '1' : '0' })) },
      envelopeFirst: true,
    }),
  },
}
