import { z } from 'zod'
import { isCidr } from './addresses.ts'

/**
 * `garam.yaml` in the user's own words. Percent stands in the file, ratios inside (`settings.ts` converts). A key ends
 * with its unit: `_pct`, `_krw`, `_sec`, `_min`. A change of any block but `broker`, `journal`, `topology`, `deadman` and `web` takes effect
 * while running.
 */

/** Carries the Korean sentence beside zod's English `message`. */
const say = (ko: string, en: string) => ({ message: en, params: { ko } })

const RATIO_LIKE = say(
  '비율(0.03)이 아니라 퍼센트로 씁니다: 3 %는 3, 2.5 %는 2.5',
  'percent, not a ratio: write 3 for 3 %, 2.5 for 2.5 %',
)

/** Below 0.1 % nobody means percent; the value is a ratio by mistake. */
const percent = (about: string, most = 100) =>
  z
    .number()
    .max(most)
    .refine(
      (value) => value > 0,
      say('부호 없이 양수로 씁니다: -3 %는 3', 'without a sign: write 3 for -3 %'),
    )
    .refine((value) => value <= 0 || value >= 0.1, RATIO_LIKE)
    .meta({ description: `${about} (%)` })

/** Text of one form. A refinement and not `regex`, because only that carries the Korean sentence. */
const spelled = (pattern: RegExp, description: string, ko: string, en: string) =>
  z
    .string()
    .refine((text) => pattern.test(text), say(ko, en))
    .meta({ description, pattern: pattern.source })

const LIVE = '실행 중 변경 가능 · may change while running'

/** Less than 10,000 won for a trade means the number was written in 만원 (10,000 won). */
const won = (about: string) =>
  z
    .int()
    .refine(
      (value) => value >= 10_000,
      say(
        '원 단위의 정수로 씁니다: 100만 원은 1000000 (10,000원 이상)',
        'whole won: write 1000000 for one million (at least 10,000)',
      ),
    )
    .meta({ description: `${about} (won)` })

const seconds = (about: string, least: number, most: number) =>
  z
    .number()
    .min(least)
    .max(most)
    .meta({ description: `${about} (seconds)` })

const minutes = (about: string, least: number, most: number) =>
  z
    .number()
    .min(least)
    .max(most)
    .meta({ description: `${about} (minutes)` })

const time = spelled(
  /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/,
  "한국 시각 · Korean time, '09:00'",
  '시각은 09:00 또는 15:19:30처럼 씁니다',
  "a time is written '09:00' or '15:19:30'",
)

const orderStyle = spelled(
  /^(market|best|priority|mid|conditional|(last|bid|ask)([+-]\d{1,3})?)$/,
  'market · best (최유리) · priority (최우선) · mid (중간가) · conditional (조건부지정가) · last · bid · ask · last+1 (틱 · ticks)',
  '주문 방식은 market, best, priority, mid, conditional, last, bid, ask 또는 last+1, bid-2처럼 호가 단위를 더해 씁니다',
  'an order is market, best, priority, mid, conditional, last, bid or ask, or with ticks: last+1, bid-2',
)

const conditionName = z.string().min(1).meta({
  description:
    '조건검색식 이름 또는 따옴표 안의 번호 · name of the condition search, or its number in quotes',
})

const code = spelled(
  /^[0-9][0-9A-Z]{5}$/,
  '종목코드, 따옴표로 감쌉니다 · code, in quotes',
  '종목코드는 "005930"처럼 여섯 자리입니다',
  'an instrument code has six characters, such as "005930"',
)

/** A realtime slot each, beside what is held and what conditions bring. */
export const MOST_SYMBOLS = 60

const window = z.strictObject({ from: time, to: time })

const secret = spelled(
  /^(env:[A-Za-z_][A-Za-z0-9_]*|secret:[A-Za-z][A-Za-z0-9_.-]*)$/,
  'secret:name · env:NAME',
  '키를 파일에 직접 쓰지 않습니다: garam secret set 으로 봉인하고 secret:이름 으로, 또는 env:이름 으로 환경 변수를 가리킵니다',
  'a key never stands in the file: seal it with garam secret set and write secret:name, or name an environment variable with env:NAME',
)

const hosts = z.strictObject({
  rest: z.string().meta({ description: 'http://127.0.0.1:9443' }),
  socket: z.string().meta({ description: 'ws://127.0.0.1:9443' }),
})

