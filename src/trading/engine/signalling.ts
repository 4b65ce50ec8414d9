import { localTimeOfDay } from '../../model/home-venue.ts'
import { type ConditionId, conditionId } from '../../model/ids.ts'
import type { Signal } from '../../model/signal.ts'
import { insideWindow, strategyRuleOf } from '../universe/candidates.ts'
import { type Desk, refuse } from './desk.ts'
import { onEnter } from './entering.ts'
import { wishExit } from './leaving.ts'

/** A strategy's opinion goes the way of a condition's hit: candidate, size, review. One to be flat is an exit. */
export function onSignal(desk: Desk, signal: Signal): void {
  const { strategy, instrument, want, reason } = signal
  const side = want === 'long' ? 'buy' : 'sell'
  const condition: ConditionId = conditionId(strategy)
  const rule = strategyRuleOf(desk.settings, condition)
  if (!rule?.enabled) return refuse(desk, instrument, side, strategy, { code: 'conditionDisabled' })
  if (want === 'long') {
    if (signal.weightRatio === undefined) desk.weights.delete(instrument)
    else desk.weights.set(instrument, signal.weightRatio)
    const { at, receivedAt } = signal
    const hit = { kind: 'screen', condition, instrument, change: 'enter', initial: false } as const
    return onEnter(desk, { at, receivedAt, ...hit }, rule, `${rule.name}: ${reason.ko}`)
  }
  if (desk.candidates.drop(instrument)) refuse(desk, instrument, 'buy', strategy, { code: 'leftBeforeOrder' })
  // What somebody else bought is not its to sell.
  if (desk.ledger.positions.get(instrument)?.condition !== condition) return
  if (!insideWindow(rule.window, desk.venue, desk.notes.now)) {
    const { from, to } = rule.window
    const now = localTimeOfDay(desk.venue, desk.notes.now)
    return refuse(desk, instrument, 'sell', strategy, { code: 'outsideConditionWindow', now, from, to })
  }
  wishExit(desk, instrument, { kind: 'signal', reason: `${rule.name}: ${reason.ko}`, style: rule.exitOrder })
}
