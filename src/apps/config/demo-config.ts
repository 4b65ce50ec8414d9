import type { Hosts } from '../../adapters/kiwoom/environment.ts'

/**
 * A lively day: eight buy conditions that differ in amount, price and window, two sell conditions, and every kind of
 * exit. Made to show what the platform does, not to earn money. Its text lies beside the record of a demo, to be edited.
 */
export const demoConfig = (hosts: Hosts, journalFolder: string): string =>
  `# 가람 데모의 설정. 고쳐 저장하면 바로 적용됩니다 · the demo's settings: edit and save, and they apply at once
broker:
  name: kiwoom
  environment: simulated
  appkey: env:GARAM_APPKEY
  secretkey: env:GARAM_SECRETKEY
  hosts: { rest: ${JSON.stringify(hosts.rest)}, socket: ${JSON.stringify(hosts.socket)} }

buy:
${BUYS}
sell:
  - { condition: "5분등락률급락", window: { from: "09:00", to: "15:20" }, order: market }
  - { condition: "이평데드크로스", window: { from: "09:00", to: "15:20" }, order: market }

exits:
  stop_loss_pct: 2
  take_profit_pct: 3
  trailing:
    - { activate_pct: 1.5, give_back_pct: 1 }
    - { activate_pct: 2.5, give_back_pct: 0.6 }
  max_hold_min: 12
  end_of_day: "15:10"
  order: bid
  protective_order: market

unfilled:
  buy: { after_sec: 30, then: reprice, times: 2, finally: cancel }
  sell: { after_sec: 15, then: market }

limits:
  max_positions: 15
  max_orders_per_day: 2000
  max_buy_amount_per_day_krw: 2000000000
  max_amount_per_instrument_krw: 4000000
  max_orders_per_second: 5
  max_loss_per_day_krw: 10000000
  rebuy: { not_today: false, wait_min: 10, not_after_loss: false }
  forbid: { designated: true, upper_limit: true, in_vi: true }
  max_quote_age_sec: 30

hours: { from: "09:00", to: "15:20" }

excluded: []

journal: { folder: ${JSON.stringify(journalFolder)} }
`

/** A rule of the demo: what all have alike, and what this one has of its own. */
const buy = (condition: string, own: string): string =>
  `  - condition: "${condition}"
    cooldown_sec: 120
${own
  .trim()
  .split('\n')
  .map((line) => `    ${line.trim()}`)
  .join('\n')}
`

const USUAL = 'window: { from: "09:00", to: "15:00" }'

const BUYS = [
  buy('거래량급증', `${USUAL}\namount_krw: 2000000\norder: market\npriority: 10`),
  buy('당일신고가돌파', `${USUAL}\namount_krw: 3000000\norder: ask+1\npriority: 9`),
  buy('갭상승유지', 'window: { from: "09:00", to: "10:00" }\namount_krw: 2500000\norder: last\npriority: 5'),
  buy('5분등락률상승', `${USUAL}\namount_pct: 5\norder: last+2\npriority: 8`),
  buy('20분이평상향돌파', `${USUAL}\namount_krw: 1500000\norder: bid\npriority: 5\ncancel_on_leave: true`),
  buy('체결강도강세', `${USUAL}\namount_krw: 2000000\norder: last-1\npriority: 6`),
  buy('급등주(+5%이상)', `${USUAL}\namount_krw: 1800000\norder: ask\npriority: 7`),
  buy('저가대비반등', `${USUAL}\namount_krw: 1200000\norder: bid-1\npriority: 3\ncancel_on_leave: true`),
].join('')
