import { describe, expect, it } from 'vitest'
import { timeOfDay } from '../../model/time.ts'
import type { Finding } from './finding.ts'
import { findingText } from './finding.ts'
import { type Config, parseConfig } from './parse.ts'
import { configTemplate } from './template.ts'

const PAPER = `broker:
  name: kiwoom
  environment: paper
  appkey: env:KEY
  secretkey: env:SECRET
`

function config(text: string): Config {
  const parsed = parseConfig(text)
  if (!parsed.ok) throw new Error(parsed.error.map((finding) => findingText('t.yaml', finding)).join('\n'))
  return parsed.value
}

function findings(text: string): readonly Finding[] {
  const parsed = parseConfig(text)
  if (parsed.ok) throw new Error('expected findings')
  return parsed.error
}

const SIMULATED = `${PAPER.replace('paper', 'simulated')}  hosts: { rest: http://127.0.0.1:1, socket: ws://127.0.0.1:1 }\n`

const buy = (lines: string) => `${PAPER}buy:\n  - condition: "A"\n    amount_krw: 1000000\n${lines}`

const strategy = (lines: string) =>
  `${PAPER}strategies:\n  - name: "내 전략"\n    ${lines}\n    symbols: ["005930"]\n    amount_krw: 1000000\n`

/** text → line, column, path, and words that both sentences together must hold. */
const WRONG: readonly (readonly [
  name: string,
  text: string,
  line: number,
  column: number,
  path: string,
  words: RegExp,
])[] = [
  [
    'an unknown key with the nearest',
    `${PAPER}exits:\n  stop_los_pct: 3\n`,
    7,
    3,
    'exits.stop_los_pct',
    /"stop_loss_pct"/,
  ],
  [
    'a unit of our inside',
    `${PAPER}exits:\n  stop_loss_ratio: 0.03\n`,
    7,
    3,
    'exits.stop_loss_ratio',
    /"stop_loss_pct"/,
  ],
  ['a map for a key', `${PAPER}? { a: 1 }\n: 2\n`, 6, 3, '', /one plain name/],
  [
    'a key that is an alias',
    `${PAPER}exits: &e { stop_loss_pct: 3 }\n? *e\n: 2\n`,
    7,
    3,
    '',
    /one plain name/,
  ],
  ['a key of another block', `${PAPER}max_positions: 3\n`, 6, 1, 'max_positions', /limits\.max_positions/],
  [
    'a key nothing is like',
    `${PAPER}hours:\n  zebra: 3\n  from: "09:00"\n  to: "10:00"\n`,
    7,
    3,
    'hours.zebra',
    /from, to/,
  ],
  ['an unknown key in a list', buy('    prioritty: 3\n'), 9, 5, 'buy[0].prioritty', /"priority"/],
  [
    'a ratio for percent',
    `${PAPER}exits:\n  stop_loss_pct: 0.03\n`,
    7,
    18,
    'exits.stop_loss_pct',
    /write 3 for 3 %/,
  ],
  ['a signed percent', `${PAPER}exits:\n  stop_loss_pct: -3\n`, 7, 18, 'exits.stop_loss_pct', /부호 없이/],
  [
    'percent with its sign',
    `${PAPER}exits:\n  stop_loss_pct: 3%\n`,
    7,
    18,
    'exits.stop_loss_pct',
    /숫자만 씁니다: 3 /,
  ],
  [
    'seconds with a unit',
    `${PAPER}unfilled:\n  buy: { after_sec: 30s, then: market }\n`,
    7,
    21,
    'unfilled.buy.after_sec',
    /: 30 /,
  ],
  ['won with commas', buy('').replace('1000000', '1,000,000'), 8, 17, 'buy[0].amount_krw', /1000000/],
  ['won in 만원', buy('').replace('1000000', '100'), 8, 17, 'buy[0].amount_krw', /1000000/],
  [
    'a bare code',
    `${PAPER}excluded: ["000660", 005930]\n`,
    6,
    22,
    'excluded[1]',
    /put the code in quotes: "005930"/,
  ],
  ['a bare condition number', buy('').replace('"A"', '012'), 7, 16, 'buy[0].condition', /quotes: "012"/],
  ['a short code', `${PAPER}excluded: ["5930"]\n`, 6, 12, 'excluded[0]', /six characters/],
  ['a time without its zero', `${PAPER}hours: { from: "9:00", to: "15:00" }\n`, 6, 16, 'hours.from', /09:00/],
  [
    'hours backwards',
    `${PAPER}hours: { from: "15:00", to: "09:00" }\n`,
    6,
    29,
    'hours.to',
    /later than the start/,
  ],
  [
    'a window outside hours',
    `${buy('    window: { from: "15:30", to: "15:40" }\n')}hours: { from: "09:00", to: "15:20" }\n`,
    9,
    13,
    'buy[0].window',
    /never be used/,
  ],
  ['an order style', buy('    order: last + 1\n'), 9, 12, 'buy[0].order', /last\+1/],
  ['no amount', `${PAPER}buy:\n  - condition: "A"\n`, 7, 5, 'buy[0]', /amount_krw/],
  ['two amounts', buy('    amount_pct: 5\n'), 9, 17, 'buy[0].amount_pct', /exclude each other/],
  [
    'an amount above its limit',
    `${buy('').replace('1000000', '3000000')}limits: { max_amount_per_instrument_krw: 2000000 }\n`,
    8,
    17,
    'buy[0].amount_krw',
    /2,000,000/,
  ],
  [
    'a limit above the day',
    `${PAPER}limits: { max_amount_per_instrument_krw: 20000000 }\n`,
    6,
    42,
    'limits.max_amount_per_instrument_krw',
    /per day/,
  ],
  [
    'a condition used twice',
    `${buy('')}sell:\n  - condition: "A"\n`,
    10,
    16,
    'sell[0].condition',
    /buy\[0\]/,
  ],
  [
    'stages that fall',
    `${PAPER}exits:\n  trailing:\n    - { activate_pct: 3, give_back_pct: 1 }\n    - { activate_pct: 2, give_back_pct: 1 }\n`,
    9,
    23,
    'exits.trailing[1].activate_pct',
    /stages rise/,
  ],
  [
    'a stage that widens',
    `${PAPER}exits:\n  trailing:\n    - { activate_pct: 3, give_back_pct: 1 }\n    - { activate_pct: 4, give_back_pct: 2 }\n`,
    9,
    41,
    'exits.trailing[1].give_back_pct',
    /no wider/,
  ],
  [
    'a stage that loses',
    `${PAPER}exits:\n  trailing:\n    - { activate_pct: 1, give_back_pct: 2 }\n`,
    8,
    41,
    'exits.trailing[0].give_back_pct',
    /at a loss/,
  ],
  [
    'a stage behind the profit',
    `${PAPER}exits:\n  take_profit_pct: 4\n  trailing:\n    - { activate_pct: 5, give_back_pct: 1 }\n`,
    9,
    23,
    'exits.trailing[0].activate_pct',
    /never reached/,
  ],
  [
    'times without reprice',
    `${PAPER}unfilled:\n  sell: { after_sec: 5, then: market, times: 3 }\n`,
    7,
    46,
    'unfilled.sell.times',
    /reprice/,
  ],
  [
    'two re-buy rules at odds',
    `${PAPER}limits:\n  rebuy: { not_today: true, wait_min: 10 }\n`,
    7,
    39,
    'limits.rebuy.wait_min',
    /no meaning/,
  ],
  ['a strategy that is not there', strategy('use: ema-cros'), 8, 10, 'strategies[0].use', /혹시 ema-cross/],
  [
    'a parameter the strategy has not',
    strategy('use: ema-cross\n    params: { fst: 3 }'),
    9,
    20,
    'strategies[0].params.fst',
    /fast/,
  ],
  [
    'a parameter out of its range',
    strategy('use: ema-cross\n    params: { fast: 1 }'),
    9,
    21,
    'strategies[0].params.fast',
    /from 2 to 200/,
  ],
  ['a condition that is none', strategy('entry: "close > emma(20)"'), 8, 12, 'strategies[0].entry', /emma/],
  [
    'a condition that needs prints',
    strategy('entry: "last > 10000"'),
    8,
    12,
    'strategies[0].entry',
    /닫힌 봉/,
  ],
  ['a strategy without one', strategy('cooldown_sec: 5'), 7, 11, 'strategies[0].name', /exactly one of use/],
  [
    'a strategy that would hear no prints of KRX',
    strategy('use: ema-cross').replace(PAPER, SIMULATED) + 'orders: { route: sor }\n',
    12,
    18,
    'orders.route',
    /bars of KRX/,
  ],
  [
    'two strategies of one name',
    `${strategy('use: ema-cross')}  - name: "내 전략"\n    use: macd-trend\n    symbols: ["000660"]\n    amount_pct: 5\n`,
    11,
    11,
    'strategies[1].name',
    /taken/,
  ],
  [
    'a strategy without an amount',
    strategy('use: ema-cross').replace('    amount_krw: 1000000\n', ''),
    7,
    5,
    'strategies[0]',
    /amount_krw/,
  ],
  ['live', PAPER.replace('paper', 'live'), 3, 16, 'broker.environment', /live is not open yet/],
  ['another environment', PAPER.replace('paper', 'mock'), 3, 16, 'broker.environment', /simulated, paper/],
  ['a key in the file', PAPER.replace('env:KEY', 'a8f7d6'), 4, 11, 'broker.appkey', /env:NAME/],
  ['a missing key', PAPER.replace('  appkey: env:KEY\n', ''), 1, 1, 'broker.appkey', /required/],
  [
    'hosts with paper',
    `${PAPER}  hosts: { rest: http://127.0.0.1:1, socket: ws://127.0.0.1:1 }\n`,
    6,
    10,
    'broker.hosts',
    /remove hosts/,
  ],
  ['simulated without hosts', PAPER.replace('paper', 'simulated'), 1, 1, 'broker', /needs hosts/],
  [
    'a real host as simulated',
    `${PAPER.replace('paper', 'simulated')}  hosts: { rest: https://api.kiwoom.com, socket: ws://127.0.0.1:1 }\n`,
    6,
    18,
    'broker.hosts.rest',
    /of this machine/,
  ],
  [
    'a host that only looks private',
    `${PAPER.replace('paper', 'simulated')}  hosts: { rest: http://127.0.0.1.kiwoom.com, socket: ws://127.0.0.1:1 }\n`,
    6,
    18,
    'broker.hosts.rest',
    /of this machine/,
  ],
  ['NXT with mock investing', `${PAPER}orders: { route: nxt }\n`, 6, 18, 'orders.route', /KRX only/],
  [
    'extended hours with mock investing',
    `${PAPER}orders: { hours: extended }\n`,
    6,
    18,
    'orders.hours',
    /no pre-market/,
  ],
  [
    'extended entries in regular hours',
    `${PAPER}orders: { extended_entries: true }\n`,
    6,
    29,
    'orders.extended_entries',
    /hours: extended/,
  ],
  [
    'extended entries that no hours allow',
    `${SIMULATED}orders: { hours: extended, extended_entries: true }\nhours: { from: "09:00", to: "15:20" }\n`,
    8,
    8,
    'hours',
    /inside the regular session/,
  ],
  ['a stop-limit on KRX', `${PAPER}exits: { at_broker: true }\n`, 6, 21, 'exits.at_broker', /nxt or sor/],
  [
    'a conditional order for NXT',
    `${SIMULATED}orders: { route: nxt }\nexits: { order: conditional }\n`,
    8,
    17,
    'exits.order',
    /nxt takes no conditional/,
  ],
  [
    'a mid order for the router',
    `${SIMULATED}orders: { route: sor }\nexits: { protective_order: mid }\n`,
    8,
    28,
    'exits.protective_order',
    /sor takes no mid/,
  ],
  ['a key twice', `${PAPER}sell: []\nsell: []\n`, 7, 1, '', /twice/],
  ['broken YAML', `${PAPER}buy: [\n`, 7, 1, '', /YAML/],
  ['an empty file', '', 1, 1, 'broker', /required/],
  ['zero positions', `${PAPER}limits:\n  max_positions: 0\n`, 7, 18, 'limits.max_positions', /at least 1/],
  ['a yes that is text', buy('    enabled: "yes"\n'), 9, 14, 'buy[0].enabled', /true or false/],
  ['a list that is none', `${PAPER}sell: none\n`, 6, 7, 'sell', /list/],
]

