/** The address of every page of the dashboard, for what has to hold on each of them. */
export const PATHS = [
  '/',
  '/chart/005930',
  '/strategies',
  '/why',
  '/orders',
  '/backtest',
  '/performance',
  '/risk',
  '/journal',
  '/settings',
] as const
