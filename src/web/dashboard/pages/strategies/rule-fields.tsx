import { at } from '../../../contract/settings-changes.ts'
import { Segments } from '../../parts/field.tsx'
import { useSay } from '../../state/say.ts'
import { SettingControl } from '../settings/control.tsx'
import { useForm } from '../settings/form.ts'
import type { SettingPath } from '../settings/view.ts'
import type { RuleList } from './view.ts'

const FIRST_WON = 1_000_000
const FIRST_PERCENT = 5

/** What every rule has: when, how much, how it is ordered. */
export function RuleFields({ list, path }: { readonly list: RuleList; readonly path: SettingPath }) {
  const keys: Readonly<Record<RuleList, readonly string[]>> = {
    buy: ['order', 'priority', 'cooldown_sec', 'cancel_on_leave'],
    sell: ['order'],
    strategies: ['order', 'exit_order', 'priority', 'cooldown_sec'],
  }
  return (
    <div className="settings-fields">
      {list !== 'sell' && <Amount path={path} />}
      <SettingControl path={[...path, 'window', 'from']} />
      <SettingControl path={[...path, 'window', 'to']} />
      {keys[list].map((key) => (
        <SettingControl key={key} path={[...path, key]} />
      ))}
    </div>
  )
}

/** In won, or as a share of what the account is worth: one of the two. */
function Amount({ path }: { readonly path: SettingPath }) {
  const say = useSay()
  const { values, set, isLocked } = useForm()
  const isShare = at(values, [...path, 'amount_pct']) !== undefined
  return (
    <div className="stack tight">
      <SettingControl path={[...path, isShare ? 'amount_pct' : 'amount_krw']} isRequired />
      {!isLocked && (
        <Segments
          label={say('금액의 단위', 'Unit of the amount')}
          value={isShare ? 'pct' : 'krw'}
          options={[
            ['krw', say('원', 'won')],
            ['pct', say('평가자산의 %', '% of equity')],
          ]}
          onChange={(unit) => {
            if ((unit === 'pct') === isShare) return
            if (unit === 'pct') set([...path, 'amount_pct'], FIRST_PERCENT)
            else set([...path, 'amount_krw'], FIRST_WON)
          }}
        />
      )}
    </div>
  )
}
