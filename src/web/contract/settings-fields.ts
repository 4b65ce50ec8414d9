/**
 * Every setting of `garam.yaml` as people are told of it: its name, its unit, how it is entered, and which way of changing it
 * raises what can be lost. A test compares this table with the schema of the file, so that no setting is left out.
 */

/** How a value is entered and written. */
export type SettingControl =
  | 'won'
  | 'percent'
  | 'count'
  | 'number'
  | 'seconds'
  | 'minutes'
  | 'flag'
  | 'time'
  | 'day'
  | 'choice'
  | 'order'
  | 'text'
  | 'secret'
  | 'codes'
  | 'addresses'
  | 'params'

/**
 * Which change raises what can be lost. `more`, `later`: a larger value, and none at all, which is no limit; `less`, `earlier`:
 * the reverse; `unlessMarket`: anything that may stay unfilled; `always`; `never`: neither way.
 */
export type Raises =
  | 'more'
  | 'less'
  | 'on'
  | 'off'
  | 'earlier'
  | 'later'
  | 'unlessMarket'
  | 'always'
  | 'never'

export interface SettingField {
  readonly control: SettingControl
  readonly raises: Raises
  readonly ko: string
  readonly en: string
  readonly unit?: readonly [ko: string, en: string]
  readonly hint?: readonly [ko: string, en: string]
  /** In words, for a choice. */
  readonly choices?: Readonly<Record<string, readonly [ko: string, en: string]>>
  /** What no value means. */
  readonly none?: readonly [ko: string, en: string]
  /** Takes effect when Garam starts again. */
  readonly restart?: true
}

const field = (
  control: SettingControl,
  raises: Raises,
  ko: string,
  en: string,
  more: Omit<SettingField, 'control' | 'raises' | 'ko' | 'en'> = {},
): SettingField => ({ control, raises, ko, en, ...more })

const NAMES = ['종목', 'names'] as const
const ORDERS = ['건', 'orders'] as const
const TIMES = ['번', 'times'] as const
const NO_LIMIT = ['한도 없음', 'no limit'] as const
const NOT_USED = ['쓰지 않음', 'not used'] as const
const RESTART = { restart: true } as const

const UNFILLED = {
  market: ['시장가로 바꿈', 'turn into a market order'],
  reprice: ['가격을 고쳐 다시', 'amend the price'],
  cancel: ['취소', 'cancel'],
} as const

const INTERVAL_NAMES = {
  '1m': ['1분봉', '1 minute'],
  '3m': ['3분봉', '3 minutes'],
  '5m': ['5분봉', '5 minutes'],
  '10m': ['10분봉', '10 minutes'],
  '15m': ['15분봉', '15 minutes'],
  '30m': ['30분봉', '30 minutes'],
  '60m': ['60분봉', '60 minutes'],
  '1d': ['일봉', '1 day'],
} as const

const ACTIONS = {
  split: ['액면분할', 'split'],
  reverse_split: ['병합·감자', 'reverse split'],
  bonus_issue: ['무상증자', 'bonus issue'],
  rights_issue: ['유상증자', 'rights issue'],
  stock_dividend: ['주식배당', 'stock dividend'],
  cash_dividend: ['현금배당', 'cash dividend'],
  spin_off: ['인적분할', 'spin-off'],
} as const

/** What buys: a condition of the broker or a strategy. */
const entry = (cooldownHint: readonly [string, string]): Record<string, SettingField> => ({
  enabled: field('flag', 'on', '사용', 'Enabled'),
  'window.from': field('time', 'earlier', '시작', 'From'),
  'window.to': field('time', 'later', '끝', 'To'),
  amount_krw: field('won', 'more', '한 번 살 금액', 'Amount of one entry', { unit: ['원', 'won'] }),
  amount_pct: field('percent', 'more', '한 번 살 금액(평가자산 대비)', 'Amount of one entry, of equity', {
    unit: ['%', '%'],
  }),
  order: field('order', 'never', '주문 방식', 'Order'),
  priority: field('count', 'never', '우선순위', 'Priority', {
    hint: ['자리가 하나 남으면 큰 쪽이 먼저', 'the higher one gets the last free place'],
  }),
  cooldown_sec: field('seconds', 'less', '재편입 무시', 'Ignore again for', {
    unit: ['초', 's'],
    hint: cooldownHint,
  }),
})

