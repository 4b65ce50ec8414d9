import { localTimeOfDay } from '../../model/home-venue.ts'
import { type ConditionId, conditionId, type InstrumentId } from '../../model/ids.ts'
import type { Order } from '../../model/order.ts'
import type { StrategyRule } from '../../model/settings.ts'
import type { Signal } from '../../model/signal.ts'
import { insideWindow, strategyRuleOf } from '../universe/candidates.ts'
import { cancelOrder, type Desk, type ExitWish, nameOf, refuse, tell } from './desk.ts'
import { onEnter } from './entering.ts'
import { wishExit } from './leaving.ts'

/** A strategy's opinion goes the way of a condition's hit: candidate, size, review. One to be flat is an exit. */
export function onSignal(desk: Desk, signal: Signal): void {
  const { strategy, instrument, want, weightRatio } = signal
  const side = want === 'long' ? 'buy' : 'sell'
  const condition: ConditionId = conditionId(strategy)
  const rule = strategyRuleOf(desk.settings, condition)
  if (!rule?.enabled) return refuse(desk, instrument, side, strategy, { code: 'conditionDisabled' })
  const reason = `${rule.name}: ${signal.reason.ko}`
  if (want === 'flat') return onFlat(desk, instrument, rule, reason)
  const { at, receivedAt } = signal
  const hit = { kind: 'screen', condition, instrument, change: 'enter', initial: false } as const
  onEnter(desk, { at, receivedAt, ...hit }, rule, {
    reason,
    ...(weightRatio !== undefined && { weightRatio }),
  })
}

/** What somebody else wants, is buying or has bought is neither its to give up nor to sell. */
function onFlat(desk: Desk, instrument: InstrumentId, rule: StrategyRule, reason: string): void {
  const { condition, window } = rule
  if (desk.candidates.leave({ instrument, condition }))
    refuse(desk, instrument, 'buy', condition, { code: 'leftBeforeOrder' })
  const isHeld = desk.ledger.positions.get(instrument)?.condition === condition
  const buys = desk.orders.openOf(instrument).filter((order) => isEntryOf(order, condition))
  if (!isHeld && buys.length === 0) return
  const isTime = insideWindow(window, desk.venue, desk.notes.now)
  const exit: ExitWish = { kind: 'signal', reason, style: rule.exitOrder }
  for (const order of buys) giveUp(desk, order, rule, isTime ? exit : undefined)
  if (!isHeld) return
  if (isTime) return wishExit(desk, instrument, exit)
  const now = localTimeOfDay(desk.venue, desk.notes.now)
  refuse(desk, instrument, 'sell', condition, { code: 'outsideConditionWindow', now, ...window })
}

const isEntryOf = ({ side, purpose }: Order, condition: ConditionId): boolean =>
  side === 'buy' && purpose.to === 'enter' && purpose.condition === condition

/** What it buys before the cancel arrives leaves again. */
function giveUp(desk: Desk, order: Order, { name }: StrategyRule, exit: ExitWish | undefined): void {
  if (!cancelOrder(desk, order, { then: 'nothing', ...(exit && { exit }) })) return
  const what = nameOf(desk, order.instrument)
  tell(
    desk,
    'info',
    `${what}: ${name} 이(가) 생각을 바꿔 미체결 매수를 취소합니다`,
    `${what}: ${name} has changed its mind, cancelling its unfilled buy`,
  )
}
