import type { Profile } from './wire.ts'

/**
 * How this server says no: a class in `return_code`, the documented code in brackets inside `return_msg`.
 * Source: Kiwoom REST API guide, error code table (words of 2025, codes of 2026), and recorded answers of 2026.
 * The inner words of 1903 and 8104 have no source.
 */
export interface Refusal {
  readonly status: number
  readonly returnCode: number
  readonly text: string
}

const badRequest = (inner: string): Refusal => ({
  status: 200,
  returnCode: 1,
  text: `잘못된 요청입니다[${inner}]`,
})

const badInput = (inner: string): Refusal => ({
  status: 200,
  returnCode: 2,
  text: `입력 값 오류입니다[${inner}]`,
})

const notAuthenticated = (inner: string): Refusal => ({
  status: 200,
  returnCode: 3,
  text: `인증에 실패했습니다[${inner}]`,
})

export const refuse = {
  apiIdMissing: () => badInput('1501:API ID가 Null이거나 값이 없습니다'),
  wrongPath: (id: string, path: string) =>
    badRequest(`1504:해당 URI에서는 지원하는 API ID가 아닙니다. API ID=${id}, URI=${path}`),
  unknownApi: (id: string) => badRequest(`1505:해당 API ID는 존재하지 않습니다. API ID=${id}`),
  fieldMissing: (name: string) =>
    badInput(`1511:필수 입력 값에 값이 존재하지 않습니다. 필수입력 파라미터=${name}`),
  authorizationMissing: () => badInput('1513:Http Header에 authorization 필드가 설정되어 있어야 합니다'),
  authorizationMalformed: () =>
    badInput('1514:입력으로 들어온 Http Header의 authorization 필드 형식이 맞지 않습니다'),
  authorizationNotBearer: () =>
    badInput('1515:Http Header의 authorization 필드 내 Grant Type이 미리 정의된 형식이 아닙니다'),
  tokenMissing: () => badInput('1516:Http Header의 authorization 필드 내 Token이 정의되어 있지 않습니다'),
  badValue: (name: string, why: string) =>
    badInput(`1517:입력 값 형식이 올바르지 않습니다. 파라미터=${name} 실패사유=${why}`),
  unknownStock: (code: string) =>
    badInput(`1902:종목 정보가 없습니다. 입력한 종목코드 값을 확인바랍니다. 종목코드=${code}`),
  wrongExchange: () => badInput('1903:거래소와 종목코드의 조합이 올바르지 않습니다'),
  wrongKeys: () => notAuthenticated('8001:App Key와 Secret Key 검증에 실패했습니다'),
  invalidToken: () => notAuthenticated('8005:Token이 유효하지 않습니다'),
  grantTypeMissing: () =>
    notAuthenticated(
      '8011:Access Token을 발급하는데 실패했습니다. 입력값에 grant_type이 들어오지 않았습니다',
    ),
  grantTypeWrong: () =>
    notAuthenticated('8012:Access Token을 발급하는데 실패했습니다. grant_type의 값이 맞지 않습니다'),
  revokeFailed: () =>
    notAuthenticated('8015:Access Token을 폐기하는데 실패했습니다. 실패사유=Token이 유효하지 않습니다'),
  revokeTokenMissing: () =>
    notAuthenticated('8016:Access Token을 폐기하는데 실패했습니다. 입력값에 Token이 들어오지 않았습니다'),
  keysMissing: () => badInput('8020:입력파라미터로 appkey 또는 secretkey가 들어오지 않았습니다.'),
  wrongModeKey: () => notAuthenticated('8030:투자구분(실전/모의)이 달라서 Appkey를 사용할수가 없습니다'),
  wrongModeToken: () => notAuthenticated('8031:투자구분(실전/모의)이 달라서 Token를 사용할수가 없습니다'),
  throttled: (id: string, perSecond: number): Refusal => ({
    status: 429,
    returnCode: 5,
    text: `허용된 요청 개수를 초과하였습니다[1700:허용된 요청 개수를 초과하였습니다. 유량=${perSecond}, API ID=${id}]`,
  }),
  batchTooBig: (id: string): Refusal => ({
    status: 200,
    returnCode: 5,
    text: `허용된 요청 개수를 초과하였습니다[1634:허용된 요청 개수를 초과하였습니다. API ID=${id}]`,
  }),
  /**
   * In mock. Also the word here on the real profile for what an account without credit, gold or ELW is refused: the real
   * server's own text for it has no source.
   */
  notInMock: (id: string) => badRequest(`8104:모의투자에서는 지원하지 않는 API입니다. API ID=${id}`),
  notServedInMock: (): Refusal => ({
    status: 200,
    returnCode: 20,
    text: '[RC9000]모의투자에서는 해당업무가 제공되지 않습니다',
  }),
} as const

/**
 * A no from the brokerage, class 20: `[2000](code:text)` on the real host, `[RC…]text` on the mock.
 * Codes marked assumed have no recorded source.
 */
export type BusinessRefusal =
  | 'price'
  | 'priceOutsideBand'
  | 'orderType'
  | 'buyingPower'
  | 'sellable'
  | 'closed'
  | 'noMarketOrderAfterHours'
  | 'nothingOpen'
  | 'quantity'

type Wording = readonly [code: string, text: string]

const BUSINESS: Readonly<Record<BusinessRefusal, { readonly real: Wording; readonly mock: Wording }>> = {
  price: {
    real: ['571557', '주문단가를 잘못입력하셨습니다'],
    mock: ['571557', '주문단가를 잘못입력하셨습니다'],
  },
  priceOutsideBand: {
    real: ['571557', '주문단가를 잘못입력하셨습니다'],
    mock: ['RC4027', '모의투자 주문단가가 상하한가를 벗어났습니다'],
  },
  orderType: {
    real: ['407022', '매매구분을 확인하십시요'],
    mock: ['407022', '매매구분을 확인하십시요'],
  },
  // The real host's code is assumed.
  buyingPower: {
    real: ['855056', '매수증거금이 부족합니다'],
    mock: ['RC4025', '모의투자 매수증거금이 부족합니다'],
  },
  sellable: {
    real: ['800033', '매도가능수량이 부족합니다'],
    mock: ['800033', '매도가능수량이 부족합니다'],
  },
  // The real host's code is assumed.
  closed: {
    real: ['571489', '장이 열리지않은 상태입니다'],
    mock: ['RC4058', '모의투자 장종료 상태입니다'],
  },
  noMarketOrderAfterHours: {
    real: ['521790', '시장가 주문을 할 수 없습니다'],
    mock: ['RC4058', '모의투자 장종료 상태입니다'],
  },
  // Assumed on both.
  nothingOpen: {
    real: ['000000', '정정/취소할 수량이 없습니다'],
    mock: ['000000', '정정/취소할 수량이 없습니다'],
  },
  // Assumed on both.
  quantity: {
    real: ['571558', '주문수량을 잘못입력하셨습니다'],
    mock: ['571558', '주문수량을 잘못입력하셨습니다'],
  },
}

export function refuseBusiness(why: BusinessRefusal, profile: Profile): Refusal {
  const [code, text] = BUSINESS[why][profile]
  return {
    status: 200,
    returnCode: 20,
    text: profile === 'real' ? `[2000](${code}:${text})` : `[${code}]${text}`,
  }
}
