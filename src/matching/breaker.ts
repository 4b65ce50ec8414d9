import {
  BREAKER_CALL_MS,
  BREAKER_HALT_MS,
  BREAKER_SUSTAINED_MS,
  type BreakerRule,
  type BreakerStage,
  type BreakerView,
  breakerRules,
  breakerWindow,
  isDeepEnough,
} from '../model/circuit-breaker.ts'
import type { EpochMs } from '../std/clock.ts'
import { type Floor, randomEnd } from './floor.ts'
import { createIndexes, type IndexName, type IndexValue, isIndexName } from './indexes.ts'
import type { InstrumentMarket } from './instrument-market.ts'
import { collectAgain, endForToday, standStill } from './market-stop.ts'

/** 서킷브레이커 of both markets. Each is judged by its own index and stops its own instruments. */
export interface Breaker {
  /** A price was made: the index it belongs to may have moved. */
  watch(market: InstrumentMarket): void
  /** Lets a stage go off whatever the index says; `false` when it cannot now. */
  trip(market: IndexName, stage: BreakerStage): boolean
}

/**
 * Fewer members make no market: the index of a handful of names falls 8 % when one of them has a bad day. Below this
 * number the breaker goes off by `trip` alone. Our choice.
 */
const FEWEST_MEMBERS = 30

interface Watched {
  readonly market: IndexName
  readonly instruments: readonly InstrumentMarket[]
  readonly hasIndex: boolean
  /** What went off today, with the index at which it did. */
  last: { readonly stage: BreakerStage; readonly value: number } | undefined
  /** Since when the index lies deep enough for the next stage. */
  since: EpochMs | undefined
  isStanding: boolean
}

/**
 * Watches the indexes of what is listed: KOSPI and KOSDAQ stocks, capitalisation weighted, against the closes of yesterday.
 * A stage goes off when its index has stayed deep enough for a minute, each at most once a day and only after the one before.
 * Time spent standing still or in the call that follows does not count. Source: KRX English site, circuit breakers; rule
 * book §1.8.
 */
export function createBreaker(floor: Floor, markets: readonly InstrumentMarket[]): Breaker {
  const indexes = createIndexes({ listings: markets.map(({ listing }) => listing) })
  const rules = breakerRules(floor.day)
  const watched: Readonly<Record<IndexName, Watched>> = {
    KOSPI: watchedOf('KOSPI', markets),
    KOSDAQ: watchedOf('KOSDAQ', markets),
  }
  const nextRule = ({ last }: Watched): BreakerRule | undefined =>
    rules.find(({ stage }) => stage > (last?.stage ?? 0))

  const isItsTime = (rule: BreakerRule): boolean => {
    const window = breakerWindow(rule, floor.day)
    return window !== undefined && floor.now >= window.from && floor.now <= window.to
  }

  /** Starts the minute, or forgets that it ran. */
  const judge = (its: Watched) => {
    const rule = nextRule(its)
    if (rule === undefined || its.isStanding) return
    if (!isDeepEnough(rule, viewOf(its, indexes.value(its.market)))) its.since = undefined
    else if (its.since === undefined) {
      const since = floor.now
      its.since = since
      floor.agenda.at(since + BREAKER_SUSTAINED_MS, () => {
        if (its.since === since && isItsTime(rule)) goOff(its, rule)
      })
    }
  }

  const tell = ({ market }: Watched, { stage }: BreakerRule, state: 'halted' | 'call' | 'off' | 'closed') =>
    floor.emit({ kind: 'breaker', market, stage, state, at: floor.now })

  const goOff = (its: Watched, rule: BreakerRule) => {
    its.last = { stage: rule.stage, value: indexes.value(its.market).value }
    its.since = undefined
    its.isStanding = true
    tell(its, rule, rule.endsTheDay ? 'closed' : 'halted')
    for (const each of its.instruments) {
      if (rule.endsTheDay) endForToday(floor, each)
      else standStill(floor, each)
    }
    if (!rule.endsTheDay) floor.agenda.at(floor.now + BREAKER_HALT_MS, () => call(its, rule))
  }

  /** One random end for the whole market. */
  const call = (its: Watched, rule: BreakerRule) => {
    const lasts = BREAKER_CALL_MS + randomEnd(floor, `breaker/${its.market}/${rule.stage}`)
    tell(its, rule, 'call')
    for (const each of its.instruments) collectAgain(floor, each, lasts)
    floor.agenda.at(floor.now + lasts, () => {
      its.isStanding = false
      tell(its, rule, 'off')
      judge(its)
    })
  }

  return {
    watch(market) {
      const name = market.listing.instrument.market
      if (!isIndexName(name) || !watched[name].hasIndex) return
      indexes.update(market.id, market.last)
      judge(watched[name])
    },
    trip(market, stage) {
      const its = watched[market]
      const rule = rules.find((each) => each.stage === stage)
      const isOpen = floor.phase === 'continuous' || (rule?.atAnyTime && floor.phase === 'closingCall')
      if (rule === undefined || !isOpen || !isItsTime(rule)) return false
      if (its.isStanding || stage <= (its.last?.stage ?? 0)) return false
      goOff(its, rule)
      return true
    },
  }
}

const viewOf = ({ last }: Watched, { value, change }: IndexValue): BreakerView => ({
  close: value - change,
  value,
  ...(last === undefined ? {} : { before: last.value }),
})

function watchedOf(market: IndexName, markets: readonly InstrumentMarket[]): Watched {
  const instruments = markets.filter(({ listing }) => listing.instrument.market === market)
  const members = instruments.filter(({ listing }) => listing.instrument.class === 'stock')
  const hasIndex = members.length >= FEWEST_MEMBERS
  return { market, instruments, hasIndex, last: undefined, since: undefined, isStanding: false }
}
