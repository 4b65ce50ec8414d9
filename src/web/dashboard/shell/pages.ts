import { type ComponentType, lazy } from 'react'
import { TodayPage } from '../pages/today/page.tsx'

export interface PageEntry {
  readonly path: string
  /** Where it is found with what may follow; the path itself when absent. */
  readonly route?: string
  readonly ko: string
  readonly en: string
  /** Path data of a 24-unit icon, drawn with a stroke. */
  readonly icon: string
  readonly Page: ComponentType
  /** Has a place in the bar at the foot of a phone. */
  readonly onPhone?: true
}

/** A page is fetched when it is first opened; Today is what most people look at, and comes with the shell. */
const page = (load: () => Promise<ComponentType>): ComponentType =>
  lazy(async () => ({ default: await load() }))

export const PAGES: readonly PageEntry[] = [
  {
    path: '/',
    ko: '오늘',
    en: 'Today',
    icon: 'M4 12l8-8 8 8M6 10v10h12V10',
    Page: TodayPage,
    onPhone: true,
  },
  {
    path: '/chart',
    route: '/chart/:instrument?',
    ko: '차트',
    en: 'Chart',
    icon: 'M7 4v3M7 15v4M5 7h4v8H5zM17 4v5M17 16v4M15 9h4v7h-4z',
    Page: page(async () => (await import('../pages/chart/page.tsx')).ChartPage),
  },
  {
    path: '/strategies',
    ko: '전략·조건',
    en: 'Strategies',
    icon: 'M4 6h10M18 6h2M4 12h4M12 12h8M4 18h8M16 18h4M16 4v4M10 10v4M14 16v4',
    Page: page(async () => (await import('../pages/strategies/page.tsx')).StrategiesPage),
  },
  {
    path: '/why',
    ko: '왜?',
    en: 'Why',
    icon: 'M9.5 9a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1 1-1.1 1.8M12 16.5v.2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
    Page: page(async () => (await import('../pages/why/page.tsx')).WhyPage),
    onPhone: true,
  },
  {
    path: '/orders',
    route: '/orders/:id?',
    ko: '주문·체결',
    en: 'Orders',
    icon: 'M8 4h8M6 4h12v16l-3-2-3 2-3-2-3 2zM9 9h6M9 13h4',
    Page: page(async () => (await import('../pages/orders/page.tsx')).OrdersPage),
    onPhone: true,
  },
  {
    path: '/backtest',
    route: '/backtest/*?',
    ko: '백테스트',
    en: 'Backtest',
    icon: 'M4 19h16M7 16l3-5 3 3 5-8M18 6v4M18 6h-4',
    Page: page(async () => (await import('../pages/backtest/page.tsx')).BacktestPage),
  },
  {
    path: '/performance',
    ko: '성과',
    en: 'Performance',
    icon: 'M5 20V11M10 20V5M15 20v-7M20 20V8',
    Page: page(async () => (await import('../pages/performance/page.tsx')).PerformancePage),
  },
  {
    path: '/risk',
    ko: '위험',
    en: 'Risk',
    icon: 'M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM12 8v5M12 16v.2',
    Page: page(async () => (await import('../pages/risk/page.tsx')).RiskPage),
  },
  {
    path: '/journal',
    ko: '기록',
    en: 'Journal',
    icon: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6',
    Page: page(async () => (await import('../pages/journal/page.tsx')).JournalPage),
  },
  {
    path: '/settings',
    ko: '설정',
    en: 'Settings',
    icon: 'M12 9a3 3 0 100 6 3 3 0 000-6zM19 12l2-1-2-4-2 1-2-1V5h-4v2l-2 1-2-1-2 4 2 1v1l-2 1 2 4 2-1 2 1v2h4v-2l2-1 2 1 2-4-2-1z',
    Page: page(async () => (await import('../pages/settings/page.tsx')).SettingsPage),
  },
]
