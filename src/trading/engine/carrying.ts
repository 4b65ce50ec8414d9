import {
  type AdjustedHolding,
  adjustedHolding,
  adjustedPrice,
  type CorporateAction,
  guessedAction,
  priceFactor,
} from '../../model/corporate-action.ts'
import type { InstrumentId } from '../../model/ids.ts'
import { floorShare, type Price, type Rate } from '../../model/money.ts'
import type { Position } from '../../model/position.ts'
import { kstDay, type TradingDay } from '../../model/time.ts'
import { shares } from '../notify/words.ts'
import type { Tracked } from '../portfolio/exit.ts'
import { amountWords } from './amount-words.ts'
import { type Desk, tell } from './desk.ts'
import type { Carried } from './events.ts'

/** Corporate actions over night: what was carried from yesterday is put in today's terms before the books open. */

/** Yesterday's positions after the announced actions of today, and of the days since they were noted. */
export function carriedInTodaysTerms(desk: Desk): readonly Carried[] {
  return (desk.opened.carried ?? []).flatMap((carried) => {
    const actions = desk.settings.corporateActions?.filter(
      ({ instrument }) => instrument === carried.position.instrument,
    )
    const after = (actions ?? []).reduce((each, action) => adjusted(desk, each, action), carried)
    return after.position.quantity === 0 ? [] : [after]
  })
}

function adjusted(desk: Desk, carried: Carried, action: CorporateAction): Carried {
  const isNew = (from: TradingDay) =>
    from === desk.day || (carried.day !== undefined && from > carried.day && from < desk.day)
  const withPrices = isNew(action.from) ? inNewPrices(desk, carried, action) : carried
  return isNew(action.sharesFrom ?? action.from) ? withShares(desk, withPrices, action) : withPrices
}

function inNewPrices(desk: Desk, carried: Carried, action: CorporateAction): Carried {
  const { tracked, last, ...rest } = carried
  if (action.kind === 'spinOff') {
    tell(
      desk,
      'urgent',
      `${action.instrument} 인적분할: 기준가를 비율로 조정할 수 없습니다. 고점을 새로 잡습니다. 손절 기준(평균단가)을 확인하세요`,
      `${action.instrument} spun off a company: no ratio adjusts its price. Its tracked high begins anew; check the average price its stop hangs on`,
    )
    return rest
  }
  return {
    ...rest,
    ...(tracked && { tracked: trackedAfter(tracked, action) }),
    ...(last !== undefined && { last: adjustedPrice(action, last) ?? last }),
  }
}

/**
 * The position as its exits see it: between the ex-day and the new shares its cost, like the price, is that of the old shares
 * alone, or the fall of the price would be taken for a loss. Only what was held before the ex-day has a claim to new ones.
 */
export function inExitTerms(desk: Desk, position: Position): Position {
  const cost = (desk.settings.corporateActions ?? [])
    .filter((action) => awaitsShares(action, position, desk.day))
    .reduce((before, action) => floorShare(before, priceFactor(action) ?? WHOLE), position.cost)
  return cost === position.cost ? position : { ...position, cost }
}

const WHOLE: Rate = { numerator: 1, denominator: 1 }

function awaitsShares(action: CorporateAction, { instrument, openedAt }: Position, day: TradingDay): boolean {
  const { from, sharesFrom = from } = action
  const comes = action.kind !== 'rightsIssue' || action.subscribed !== undefined
  return (
    comes && action.instrument === instrument && from <= day && day < sharesFrom && kstDay(openedAt) < from
  )
}

function trackedAfter(tracked: Tracked, action: CorporateAction): Tracked {
  const { atrStop } = tracked
  return {
    ...tracked,
    high: adjustedPrice(action, tracked.high) ?? tracked.high,
    ...(atrStop && { atrStop: { ...atrStop, price: adjustedPrice(action, atrStop.price) ?? atrStop.price } }),
  }
}

function withShares(desk: Desk, carried: Carried, action: CorporateAction): Carried {
  const { position } = carried
  const after = adjustedHolding(action, position)
  if (after === undefined) return carried
  if (after.quantity !== position.quantity) tellShares(desk, carried, action, after)
  return { ...carried, position: { ...position, quantity: after.quantity, cost: after.cost } }
}

