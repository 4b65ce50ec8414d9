import { ABSENT_OFFERS } from './absent.ts'
import { CAPACITY_OFFERS } from './account-capacity.ts'
import { CASH_OFFERS } from './account-cash.ts'
import { ACCOUNT_HISTORY_OFFERS } from './account-history.ts'
import { HOLDING_OFFERS } from './account-holdings.ts'
import { MARGIN_OFFERS } from './account-margin.ts'
import { ORDER_LIST_OFFERS } from './account-orders.ts'
import { PROFIT_OFFERS } from './account-profit.ts'
import { BATCH_OFFERS } from './batch-quote.ts'
import { BOOK_RANKING_OFFERS } from './book-rankings.ts'
import { BROKER_OFFERS } from './broker-trades.ts'
import { CHART_OFFERS } from './charts.ts'
import { DAY_QUOTE_OFFERS } from './day-quotes.ts'
import { EXTREME_OFFERS } from './extremes.ts'
import { FUND_OFFERS } from './funds.ts'
import { INDEX_OFFERS } from './index-charts.ts'
import { INVESTOR_DAY_OFFERS } from './investor-days.ts'
import { INVESTOR_MARKET_OFFERS } from './investor-market.ts'
import { INVESTOR_RANKING_OFFERS } from './investor-rankings.ts'
import { LIST_OFFERS } from './lists.ts'
import type { Offers } from './offer.ts'
import { ORDER_OFFERS } from './orders.ts'
import { PROGRAM_OFFERS } from './program-trades.ts'
import { QUOTE_OFFERS } from './quotes.ts'
import { RANKING_OFFERS } from './rankings.ts'
import { SECTOR_OFFERS } from './sectors.ts'
import { SHORT_SALE_OFFERS } from './short-sales.ts'
import { THEME_OFFERS } from './themes.ts'
import { TRADE_LIST_OFFERS } from './trade-lists.ts'

/**
 * Every id of the index that is asked by REST. What it cannot answer it refuses in the vendor's words; the ids of the
 * WebSocket are answered there.
 */
export const OFFERS: Offers = {
  ...CASH_OFFERS,
  ...HOLDING_OFFERS,
  ...ORDER_LIST_OFFERS,
  ...PROFIT_OFFERS,
  ...CAPACITY_OFFERS,
  ...ACCOUNT_HISTORY_OFFERS,
  ...MARGIN_OFFERS,
  ...ORDER_OFFERS,
  ...QUOTE_OFFERS,
  ...DAY_QUOTE_OFFERS,
  ...TRADE_LIST_OFFERS,
  ...BATCH_OFFERS,
  ...CHART_OFFERS,
  ...LIST_OFFERS,
  ...SECTOR_OFFERS,
  ...INDEX_OFFERS,
  ...THEME_OFFERS,
  ...FUND_OFFERS,
  ...RANKING_OFFERS,
  ...EXTREME_OFFERS,
  ...BOOK_RANKING_OFFERS,
  ...INVESTOR_DAY_OFFERS,
  ...INVESTOR_RANKING_OFFERS,
  ...INVESTOR_MARKET_OFFERS,
  ...BROKER_OFFERS,
  ...PROGRAM_OFFERS,
  ...SHORT_SALE_OFFERS,
  ...ABSENT_OFFERS,
}