const broker = z
  .strictObject({
    name: z.enum(['kiwoom']),
    environment: z.enum(['simulated', 'paper']).meta({
      description:
        'simulated: garam simulate kiwoom · paper: 키움 모의투자 (Kiwoom mock). live is not available yet.',
    }),
    appkey: secret,
    secretkey: secret,
    hosts: hosts.optional().meta({ description: 'simulated 에서만 · only for simulated' }),
  })
  .meta({ description: '증권사 연결 · broker connection (restart to change)' })

const buy = z.strictObject({
  condition: conditionName,
  enabled: z.boolean().default(true),
  window: window.default({ from: '09:00', to: '15:20' }),
  amount_krw: won('한 번 살 금액 · amount of one entry').optional(),
  amount_pct: percent('평가자산 대비 금액 · share of equity').optional(),
  order: orderStyle.default('market'),
  priority: z.int().min(0).max(1000).default(0).meta({ description: '클수록 먼저 · higher goes first' }),
  cooldown_sec: seconds('같은 종목 재편입을 무시하는 시간 · ignore re-entry for', 0, 86_400).default(60),
  cancel_on_leave: z
    .boolean()
    .default(false)
    .meta({ description: '체결 전 편출되면 취소 · cancel when it leaves before the fill' }),
})

const sell = z.strictObject({
  condition: conditionName,
  enabled: z.boolean().default(true),
  window: window.default({ from: '09:00', to: '15:20' }),
  order: orderStyle.default('market'),
})

const strategy = z.strictObject({
  name: spelled(
    /^[A-Za-z가-힣][A-Za-z0-9가-힣 _-]{0,39}$/,
    '주문과 기록에 남는 이름 · its name on orders and in the record',
    '이름은 글자로 시작하고 글자, 숫자, 빈칸, -, _ 로 씁니다 (40자까지)',
    'a name begins with a letter and has letters, digits, spaces, - and _, 40 at most',
  ),
  use: z.string().min(1).optional().meta({
    description:
      '전략 이름(garam backtest 로 목록)이나 파일 ./my.ts · a strategy by name (garam backtest lists them) or a file',
  }),
  entry: z.string().min(1).optional().meta({ description: '매수 조건식 · own buy condition' }),
  exit: z.string().min(1).optional().meta({ description: '매도 조건식 · own sell condition' }),
  params: z
    .record(z.string(), z.union([z.number(), z.boolean(), z.string()]))
    .default({})
    .meta({ description: '전략의 값: { fast: 5, slow: 20 }, 비율은 30% · values of the strategy' }),
  symbols: z
    .array(code)
    .min(1)
    .max(MOST_SYMBOLS)
    .meta({ description: '종목. 모든 전략을 더해 60개까지 · instruments, 60 over all strategies' }),
  interval: z.enum(['1m', '3m', '5m', '10m', '15m', '30m', '60m', '1d']).default('1m'),
  enabled: z.boolean().default(true),
  window: window.default({ from: '09:00', to: '15:20' }),
  amount_krw: won('한 번 살 금액 · amount of one entry').optional(),
  amount_pct: percent('평가자산 대비 금액 · share of equity').optional(),
  order: orderStyle.default('market'),
  exit_order: orderStyle
    .default('market')
    .meta({ description: '전략이 팔자고 할 때의 주문 방식 · when it wants out' }),
  priority: z.int().min(0).max(1000).default(0).meta({ description: '클수록 먼저 · higher goes first' }),
  cooldown_sec: seconds(
    '같은 종목의 다음 매수를 무시하는 시간 · ignore its next entry for',
    0,
    86_400,
  ).default(0),
})

