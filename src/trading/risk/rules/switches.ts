import type { RiskRule } from '../rule.ts'

/** `reducing` still lets sales out, `halted` lets nothing out, not even a stop. */
export const killSwitch: RiskRule = ({ side }, { halt }) =>
  halt === 'halted' || (halt === 'reducing' && side === 'buy')
    ? { code: 'tradingHalted', state: halt }
    : undefined

export const notPaused: RiskRule = ({ side }, { buyingPaused }) =>
  side === 'buy' && buyingPaused ? { code: 'buyingPaused' } : undefined

/** Cash and holdings are not known: a buy could be a second one, or one without money behind it. */
export const accountKnown: RiskRule = ({ side }, view) =>
  side === 'buy' && !view.accountKnown ? { code: 'accountUnknown' } : undefined

/** Prices move unseen. A sale is still better than holding blindly. */
export const feedLive: RiskRule = ({ side }, { feedUp }) =>
  side === 'buy' && !feedUp ? { code: 'feedDown' } : undefined