describe('the web block', () => {
  const WEB = (block: string) => `${PAPER}web: ${block}\n`

  it('opens on this machine alone unless it says otherwise', () => {
    expect(config(PAPER).web).toEqual({
      enabled: true,
      host: '127.0.0.1',
      port: 8787,
      behindProxy: false,
      allow: [],
    })
  })

  it('takes a certificate for other machines, or a proxy that has one', () => {
    const tls = { cert: 'a.pem', key: 'b.pem' }
    expect(config(WEB('{ host: 0.0.0.0, tls: { cert: a.pem, key: b.pem } }')).web).toMatchObject({ tls })
    expect(config(WEB('{ host: 0.0.0.0, behind_proxy: true }')).web).toMatchObject({ behindProxy: true })
    expect(config(WEB('{ host: "::1" }')).web).toMatchObject({ host: '::1' })
  })

  it.each([
    ['{ host: 0.0.0.0 }', /behind_proxy: true/],
    ['{ port: 70000 }', /65535/],
    ['{ allow: ["10.0.0.0/33"] }', /a range/],
    ['{ allow: [somewhere] }', /a range/],
    ['{ public_url: "garam.example.com" }', /https:/],
    ['{ tls: { cert: a.pem } }', /key/],
  ])('refuses %s', (block, why) => {
    const parsed = parseConfig(WEB(block))
    expect(parsed.ok).toBe(false)
    if (!parsed.ok) expect(parsed.error.map(({ en, path }) => `${path} ${en}`).join()).toMatch(why)
  })
})