const under = (prefix: string, fields: Readonly<Record<string, SettingField>>) =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [`${prefix}.${key}`, value]))

const unfilled = (raises: 'never' | 'unlessMarket'): Record<string, SettingField> => ({
  after_sec: field(
    'seconds',
    raises === 'never' ? 'never' : 'more',
    '기다리는 시간',
    'How long it may stay unfilled',
    { unit: ['초', 's'] },
  ),
  then: field('choice', raises, '그다음', 'Then', { choices: UNFILLED }),
  times: field('count', 'never', '고치는 횟수', 'How often', {
    unit: TIMES,
    none: ['3번', '3 times'],
  }),
  finally: field('choice', raises, '그래도 안 되면', 'After the last', {
    choices: { market: UNFILLED.market, cancel: UNFILLED.cancel },
    none: UNFILLED.cancel,
  }),
})

/** By path; `*` stands for a place in a list. */
export const SETTING_FIELDS: Readonly<Record<string, SettingField>> = {
  'broker.name': field('choice', 'always', '증권사', 'Broker', {
    ...RESTART,
    choices: { kiwoom: ['키움증권', 'Kiwoom'] },
  }),
  'broker.environment': field('choice', 'always', '환경', 'Environment', {
    ...RESTART,
    choices: { simulated: ['시뮬레이터', 'simulator'], paper: ['모의투자', 'mock investing'] },
  }),
  'broker.appkey': field('secret', 'always', '앱키가 있는 곳', 'Where the app key is', RESTART),
  'broker.secretkey': field('secret', 'always', '시크릿키가 있는 곳', 'Where the secret key is', RESTART),
  'broker.hosts.rest': field('text', 'always', 'REST 주소', 'REST address', RESTART),
  'broker.hosts.socket': field('text', 'always', '실시간 주소', 'Realtime address', RESTART),

  'buy.*.condition': field('text', 'always', '조건검색식', 'Condition search'),
  ...under(
    'buy.*',
    entry(['같은 종목이 다시 편입되어도 이 동안은 무시', 'the same name entering again is ignored']),
  ),
  'buy.*.cancel_on_leave': field('flag', 'off', '편출되면 미체결 취소', 'Cancel when it leaves unfilled'),

  'sell.*.condition': field('text', 'always', '조건검색식', 'Condition search'),
  'sell.*.enabled': field('flag', 'off', '사용', 'Enabled'),
  'sell.*.window.from': field('time', 'later', '시작', 'From'),
  'sell.*.window.to': field('time', 'earlier', '끝', 'To'),
  'sell.*.order': field('order', 'never', '주문 방식', 'Order'),

  'strategies.*.name': field('text', 'always', '이름', 'Name'),
  'strategies.*.use': field('text', 'always', '전략', 'Strategy'),
  'strategies.*.entry': field('text', 'always', '매수 조건식', 'Buy condition'),
  'strategies.*.exit': field('text', 'always', '매도 조건식', 'Sell condition', {
    none: ['매수 조건이 더 맞지 않을 때', 'when the buy condition no longer holds'],
  }),
  'strategies.*.params': field('params', 'always', '전략의 값', 'Parameters'),
  'strategies.*.symbols': field('codes', 'more', '종목', 'Instruments'),
  'strategies.*.interval': field('choice', 'always', '봉', 'Bars', { choices: INTERVAL_NAMES }),
  ...under(
    'strategies.*',
    entry(['같은 종목의 다음 매수를 이 동안은 무시', 'its next entry in the same name is ignored']),
  ),
  'strategies.*.exit_order': field('order', 'never', '매도 주문 방식', 'Sell order'),

  'exits.stop_loss_pct': field('percent', 'more', '손절', 'Stop-loss', {
    unit: ['%', '%'],
    none: NOT_USED,
    hint: ['평균단가보다 이만큼 내리면 매도', 'sells so far below the average price'],
  }),
  'exits.take_profit_pct': field('percent', 'never', '익절', 'Take-profit', {
    unit: ['%', '%'],
    none: NOT_USED,
    hint: ['평균단가보다 이만큼 오르면 매도', 'sells so far above the average price'],
  }),
  'exits.trailing.*.activate_pct': field('percent', 'more', '이 수익률부터', 'From this gain on', {
    unit: ['%', '%'],
    none: NOT_USED,
  }),
  'exits.trailing.*.give_back_pct': field('percent', 'more', '고점에서 하락', 'Fall from the high', {
    unit: ['%', '%'],
    none: NOT_USED,
  }),
  'exits.atr.period': field('count', 'never', 'ATR 기간', 'ATR period', {
    unit: ['분봉', 'one-minute bars'],
    none: NOT_USED,
  }),
  'exits.atr.multiple': field('number', 'more', 'ATR 배수', 'ATR multiple', {
    unit: ['배', '×'],
    none: NOT_USED,
    hint: ['평균단가 아래 ATR × 배수에서 매도', 'sells ATR × multiple below the average price'],
  }),
  'exits.max_hold_min': field('minutes', 'more', '최대 보유 시간', 'Longest holding time', {
    unit: ['분', 'min'],
    none: NOT_USED,
  }),
  'exits.end_of_day': field('time', 'later', '장 마감 전 전량 매도', 'Sell everything from', {
    none: NOT_USED,
  }),
  'exits.order': field('order', 'never', '익절·시간 청산 주문', 'Order of profit-taking exits'),
  'exits.protective_order': field('order', 'unlessMarket', '손절·트레일링 주문', 'Order of protective exits'),
  'exits.at_broker': field(
    'flag',
    'off',
    '거래소에 스톱지정가를 걸어 둠',
    'A stop-limit rests at the venue',
    {
      hint: ['NXT만 받습니다: 주문 경로가 nxt나 sor일 때', 'only NXT takes it: route nxt or sor'],
    },
  ),

  ...under('unfilled.buy', unfilled('never')),
  ...under('unfilled.sell', unfilled('unlessMarket')),

  'limits.max_positions': field('count', 'more', '동시 보유', 'Positions at once', { unit: NAMES }),
  'limits.max_orders_per_day': field('count', 'more', '하루 주문', 'Orders a day', { unit: ORDERS }),
  'limits.max_buy_amount_per_day_krw': field('won', 'more', '하루 매수 금액', 'Bought in a day', {
    unit: ['원', 'won'],
  }),
  'limits.max_amount_per_instrument_krw': field('won', 'more', '종목당 금액', 'In one name', {
    unit: ['원', 'won'],
  }),
  'limits.max_orders_per_second': field('count', 'more', '1초에 나가는 주문', 'Orders a second', {
    unit: ORDERS,
  }),
  'limits.max_loss_per_day_krw': field('won', 'more', '하루 손실', 'Loss in a day', {
    unit: ['원', 'won'],
    none: NO_LIMIT,
    hint: ['실현·평가손실이 이보다 크면 더 사지 않음', 'no new buys once the loss is larger'],
  }),
  'limits.rebuy.not_today': field(
    'flag',
    'off',
    '오늘 판 종목은 다시 사지 않음',
    'Nothing sold today is bought again',
  ),
  'limits.rebuy.wait_min': field('minutes', 'less', '매도 후 재매수 대기', 'No second buy within', {
    unit: ['분', 'min'],
    none: ['기다리지 않음', 'no wait'],
  }),
  'limits.rebuy.not_after_loss': field(
    'flag',
    'off',
    '손실로 판 종목은 오늘 다시 사지 않음',
    'No second buy after a loss',
  ),
  'limits.forbid.designated': field('flag', 'off', '관리·경고·과열 등 지정 종목 금지', 'No designated names'),
  'limits.forbid.upper_limit': field('flag', 'off', '상한가 매수 금지', 'No buys at the upper limit'),
  'limits.forbid.in_vi': field('flag', 'off', 'VI 발동 중 매수 금지', 'No buys during VI'),
  'limits.max_quote_age_sec': field(
    'seconds',
    'more',
    '매수에 쓰는 시세의 나이',
    'Oldest price a buy may use',
    {
      unit: ['초', 's'],
    },
  ),

  'hours.from': field('time', 'earlier', '매수 시작', 'Buying from'),
  'hours.to': field('time', 'later', '매수 끝', 'Buying until'),

  'orders.route': field('choice', 'never', '거래소', 'Venue', {
    choices: {
      krx: ['KRX', 'KRX'],
      nxt: ['NXT (넥스트레이드)', 'NXT (Nextrade)'],
      sor: ['SOR (증권사가 고름)', 'SOR (the broker chooses)'],
    },
  }),
  'orders.hours': field('choice', 'never', '매도하는 시간', 'Hours of sales', {
    choices: {
      regular: ['정규장', 'regular session'],
      extended: ['프리·애프터마켓까지', 'pre- and after-markets too'],
    },
  }),
  'orders.extended_entries': field('flag', 'on', '정규장 밖에서 매수도', 'Buys outside the regular session'),

  excluded: field('codes', 'less', '제외 종목', 'Excluded names'),

  'corporate_actions.*.code': field('text', 'never', '종목코드', 'Code'),
  'corporate_actions.*.kind': field('choice', 'never', '종류', 'Kind', { choices: ACTIONS }),
  'corporate_actions.*.from': field('day', 'never', '권리락일', 'First day with the new base price'),
  'corporate_actions.*.shares_from': field('day', 'never', '신주 상장일', 'First day with the new shares'),
  'corporate_actions.*.ratio': field('number', 'never', '비율', 'Ratio'),
  'corporate_actions.*.issue_price_krw': field('won', 'never', '발행가', 'Issue price', {
    unit: ['원', 'won'],
  }),
  'corporate_actions.*.close_before_krw': field(
    'won',
    'never',
    '권리락 전날 종가',
    'Close of the day before',
    {
      unit: ['원', 'won'],
    },
  ),
  'corporate_actions.*.subscribed': field('count', 'never', '청약한 주식', 'Shares subscribed', {
    unit: ['주', 'shares'],
  }),

  topology: field('choice', 'never', '프로세스', 'Processes', {
    ...RESTART,
    choices: {
      single: ['하나로', 'one process'],
      split: ['나눔: 하나가 죽어도 손절은 계속', 'apart: stops outlive a death'],
    },
  }),
  deadman: field('flag', 'off', '매매 프로세스가 멎으면 알림', 'Alarm when the trader dies', RESTART),
  // Who may reach the dashboard: whatever changes there is the owner's to decide.
  'web.enabled': field('flag', 'always', '대시보드를 함께 켬', 'Starts the dashboard', RESTART),
  'web.host': field('text', 'always', '여는 주소', 'Address to listen on', {
    ...RESTART,
    hint: ['다른 기기에서 보려면 0.0.0.0', '0.0.0.0 for other machines'],
  }),
  'web.port': field('count', 'always', '포트', 'Port', RESTART),
  'web.allow': field('addresses', 'always', '접속을 받는 주소', 'Who may connect', {
    ...RESTART,
    hint: ['비우면 모두', 'everybody when empty'],
  }),
  'web.public_url': field('text', 'always', '사람이 여는 주소', 'Address people open', {
    ...RESTART,
    none: NOT_USED,
  }),
  'web.behind_proxy': field(
    'flag',
    'always',
    '앞의 프록시가 https를 맡음',
    'A proxy in front does https',
    RESTART,
  ),
  'web.tls.cert': field('text', 'always', '인증서 파일', 'Certificate file', { ...RESTART, none: NOT_USED }),
  'web.tls.key': field('text', 'always', '인증서 열쇠 파일', 'Key file of the certificate', {
    ...RESTART,
    none: NOT_USED,
  }),
  'journal.folder': field('text', 'never', '거래 기록 폴더', 'Folder of the record', RESTART),
}

/** `['buy', 2, 'window', 'from']` → `buy.*.window.from`. */
export const fieldPath = (path: readonly (string | number)[]): string =>
  path.map((part) => (typeof part === 'number' ? '*' : part)).join('.')
