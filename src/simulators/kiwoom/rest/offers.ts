import { CAPACITY_OFFERS } from './account-capacity.ts'
import { CASH_OFFERS } from './account-cash.ts'
import { HOLDING_OFFERS } from './account-holdings.ts'
import { ORDER_LIST_OFFERS } from './account-orders.ts'
import { PROFIT_OFFERS } from './account-profit.ts'
import { BATCH_OFFERS } from './batch-quote.ts'
import { CHART_OFFERS } from './charts.ts'
import { LIST_OFFERS } from './lists.ts'
import type { Offers } from './offer.ts'
import { ORDER_OFFERS } from './orders.ts'
import { QUOTE_OFFERS } from './quotes.ts'
import { RANKING_OFFERS } from './rankings.ts'
import { SECTOR_OFFERS } from './sectors.ts'

/** Everything this simulator answers by REST; the rest of the index is refused by name. */
export const OFFERS: Offers = {
  ...CASH_OFFERS,
  ...HOLDING_OFFERS,
  ...ORDER_LIST_OFFERS,
  ...PROFIT_OFFERS,
  ...CAPACITY_OFFERS,
  ...ORDER_OFFERS,
  ...QUOTE_OFFERS,
  ...BATCH_OFFERS,
  ...CHART_OFFERS,
  ...LIST_OFFERS,
  ...SECTOR_OFFERS,
  ...RANKING_OFFERS,
}