const exits = z.strictObject({
  stop_loss_pct: percent('손절 · stop loss from the average price', 30).optional(),
  take_profit_pct: percent('익절 · take profit', 300).optional(),
  trailing: z
    .array(
      z.strictObject({
        activate_pct: percent('이 수익률부터 · from this gain on', 300),
        give_back_pct: percent('고점 대비 하락 · fall from the high'),
      }),
    )
    .max(10)
    .default([])
    .meta({ description: '트레일링 스탑 단계 · trailing stop, stage by stage' }),
  atr: z
    .strictObject({ period: z.int().min(2).max(100), multiple: z.number().min(0.5).max(20) })
    .optional()
    .meta({ description: '1분봉 ATR × multiple 손절 · volatility stop' }),
  max_hold_min: minutes('최대 보유 시간 · longest holding time', 1, 10_000).optional(),
  end_of_day: time
    .optional()
    .meta({ description: '이 시각부터 모두 매도 · sell everything from this time on' }),
  order: orderStyle
    .default('market')
    .meta({ description: '익절·시간 청산의 주문 방식 · profit-taking exits' }),
  protective_order: orderStyle
    .default('market')
    .meta({ description: '손절·트레일링의 주문 방식 · protective exits' }),
  at_broker: z.boolean().default(false).meta({
    description: '보유 종목마다 NXT에 스톱지정가를 걸어 둠 · a stop-limit rests at NXT for each position',
  }),
})

const unfilled = z.strictObject({
  after_sec: seconds('미체결 판단 시간 · how long an order may stay unfilled', 1, 3600),
  then: z.enum(['market', 'reprice', 'cancel']),
  times: z.int().min(1).max(20).optional().meta({ description: 'reprice 횟수 · how often' }),
  finally: z.enum(['market', 'cancel']).optional().meta({ description: 'reprice 후 · after the last' }),
})

const limits = z.strictObject({
  max_positions: z.int().min(1).max(90).default(5),
  max_orders_per_day: z.int().min(1).max(10_000).default(300),
  max_buy_amount_per_day_krw: won('하루 매수 한도 · bought in one day').default(10_000_000),
  max_amount_per_instrument_krw: won('종목당 한도 · in one instrument').default(2_000_000),
  max_orders_per_second: z.int().min(1).max(20).default(4),
  max_loss_per_day_krw: won('하루 손실 한도 · loss in one day').optional(),
  rebuy: z
    .strictObject({
      not_today: z.boolean().default(false),
      wait_min: minutes('매도 후 재매수 금지 · no second buy within', 1, 10_000).optional(),
      not_after_loss: z.boolean().default(false),
    })
    .default({ not_today: true, not_after_loss: false }),
  forbid: z
    .strictObject({
      designated: z.boolean().default(true),
      upper_limit: z.boolean().default(true),
      in_vi: z.boolean().default(false),
    })
    .default({ designated: true, upper_limit: true, in_vi: false }),
  max_quote_age_sec: seconds('이보다 오래된 시세로는 사지 않음 · oldest price a buy may use', 1, 600).default(
    10,
  ),
})

const orders = z.strictObject({
  route: z
    .enum(['krx', 'nxt', 'sor'])
    .default('krx')
    .meta({ description: '거래소: krx · nxt (넥스트레이드) · sor (증권사 최선집행) · where orders go' }),
  hours: z.enum(['regular', 'extended']).default('regular').meta({
    description:
      'extended: NXT 프리마켓과 KRX·NXT 애프터마켓에서도 매도 · sells in the pre-market and after-markets too',
  }),
  extended_entries: z
    .boolean()
    .default(false)
    .meta({ description: '정규장 밖에서 매수도 · buys there as well' }),
})

const day = spelled(
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  'YYYY-MM-DD',
  "날짜는 '2026-11-20'처럼 따옴표로 씁니다",
  "a day is written '2026-11-20', in quotes",
)

const corporateAction = z.strictObject({
  code,
  kind: z
    .enum([
      'split',
      'reverse_split',
      'bonus_issue',
      'rights_issue',
      'stock_dividend',
      'cash_dividend',
      'spin_off',
    ])
    .meta({ description: '액면분할 · 병합/감자 · 무상 · 유상 · 주식배당 · 현금배당 · 인적분할' }),
  from: day,
  shares_from: day.optional().meta({ description: '신주 상장일 · new shares in the account' }),
  ratio: z.number().min(0.000001).max(1000).optional().meta({
    description: '분할 1→n, 병합 n→1의 n; 증자·배당은 1주당 신주 · n, or new shares for one old',
  }),
  issue_price_krw: z.int().min(1).optional().meta({ description: '유상증자 발행가 (won)' }),
  close_before_krw: z.int().min(1).optional().meta({ description: '권리락 전날 종가 (won)' }),
  subscribed: z.int().min(0).optional().meta({ description: '청약한 주식 수 · shares paid for' }),
})