const NAMES: Readonly<Record<CorporateAction['kind'], { readonly ko: string; readonly en: string }>> = {
  split: { ko: '액면분할', en: 'split' },
  reverseSplit: { ko: '액면병합·감자', en: 'reverse split' },
  bonusIssue: { ko: '무상증자', en: 'bonus issue' },
  rightsIssue: { ko: '유상증자', en: 'rights issue' },
  stockDividend: { ko: '주식배당', en: 'stock dividend' },
  cashDividend: { ko: '현금배당', en: 'cash dividend' },
  spinOff: { ko: '인적분할', en: 'spin-off' },
  delisting: { ko: '상장폐지', en: 'delisting' },
}

function tellShares(
  desk: Desk,
  { position }: Carried,
  action: CorporateAction,
  after: AdjustedHolding,
): void {
  const [name, before, now] = [NAMES[action.kind], shares(position.quantity), shares(after.quantity)]
  const { inLieu } = after
  const ko = inLieu
    ? `, 단주 ${fractionOf(inLieu)}주(취득가 ${amountWords(desk, inLieu.cost).ko})는 현금 지급`
    : ''
  const en = inLieu
    ? `, ${fractionOf(inLieu)} of a share (cost ${amountWords(desk, inLieu.cost).en}) is paid in cash`
    : ''
  tell(
    desk,
    'info',
    `${action.instrument} ${name.ko}: ${before.ko} → ${now.ko}, 취득가 ${amountWords(desk, after.cost).ko}${ko}`,
    `${action.instrument} ${name.en}: ${before.en} → ${now.en}, cost ${amountWords(desk, after.cost).en}${en}`,
  )
}

const fractionOf = ({ fraction }: NonNullable<AdjustedHolding['inLieu']>): string =>
  `${fraction.numerator}/${fraction.denominator}`

/** The broker holds another number of shares than was carried: kept until the base price tells why. */
export function suspectActions(desk: Desk, carried: readonly Carried[]): void {
  for (const each of carried) {
    const { instrument, quantity } = each.position
    const held = desk.ledger.positions.get(instrument)
    if (!held || held.quantity === quantity) continue
    desk.suspected.set(instrument, each)
    const view = desk.market.of(instrument)
    if (view) resolveSuspicion(desk, view.listing.id, view.basePrice)
  }
}

/** Shares and base price together: when an event fits both exactly, its name is told and the trailing high goes along. */
export function resolveSuspicion(desk: Desk, instrument: InstrumentId, basePrice: Price): void {
  const carried = desk.suspected.get(instrument)
  const held = desk.ledger.positions.get(instrument)
  desk.suspected.delete(instrument)
  if (!carried || !held) return
  const before = carried.position.quantity
  const action =
    carried.last &&
    guessedAction(
      { instrument, from: desk.day },
      { quantity: before, close: carried.last },
      { quantity: held.quantity, base: basePrice },
    )
  const [was, is] = [shares(before), shares(held.quantity)]
  if (!action)
    return tell(
      desk,
      'warning',
      `${instrument} 보유 수량이 어제와 다릅니다: ${was.ko} → ${is.ko}. 증권사 잔고를 따릅니다`,
      `${instrument}: ${was.en} were held yesterday, the broker has ${is.en}; its word is taken`,
    )
  follow(desk, instrument, carried, action)
  tell(
    desk,
    'warning',
    `${instrument} ${NAMES[action.kind].ko}로 보입니다: ${was.ko} → ${is.ko}, 기준가 ${amountWords(desk, basePrice).ko}. 고점도 함께 조정했습니다`,
    `${instrument} looks like a ${NAMES[action.kind].en}: ${was.en} → ${is.en}, base price ${amountWords(desk, basePrice).en}; the tracked high went along`,
  )
}

function follow(desk: Desk, instrument: InstrumentId, { tracked }: Carried, action: CorporateAction): void {
  if (!tracked) return
  desk.tracked.set(instrument, trackedAfter(tracked, action))
  desk.bounds.delete(instrument)
}
