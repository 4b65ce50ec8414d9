import type { InstrumentId } from '../../model/ids.ts'
import { type Description, type DescriptionFailed, NO_SUCH_INSTRUMENT } from '../../model/market-event.ts'
import type { TradingDay } from '../../model/time.ts'
import { err, ok, type Result } from '../../std/result.ts'
import type { Stamper } from './codec/stamper.ts'
import { bareCode } from './codec/values.ts'
import { type KiwoomHttp, URGENCY } from './http.ts'
import { describeInstrument } from './map.ts'
import { basicsReply, type Listing, listingReply, listingsReply } from './wire.ts'

export interface Describer {
  describe(instrument: InstrumentId): void
  /** Loads the listings of the whole market (ka10099) into the day's memory, so that each `describe` asks one thing less. */
  preload(): Promise<void>
}

type Failure = { readonly code: string; readonly text: string }

/** 0 KOSPI (with ETF and ETN), 10 KOSDAQ. */
const MARKETS = ['0', '10']

/** Basic information from ka10001 (prices, band) and ka10100 (status), the latter remembered for the day. */
export function createDescriber(options: {
  readonly http: Pick<KiwoomHttp, 'query'>
  readonly stamper: Stamper
  readonly emit: (event: Description | DescriptionFailed) => void
}): Describer {
  const { http, stamper, emit } = options
  const underWay = new Set<InstrumentId>()
  const listings = new Map<InstrumentId, Listing>()
  let listingsDay: TradingDay | undefined

  const memory = (): Map<InstrumentId, Listing> => {
    const day = stamper.day()
    if (listingsDay !== day) listings.clear()
    listingsDay = day
    return listings
  }

  const listingOf = async (instrument: InstrumentId): Promise<Result<Listing, Failure>> => {
    const known = memory().get(instrument)
    if (known) return ok(known)
    const reply = await http.query('ka10100', { stk_cd: instrument }, URGENCY.describe)
    if (!reply.ok) return err(failureOf(instrument, reply.error))
    const parsed = listingReply.safeParse(reply.value)
    if (parsed.success && parsed.data.code === '') return err(noSuch(instrument))
    if (!parsed.success || bareCode(parsed.data.code) !== instrument) return err(unknown(instrument))
    memory().set(instrument, parsed.data)
    return ok(parsed.data)
  }

  const look = async (instrument: InstrumentId): Promise<Result<Description, Failure>> => {
    const askedAt = stamper.now()
    const [basics, listing] = await Promise.all([
      http.query('ka10001', { stk_cd: instrument }, URGENCY.describe),
      listingOf(instrument),
    ])
    if (!listing.ok) return listing
    if (!basics.ok) return err(failureOf(instrument, basics.error))
    const parsed = basicsReply.safeParse(basics.value)
    const description =
      parsed.success && bareCode(parsed.data.stk_cd) === instrument
        ? describeInstrument(instrument, parsed.data, listing.value, stamper.day(), stamper.now())
        : undefined
    return description ? ok({ ...description, askedAt }) : err(unknown(instrument))
  }

  return {
    describe: (instrument) => {
      if (underWay.has(instrument)) return
      underWay.add(instrument)
      void look(instrument).then((result) => {
        underWay.delete(instrument)
        const now = stamper.now()
        if (result.ok) emit(result.value)
        else {
          const { code, text } = result.error
          emit({ kind: 'descriptionFailed', at: now, receivedAt: now, instrument, code, text })
        }
      })
    },
    preload: async () => {
      for (const market of MARKETS) {
        const reply = await http.query('ka10099', { mrkt_tp: market }, URGENCY.poll)
        const parsed = listingsReply.safeParse(reply.ok ? reply.value : undefined)
        if (!parsed.success) continue
        for (const listing of parsed.data.list) {
          const code = bareCode(listing.code)
          if (code !== undefined) memory().set(code as InstrumentId, listing)
        }
      }
    },
  }
}

/** 1902: no such stock; some queries answer it with blanks instead. Source: Kiwoom REST API guide, error codes. */
const failureOf = (instrument: InstrumentId, error: Failure): Failure =>
  error.code === '1902' ? noSuch(instrument) : error

const noSuch = (instrument: InstrumentId): Failure => ({
  code: NO_SUCH_INSTRUMENT,
  text: `${instrument}: 그런 종목이 없습니다 · there is no such instrument`,
})

const unknown = (instrument: InstrumentId): Failure => ({
  code: 'unknownInstrument',
  text: `종목 정보를 알 수 없습니다 · no usable information on ${instrument}`,
})
