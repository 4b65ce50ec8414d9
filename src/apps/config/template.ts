/** The environments a new file can be written for. */
export type TemplateEnvironment = 'simulated' | 'paper'

const BROKER: Readonly<Record<TemplateEnvironment, string>> = {
  simulated: `broker:
  name: kiwoom
  environment: simulated          # simulated · paper (모의투자). 실전(live)은 아직 열리지 않았습니다 · live is not open yet
  appkey: env:GARAM_APPKEY        # 키는 파일에 쓰지 않습니다: 환경 변수 이름만 · never the key, only a variable's name
  secretkey: env:GARAM_SECRETKEY
  hosts:                          # garam simulate kiwoom --port 9443 이 알려 주는 주소 · as the simulator prints them
    rest: http://127.0.0.1:9443
    socket: ws://127.0.0.1:9443
`,
  paper: `broker:
  name: kiwoom
  environment: paper              # paper (키움 모의투자) · simulated. 실전(live)은 아직 열리지 않았습니다 · live is not open yet
  appkey: env:KIWOOM_APPKEY       # 키는 파일에 쓰지 않습니다: 환경 변수 이름만 · never the key, only a variable's name
  secretkey: env:KIWOOM_SECRETKEY
`,
}

const TRADING = `
# 매수 조건: 영웅문4에 저장한 조건검색식의 이름, 또는 "3"처럼 따옴표로 감싼 번호. 최대 20개.
# Buy conditions: the name of a saved condition search, or its number in quotes. At most 20.
buy:
  - condition: "거래량 급증"
    window: { from: "09:03", to: "11:00" }
    amount_krw: 1000000           # 또는 amount_pct: 5 (평가자산의 5 %) · or a share of equity
    order: last+1                 # market · last · bid · ask · last+1 (한 호가 위 · one tick above)
    priority: 10                  # 자리가 하나 남으면 큰 쪽부터 · the higher one gets the last place
    cooldown_sec: 60
    cancel_on_leave: true         # 체결 전에 편출되면 취소 · cancel when it leaves before the fill

# 매도 조건: 보유 종목이 편입되면 팝니다 · sell conditions: a held name that enters is sold.
sell: []

# 전략과 내 조건식: 봉이 닫힐 때 판단합니다 · strategies and own conditions, judged when a bar closes: docs/live-strategies.md
# strategies:
#   - name: 내 조건식
#     entry: "close > ema(20)"    # 또는 use: ema-cross, params: { fast: 5, slow: 20 } · or a strategy
#     exit: "close < ema(20)"
#     symbols: ["005930"]
#     interval: 5m
#     amount_krw: 1000000

exits:
  stop_loss_pct: 2.5              # 평균단가 대비 손절. 퍼센트로, 부호 없이 · percent, without a sign
  take_profit_pct: 6
  trailing:                       # 수익이 a %를 넘은 뒤 고점에서 b % 내리면 매도 · from +a %, sell b % below the high
    - { activate_pct: 2, give_back_pct: 1.5 }
    - { activate_pct: 4, give_back_pct: 1 }
  # atr: { period: 14, multiple: 2.5 }
  # max_hold_min: 120
  end_of_day: "15:10"             # 이 시각부터 모두 매도 · everything is sold from here on
  order: market                   # 익절·시간 청산 · profit-taking exits
  protective_order: market        # 손절·트레일링 · protective exits
  at_broker: false                # NXT에 스톱지정가를 걸어 둠 (route nxt·sor) · a stop-limit rests at NXT

unfilled:                         # 미체결: 시간이 지나면 · what happens to an order that does not fill
  buy: { after_sec: 30, then: reprice, times: 2, finally: cancel }
  sell: { after_sec: 10, then: market }

limits:
  max_positions: 5
  max_orders_per_day: 300
  max_buy_amount_per_day_krw: 10000000
  max_amount_per_instrument_krw: 2000000
  max_orders_per_second: 4
  max_loss_per_day_krw: 300000
  rebuy:
    not_today: true               # 오늘 판 종목은 다시 사지 않음 · nothing sold today is bought again
    # wait_min: 30                # (not_today: false 일 때) 매도 후 이 시간 동안 · or only for so long
    not_after_loss: false
  forbid:
    designated: true              # 관리·경고·위험·과열·정리매매 등 · names the exchange warns of
    upper_limit: true
    in_vi: false
  max_quote_age_sec: 10

hours: { from: "09:00", to: "15:20" }

orders:
  route: krx                      # krx · nxt (넥스트레이드) · sor (증권사가 고름 · the broker chooses). 모의투자는 krx만
  hours: regular                  # extended: 프리·애프터마켓에서도 매도 · sells in the pre-market and after-markets too
  extended_entries: false         # 그때 매수도 · and buys

excluded: []                      # 사지 않을 종목, 따옴표로: ["005930"] · codes in quotes

topology: single                  # split: 프로세스를 나눔, 하나가 죽어도 손절은 계속 · apart, stops outlive a death
deadman: true                     # (split) 매매 프로세스가 멎으면 알림 · alarms when the trader dies

web:                              # 대시보드 · the dashboard: docs/configuration.md
  enabled: true
  host: 127.0.0.1                 # 다른 컴퓨터에서 보려면 tls나 behind_proxy와 함께 0.0.0.0 · 0.0.0.0 only with tls or behind_proxy
  port: 8787
  # tls: { cert: fullchain.pem, key: privkey.pem }
  # allow: ["192.168.0.0/24"]     # 접속을 받는 주소 · who may connect

journal:
  folder: .garam/journal          # 모든 판단과 주문의 기록 · the record of every decision and order
`

/** A new `garam.yaml`: every block with its default and one line of why. Parses without a finding. */
export const configTemplate = (environment: TemplateEnvironment): string =>
  `# 가람 설정. 검사: garam doctor · 편집기용 스키마: garam init --schema > garam.schema.json
# Garam settings. Check: garam doctor · schema for editors: garam init --schema > garam.schema.json
# broker, journal, topology, deadman, web 외에는 실행 중에 고쳐도 바로 적용됩니다 · all but these five take effect while running

${BROKER[environment]}${TRADING}`
