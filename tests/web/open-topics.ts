import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { wallClock } from '../../src/apps/system.ts'
import { createHistory } from '../../src/apps/web/history.ts'
import { createJobs } from '../../src/apps/web/jobs.ts'
import { createRecords } from '../../src/apps/web/records.ts'
import { createResearch } from '../../src/apps/web/research.ts'
import { createSettingsFile } from '../../src/apps/web/settings-file.ts'
import { backtestRoutes } from '../../src/web/server/backtest-routes.ts'
import { createBarStore } from '../../src/web/server/bar-store.ts'
import { chartRoutes } from '../../src/web/server/chart.ts'
import { commandRoutes } from '../../src/web/server/commands.ts'
import { conditionRoutes } from '../../src/web/server/conditions.ts'
import type { DeskLine } from '../../src/web/server/desk-line.ts'
import { performanceRoutes } from '../../src/web/server/performance-routes.ts'
import { recordsRoutes } from '../../src/web/server/records-routes.ts'
import { riskRoutes } from '../../src/web/server/risk.ts'
import type { Routes } from '../../src/web/server/routes.ts'
import { settingsRoutes } from '../../src/web/server/settings.ts'
import { strategyRoutes } from '../../src/web/server/strategies.ts'

/** The routes behind the pages, one line each, on what a looker may safely touch. */
export const openTopics = async (options: {
  readonly line: DeskLine
  readonly folder?: string
  readonly catalog?: string
  readonly journal?: string
}): Promise<readonly Routes[]> => {
  // The records and bars of whoever looks, if there are any.
  // A run is a process of its own, in a folder of its own.
  const catalog = resolve(options.catalog ?? '.garam/catalog')
  const { line, journal = '.garam/journal' } = options
  const { folder = mkdtempSync(join(tmpdir(), 'garam-look-')) } = options
  const bars = createBarStore({ line, wall: wallClock })
  const research = createResearch(catalog)
  const jobs = await createJobs({ folder: join(folder, 'runs'), catalog, wall: wallClock })
  const records = createRecords({ folder: journal, wall: wallClock })
  return [
    recordsRoutes({ records }),
    commandRoutes({ line }),
    chartRoutes({ line, bars }),
    riskRoutes({ line, bars, wall: wallClock }),
    settingsRoutes({ file: createSettingsFile(sampleSettings(folder)), audit: () => undefined }),
    conditionRoutes({ line }),
    strategyRoutes(),
    backtestRoutes({ jobs, research }),
    performanceRoutes({
      history: createHistory({
        sources: [{ id: 'account', title: ACCOUNT, environment: 'simulated', folder: journal }],
        cache: join(folder, 'days'),
        wall: wallClock,
      }),
    }),
  ]
}

const ACCOUNT = { ko: '시뮬레이션 계좌', en: 'Simulated account' }

/** A file of its own for whoever looks, with the conditions that the made-up trader knows. */
function sampleSettings(folder: string): string {
  const path = join(folder, 'garam.yaml')
  writeFileSync(path, SETTINGS)
  return path
}

const SETTINGS = `# 가람 설정
broker:
  name: kiwoom
  environment: paper              # 모의투자
  appkey: env:KIWOOM_APPKEY
  secretkey: env:KIWOOM_SECRETKEY

buy:
  - condition: 거래량급증
    window: { from: "09:03", to: "11:00" }
    amount_krw: 1000000           # 한 번 살 금액
    order: last+1
    priority: 10
    cancel_on_leave: true
  - condition: 당일신고가돌파
    amount_pct: 5
    order: best
    priority: 5
  - condition: 5분등락률상승
    enabled: false
    amount_krw: 1500000
    cooldown_sec: 120

sell:
  - condition: 급락이탈

strategies:
  - name: 단기 교차
    use: ema-cross
    params: { fast: 5, slow: 20 }
    symbols: ["005930", "000660"]
    interval: 5m
    amount_krw: 1000000
    priority: 7
  - name: 눌림목
    entry: "종가가 지수이동평균(20) 초과 그리고 RSI(14)가 45를 상향돌파"
    exit: "종가가 지수이동평균(20) 미만"
    symbols: ["005930", "035420"]
    interval: 1m
    amount_krw: 800000

exits:
  stop_loss_pct: 2.5              # 평균단가 대비 손절
  take_profit_pct: 6
  trailing:
    - { activate_pct: 2, give_back_pct: 1.5 }
    - { activate_pct: 4, give_back_pct: 1 }
  end_of_day: "15:10"

unfilled:
  buy: { after_sec: 30, then: reprice, times: 2, finally: cancel }
  sell: { after_sec: 10, then: market }

limits:
  max_positions: 5
  max_buy_amount_per_day_krw: 10000000
  max_amount_per_instrument_krw: 2000000
  max_loss_per_day_krw: 300000

excluded: ["900140"]
`
