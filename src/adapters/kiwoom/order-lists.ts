import type { VenueError } from '../../model/venue-error.ts'
import type { Clock, EpochMs } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { bareCode } from './codec/values.ts'
import { type KiwoomHttp, URGENCY } from './http.ts'
import { type ListedOrder, listedOrder } from './map-orders.ts'
import { type FillRow, fillRow, orderRow } from './wire.ts'

/** The order list as it was read. */
export interface Look {
  readonly startedMarket: EpochMs
  readonly startedWall: EpochMs
  readonly rows: readonly ListedOrder[]
  /** Nothing that was asked for is missing. */
  readonly complete: boolean
  /** It holds every order of the day. */
  readonly isWhole: boolean
}

/** How much of the list the questions at hand need. */
export interface Reach {
  /** The one instrument they are about; blank for several. */
  readonly stock: string
  /** Nothing below this number; `undefined`: to the end, as the absence of an order without a number wants. */
  readonly down: number | undefined
}

/** Today, last order first, everything, all exchanges. Source: wire reference §8.12, §8.13. */
const ORDER_LIST = {
  ord_dt: '',
  qry_tp: '2',
  stk_bond_tp: '0',
  sell_tp: '0',
  fr_ord_no: '',
  dmst_stex_tp: '%',
}
const FILL_LIST = {
  ord_dt: '',
  stk_bond_tp: '0',
  mrkt_tp: '0',
  sell_tp: '0',
  qry_tp: '1',
  fr_ord_no: '',
  dmst_stex_tp: '%',
}

/** Every order of the day. */
export const WHOLE: Reach = { stock: '', down: undefined }

/** The broker's two lists of the day: orders (kt00007) and fills (kt00009). */
export interface OrderLists {
  /** A row that cannot be read makes the look incomplete: rows may be missing. */
  orders(reach: Reach): Promise<Result<Look, VenueError>>
  /** Of one stock, or of all when it is blank. Errors: not readable as a whole. */
  fills(stock: string): Promise<Result<readonly FillRow[], VenueError>>
}

export function createOrderLists(options: {
  readonly http: KiwoomHttp
  readonly clock: Clock
  readonly wall: Clock
}): OrderLists {
  const { http, clock, wall } = options
  return {
    orders: async ({ stock, down }: Reach): Promise<Result<Look, VenueError>> => {
      const [startedMarket, startedWall] = [clock.now(), wall.now()]
      const pages = await http.pages(
        'kt00007',
        { ...ORDER_LIST, stk_cd: stock },
        'acnt_ord_cntr_prps_dtl',
        URGENCY.settle,
        down === undefined ? undefined : { field: 'ord_no', number: down },
      )
      if (!pages.ok) return pages
      const rows = new Map<string, ListedOrder>()
      let complete = pages.value.end !== 'gaveUp'
      for (const raw of pages.value.rows) {
        const parsed = orderRow.safeParse(raw)
        // Bonds and the like have no stock code.
        if (parsed.success && bareCode(parsed.data.stk_cd) === undefined) continue
        const row = parsed.success ? listedOrder(parsed.data) : undefined
        if (row) rows.set(row.number, row)
        else complete = false
      }
      const isWhole = complete && pages.value.end === 'last' && stock === ''
      return ok({ startedMarket, startedWall, rows: [...rows.values()], complete, isWhole })
    },
    fills: async (stock: string): Promise<Result<readonly FillRow[], VenueError>> => {
      const body = { ...FILL_LIST, stk_cd: stock }
      const pages = await http.pages('kt00009', body, 'acnt_ord_cntr_prst_array', URGENCY.settle)
      if (!pages.ok) return pages
      if (pages.value.end === 'gaveUp') return err(incomplete())
      const rows: FillRow[] = []
      for (const raw of pages.value.rows) {
        const parsed = fillRow.safeParse(raw)
        if (!parsed.success) return err(incomplete())
        rows.push(parsed.data)
      }
      return ok(rows)
    },
  }
}

export const incomplete = (): VenueError => ({
  kind: 'unavailable',
  code: 'incomplete',
  text: '체결 목록을 다 읽지 못했습니다 · the fill list could not be read whole',
})