describe('errors of garam.yaml', () => {
  it.each(WRONG)('points at %s', (_name, text, line, column, path, words) => {
    const found = findings(text)
    expect(found.map((one) => [one.line, one.column, one.path])).toContainEqual([line, column, path])
    const one = found.find((each) => each.path === path)
    expect(`${one?.ko} ${one?.en}`).toMatch(words)
  })

  it('has Korean in the first sentence and none in the second', () => {
    for (const [, text] of WRONG)
      for (const found of findings(text)) {
        expect(found.ko).toMatch(/[가-힣]/)
        expect(found.en.replace(/"[^"]*"/g, '')).not.toMatch(/[가-힣]/)
      }
  })

  it('reports everything at once, in the order of the file', () => {
    const found = findings(
      `${PAPER}sell: none\nexits:\n  stop_loss_pct: 0.03\n  nothing: 1\nexcluded: [005930]\n`,
    )
    expect(found.map((one) => one.line)).toEqual([6, 8, 9, 10])
  })

  it('refuses the twenty-first buy condition', () => {
    const rules = Array.from(
      { length: 21 },
      (_, i) => `  - { condition: "c${i}", amount_krw: 100000 }\n`,
    ).join('')
    expect(findings(`${PAPER}buy:\n${rules}`)[0]).toMatchObject({ path: 'buy', en: 'at most 20' })
  })

  it('prints a finding as file:line:column', () => {
    const [found] = findings(`${PAPER}exits:\n  stop_los_pct: 3\n`)
    expect(found && findingText('garam.yaml', found)).toMatch(
      /^garam\.yaml:7:3 exits\.stop_los_pct: 모르는 키/,
    )
  })
})

describe('units of garam.yaml', () => {
  it('turns percent into ratios, seconds and minutes into milliseconds, times into milliseconds of the day', () => {
    const { settings } = config(`${PAPER}buy:
  - condition: "3"
    window: { from: 09:05, to: "10:00:30" }
    amount_pct: 2.9
    order: ask-2
    cooldown_sec: 90
exits:
  stop_loss_pct: 2.9
  max_hold_min: 12
  atr: { period: 14, multiple: 2.5 }
  end_of_day: "15:10"
unfilled:
  buy: { after_sec: 7.5, then: reprice, times: 2, finally: market }
limits: { max_quote_age_sec: 3, rebuy: { wait_min: 10 } }
`)
    const [rule] = settings.buys
    expect(rule).toMatchObject({
      condition: '3',
      window: { from: timeOfDay('09:05'), to: timeOfDay('10:00:30') },
      amount: { kind: 'equityRatio', ratio: 0.029 },
      order: { kind: 'limit', from: 'ask', ticks: -2 },
      cooldownMs: 90_000,
      enabled: true,
    })
    expect(settings.exits).toMatchObject({
      stopLossRatio: 0.029,
      maxHoldMs: 720_000,
      atr: { period: 14, multiple: 2.5 },
      endOfDay: timeOfDay('15:10'),
      protectiveOrder: { kind: 'market' },
    })
    expect(settings.unfilled.buy).toEqual({ afterMs: 7500, then: 'reprice', times: 2, finally: 'market' })
    expect(settings.limits.maxQuoteAgeMs).toBe(3000)
    expect(settings.limits.rebuy).toEqual({ notToday: false, blockMs: 600_000, notAfterLoss: false })
  })

  it.each([
    ['market', { kind: 'market' }],
    ['last', { kind: 'limit', from: 'last', ticks: 0 }],
    ['last+2', { kind: 'limit', from: 'last', ticks: 2 }],
    ['bid-1', { kind: 'limit', from: 'bid', ticks: -1 }],
  ])('reads the order style %s', (text, style) => {
    expect(config(buy(`    order: ${text}\n`)).settings.buys[0]?.order).toEqual(style)
  })

  it('makes a rule and a play of a strategy', () => {
    const text = strategy('use: ema-cross\n    params: { fast: 5 }\n    interval: 5m\n    exit_order: bid')
    const parsed = parseConfig(text)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
    expect(parsed.value.settings.strategies).toEqual([
      {
        condition: '내 전략',
        name: '내 전략',
        enabled: true,
        window: { from: timeOfDay('09:00'), to: timeOfDay('15:20') },
        amount: { kind: 'krw', krw: 1_000_000 },
        order: { kind: 'market' },
        exitOrder: { kind: 'limit', from: 'bid', ticks: 0 },
        priority: 0,
        cooldownMs: 0,
        cancelOnLeave: false,
        plays: {
          strategy: { id: 'ema-cross' },
          parameters: { fast: 5 },
          instruments: ['005930'],
          interval: '5m',
        },
      },
    ])
    const played = (lines: string) => {
      const read = parseConfig(strategy(lines))
      return read.ok ? read.value.settings.strategies?.[0]?.plays : read.error
    }
    expect(played('use: ./mine.ts\n    params: { low: 25% }')).toMatchObject({
      strategy: { file: expect.stringMatching(/^\/.*mine\.ts$/) },
      parameters: { low: 0.25 },
    })
    expect(played('entry: "close > ema(20)"')).toMatchObject({ strategy: { entry: 'close > ema(20)' } })
  })

  it('leaves out what is not set instead of setting it to nothing', () => {
    const { settings } = config(PAPER)
    expect(Object.keys(settings.exits).sort()).toEqual(['order', 'protectiveOrder', 'trailing'])
    expect('maxLossPerDay' in settings.limits).toBe(false)
    expect(settings.limits.rebuy).toEqual({ notToday: true, notAfterLoss: false })
  })
})

describe('the template of garam init', () => {
  it.each([
    ['market', { kind: 'market' }],
    ['best', { kind: 'best' }],
    ['priority', { kind: 'priority' }],
    ['mid', { kind: 'mid' }],
    ['conditional', { kind: 'conditional', from: 'last', ticks: 0 }],
    ['bid-2', { kind: 'limit', from: 'bid', ticks: -2 }],
  ])('reads the order style %s', (text, style) => {
    expect(config(`${PAPER}exits: { order: ${text} }\n`).settings.exits.order).toEqual(style)
  })

  it('reads where orders go', () => {
    const text = `${SIMULATED}orders: { route: sor, hours: extended }\nexits: { at_broker: true }\n`
    expect(config(text).settings).toMatchObject({
      orders: { route: 'SOR', hours: 'extended', extendedEntries: false },
      exits: { atBroker: true },
    })
    expect(config(PAPER).settings.orders).toEqual({ route: 'KRX', hours: 'regular', extendedEntries: false })
  })

  it('reads corporate actions, exactly', () => {
    const text = `${PAPER}corporate_actions:
  - { code: "005930", kind: split, from: "2026-11-20", ratio: 5 }
  - { code: "000660", kind: bonus_issue, from: "2026-11-20", shares_from: "2026-12-11", ratio: 0.2 }
  - { code: "035720", kind: rights_issue, from: "2026-11-20", ratio: 0.5, issue_price_krw: 8000, close_before_krw: 11000, subscribed: 5 }
`
    const from = '2026-11-20'
    expect(config(text).settings.corporateActions).toEqual([
      { instrument: '005930', from, kind: 'split', into: 5 },
      {
        ...{ instrument: '000660', from, sharesFrom: '2026-12-11', kind: 'bonusIssue' },
        ratio: { numerator: 200_000, denominator: 1_000_000 },
      },
      {
        ...{ instrument: '035720', from, kind: 'rightsIssue', issuePrice: 8_000, closeBefore: 11_000 },
        ...{ subscribed: 5, ratio: { numerator: 500_000, denominator: 1_000_000 } },
      },
    ])
    expect(config(PAPER).settings.corporateActions).toBeUndefined()
  })

  it.each([
    ['a split without its ratio', 'kind: split', 'split needs ratio'],
    ['a split into one and a half', 'kind: split, ratio: 1.5', 'split needs ratio (2, 3, 4 …)'],
    [
      'a rights issue without its price',
      'kind: rights_issue, ratio: 0.5, close_before_krw: 1',
      'rights_issue needs issue_price_krw',
    ],
    ['a day that is none', 'kind: cash_dividend', 'there is no day 2026-02-30'],
  ])('refuses %s', (name, fields, sentence) => {
    const from = name.startsWith('a day') ? '2026-02-30' : '2026-11-20'
    const text = `${PAPER}corporate_actions:\n  - { code: "005930", from: "${from}", ${fields} }\n`
    expect(findings(text).map(({ en }) => en)).toEqual([sentence])
  })

  it.each(['simulated', 'paper'] as const)('parses for %s without a finding', (environment) => {
    const parsed = config(configTemplate(environment))
    expect(parsed.broker.environment).toBe(environment)
    expect(parsed.broker.hosts !== undefined).toBe(environment === 'simulated')
    expect(parsed.settings.buys[0]).toMatchObject({
      condition: '거래량 급증',
      amount: { kind: 'krw', krw: 1_000_000 },
    })
    expect(parsed.settings.exits.trailing).toEqual([
      { activateRatio: 0.02, giveBackRatio: 0.015 },
      { activateRatio: 0.04, giveBackRatio: 0.01 },
    ])
    expect(parsed.journalFolder).toBe('.garam/journal')
  })
})
