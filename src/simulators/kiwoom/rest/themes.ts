import { directionSign, signedPercent } from '../format.ts'
import { shownPrice, type Tape } from '../market/tape.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { textOf } from './fields.ts'
import type { Call, Offers } from './offer.ts'
import { dayRate, quoteFields } from './screening.ts'

const FIRST_CODE = 100

interface Theme {
  readonly code: string
  readonly name: string
  readonly members: readonly Tape[]
}

/** Themes of the market in the order of their first stock; a stock here has one theme at most. */
function themesOf(call: Call): readonly Theme[] {
  const members = new Map<string, Tape[]>()
  for (const tape of call.market.tapes) {
    const { theme } = tape.listing
    if (theme === undefined) continue
    members.set(theme, [...(members.get(theme) ?? []), tape])
  }
  return [...members].map(([name, tapes], index) => ({
    code: String(FIRST_CODE + index),
    name,
    members: tapes,
  }))
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/** Return over the last days: today's price against the close so many trading days ago. */
const returnOf = (call: Call, tape: Tape): number => {
  const days = Math.min(99, Math.max(1, Number(textOf(call.body, 'date_tp')) || 1))
  return shownPrice(tape) / (call.history.daily(tape).at(-days)?.close ?? tape.base) - 1
}

const wanted = (call: Call, theme: Theme): boolean => {
  const kind = textOf(call.body, 'qry_tp')
  if (kind === '1') return theme.name.includes(textOf(call.body, 'thema_nm'))
  return kind !== '2' || theme.members.some(({ id }) => id === textOf(call.body, 'stk_cd'))
}

function ka90001(call: Call): Sheet {
  const sort = textOf(call.body, 'flu_pl_amt_tp')
  const rows = themesOf(call)
    .filter((theme) => wanted(call, theme))
    .map((theme) => ({
      theme,
      today: mean(theme.members.map(dayRate)),
      span: mean(theme.members.map((tape) => returnOf(call, tape))),
    }))
  const weight = ({ today, span }: (typeof rows)[number]) => (sort === '1' || sort === '2' ? span : today)
  const falls = sort === '2' || sort === '4'
  rows.sort((a, b) => (weight(b) - weight(a)) * (falls ? -1 : 1))
  return {
    rows: rows.map(({ theme, today, span }) => ({
      thema_grp_cd: theme.code,
      thema_nm: theme.name,
      stk_num: String(theme.members.length),
      flu_sig: directionSign(1 + today, 1, undefined),
      flu_rt: signedPercent(today),
      rising_stk_num: String(theme.members.filter((tape) => dayRate(tape) > 0).length),
      fall_stk_num: String(theme.members.filter((tape) => dayRate(tape) < 0).length),
      dt_prft_rt: signedPercent(span),
      main_stk: theme.members
        .toSorted((a, b) => b.value - a.value)
        .slice(0, 2)
        .map(({ listing }) => listing.instrument.name)
        .join(','),
    })),
  }
}

function ka90002(call: Call): Sheet {
  const theme = themesOf(call).find(({ code }) => code === textOf(call.body, 'thema_grp_cd'))
  const members = (theme?.members ?? []).toSorted((a, b) => dayRate(b) - dayRate(a))
  return {
    top: {
      flu_rt: signedPercent(mean(members.map(dayRate))),
      dt_prft_rt: signedPercent(mean(members.map((tape) => returnOf(call, tape)))),
    },
    rows: members.map((tape) => ({
      ...quoteFields(call, tape),
      dt_prft_rt_n: signedPercent(returnOf(call, tape)),
    })),
  }
}

/** ka90001 테마그룹별, ka90002 테마구성종목 */
export const THEME_OFFERS: Offers = {
  ka90001: catalogued('ka90001', ka90001),
  ka90002: catalogued('ka90002', ka90002),
}