const web = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .meta({ description: 'garam run이 대시보드를 함께 켬 · garam run starts the dashboard' }),
  host: z.string().min(1).default('127.0.0.1').meta({
    description: '여는 주소, 밖에서 보려면 0.0.0.0 · address to listen on; 0.0.0.0 for other machines',
  }),
  port: z.int().min(0).max(65_535).default(8787),
  tls: z
    .strictObject({ cert: z.string().min(1), key: z.string().min(1) })
    .optional()
    .meta({ description: 'PEM 파일: 인증서와 열쇠 · PEM files: certificate and key' }),
  behind_proxy: z.boolean().default(false).meta({
    description: '앞의 프록시가 https를 맡음 · a proxy in front of it does https',
  }),
  allow: z
    .array(
      z
        .string()
        .refine(
          isCidr,
          say('주소나 대역: 192.168.0.0/24, 10.0.0.5', 'an address or a range: 192.168.0.0/24, 10.0.0.5'),
        ),
    )
    .max(100)
    .default([])
    .meta({ description: '접속을 받는 주소, 비우면 모두 · who may connect; everybody when empty' }),
  public_url: z
    .string()
    .refine(
      (text) => /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : ''),
      say('https://garam.example.com 처럼 씁니다', 'written https://garam.example.com'),
    )
    .optional()
    .meta({ description: '사람이 여는 주소 · the address people open' }),
})

/** The whole file. Unknown keys are errors everywhere. */
export const configSchema = z.strictObject({
  broker,
  buy: z
    .array(buy)
    .max(20)
    .default([])
    .meta({ description: `매수 조건, 최대 20개 · buy conditions. ${LIVE}` }),
  sell: z
    .array(sell)
    .max(20)
    .default([])
    .meta({ description: `매도 조건 · sell conditions. ${LIVE}` }),
  strategies: z
    .array(strategy)
    .max(10)
    .default([])
    .meta({
      description: `장중에 도는 전략과 내 조건식, 최대 10개 · strategies and own conditions. ${LIVE}`,
    }),
  exits: exits
    .default({ trailing: [], order: 'market', protective_order: 'market', at_broker: false })
    .meta({ description: `청산 규칙 · exits. ${LIVE}` }),
  unfilled: z
    .strictObject({
      buy: unfilled.default({ after_sec: 30, then: 'cancel' }),
      sell: unfilled.default({ after_sec: 10, then: 'market' }),
    })
    .default({ buy: { after_sec: 30, then: 'cancel' }, sell: { after_sec: 10, then: 'market' } })
    .meta({ description: `미체결 처리 · unfilled orders. ${LIVE}` }),
  limits: limits.prefault({}).meta({ description: `한도 · limits. ${LIVE}` }),
  hours: window
    .default({ from: '09:00', to: '15:20' })
    .meta({ description: `자동매매 시간 · trading hours. ${LIVE}` }),
  orders: orders
    .prefault({})
    .meta({ description: `주문이 가는 곳과 시간 · where and when orders go. ${LIVE}` }),
  excluded: z
    .array(code)
    .max(1000)
    .default([])
    .meta({ description: `매수 제외 종목 · never bought. ${LIVE}` }),
  corporate_actions: z.array(corporateAction).max(100).default([]).meta({
    description:
      '보유 종목의 권리 변동, 거래일을 열 때 읽음 · corporate actions of held shares, read when a day opens',
  }),
  topology: z.enum(['single', 'split']).default('single').meta({
    description:
      'single: 한 프로세스 · one process. split: 수집·분석·조회·주문·매매를 따로 · collector, analyzer, query, orders and trader apart (restart to change)',
  }),
  deadman: z.boolean().default(true).meta({
    description:
      'split: 매매 프로세스가 멎으면 알리는 감시 프로세스 · a process that alarms when the trader dies (restart to change)',
  }),
  web: web.prefault({}).meta({ description: '대시보드 · dashboard (restart to change)' }),
  journal: z
    .strictObject({ folder: z.string().min(1) })
    .default({ folder: '.garam/journal' })
    .meta({ description: '거래 기록 폴더 · where the record is kept (restart to change)' }),
})

export type ConfigFile = z.output<typeof configSchema>

/** For editors: completes and checks the file (`# yaml-language-server: $schema=…`). */
export const configJsonSchema = (): Record<string, unknown> => ({
  title: 'garam.yaml',
  ...z.toJSONSchema(configSchema, { io: 'input' }),
})
