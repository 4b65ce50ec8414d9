import type { CorporateAction } from '../../model/corporate-action.ts'
import { instrumentId } from '../../model/ids.ts'
import { price, quantity, type Rate } from '../../model/money.ts'
import { tradingDay } from '../../model/time.ts'
import type { ConfigFile } from './schema.ts'

type Written = ConfigFile['corporate_actions'][number]

const NEEDED: Readonly<Record<Written['kind'], readonly (keyof Written)[]>> = {
  split: ['ratio'],
  reverse_split: ['ratio'],
  bonus_issue: ['ratio'],
  rights_issue: ['ratio', 'issue_price_krw', 'close_before_krw'],
  stock_dividend: ['ratio'],
  cash_dividend: [],
  spin_off: [],
}

const isWholeRatio = (action: Written) => Number.isInteger(action.ratio) && (action.ratio ?? 0) >= 2

/** The keys without which an action of its kind cannot be reckoned; a split or merger goes by whole shares. */
export function missingOf(action: Written): readonly string[] {
  const missing: string[] = NEEDED[action.kind].filter((key) => action[key] === undefined)
  const isByWhole = action.kind === 'split' || action.kind === 'reverse_split'
  if (isByWhole && action.ratio !== undefined && !isWholeRatio(action)) return ['ratio (2, 3, 4 …)']
  return missing
}

/** 2026-02-30 is spelled well and still none. */
export const isDay = (text: string | undefined): boolean =>
  text === undefined || new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)

const MILLIONTHS = 1_000_000

/** 0.2 new shares for one: exact to a millionth, as announcements are. */
const rate = (ratio = 0): Rate => ({ numerator: Math.round(ratio * MILLIONTHS), denominator: MILLIONTHS })

/** After the file was found to be without contradictions. */
export function corporateAction(action: Written): CorporateAction {
  const of = {
    instrument: instrumentId(action.code),
    from: tradingDay(action.from),
    ...(action.shares_from !== undefined && { sharesFrom: tradingDay(action.shares_from) }),
  }
  switch (action.kind) {
    case 'split':
      return { ...of, kind: 'split', into: action.ratio ?? 0 }
    case 'reverse_split':
      return { ...of, kind: 'reverseSplit', of: action.ratio ?? 0 }
    case 'bonus_issue':
      return { ...of, kind: 'bonusIssue', ratio: rate(action.ratio) }
    case 'stock_dividend':
      return { ...of, kind: 'stockDividend', ratio: rate(action.ratio) }
    case 'rights_issue':
      return {
        ...{ ...of, kind: 'rightsIssue', ratio: rate(action.ratio) },
        issuePrice: price(action.issue_price_krw ?? 0),
        closeBefore: price(action.close_before_krw ?? 0),
        ...(action.subscribed !== undefined && { subscribed: quantity(action.subscribed) }),
      }
    case 'cash_dividend':
      return { ...of, kind: 'cashDividend' }
    case 'spin_off':
      return { ...of, kind: 'spinOff' }
  }
}
