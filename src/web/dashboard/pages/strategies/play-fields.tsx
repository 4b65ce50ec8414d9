import type { BarInterval } from '../../../contract/conditions.ts'
import { at } from '../../../contract/settings-changes.ts'
import { useSay } from '../../state/say.ts'
import { SettingControl } from '../settings/control.tsx'
import { useForm } from '../settings/form.ts'
import type { SettingPath } from '../settings/view.ts'
import { ConditionEditor } from './condition-editor.tsx'
import { ParametersForm } from './parameters-form.tsx'
import { Today } from './today.tsx'
import { useKinds } from './use-conditions.ts'
import { playKind, type Rule } from './view.ts'

/** What a strategy plays and on what: a strategy of ours with its parameters, a file, or conditions of one's own. */
export function PlayFields({ rule, path }: { readonly rule: Rule; readonly path: SettingPath }) {
  const kinds = useKinds()
  const kind = kinds.find(({ id }) => id === rule.use)
  return (
    <div className="stack">
      <div className="settings-fields">
        <SettingControl path={[...path, 'interval']} />
        <SettingControl path={[...path, 'symbols']} isRequired />
        {playKind(rule) === 'file' && <SettingControl path={[...path, 'use']} isRequired />}
      </div>
      {playKind(rule) === 'written' && <Conditions path={path} />}
      {kind && Object.keys(kind.parameters).length > 0 && <ParametersForm kind={kind} path={path} />}
    </div>
  )
}

function Conditions({ path }: { readonly path: SettingPath }) {
  const say = useSay()
  const { values, set, isLocked } = useForm()
  const text = (key: string) => String(at(values, [...path, key]) ?? '')
  const interval = String(at(values, [...path, 'interval']) ?? '1m') as BarInterval
  const symbols = at(values, [...path, 'symbols'])
  return (
    <div className="stack">
      <ConditionEditor
        label={say('매수 조건식: 맞게 되는 순간 삽니다', 'Buy condition: buys when it becomes true')}
        text={text('entry')}
        interval={interval}
        isLocked={isLocked}
        placeholder={say(
          '종가가 지수이동평균(20)을 상향돌파 그리고 RSI(14)가 70 미만',
          'close crosses above ema(20) and rsi(14) < 70',
        )}
        onChange={(next) => set([...path, 'entry'], next)}
      />
      <Today
        text={text('entry')}
        interval={interval}
        symbols={Array.isArray(symbols) ? symbols.map(String) : []}
        isReady={text('entry').trim() !== ''}
      />
      <ConditionEditor
        label={say(
          '매도 조건식: 비워 두면 매수 조건이 더 맞지 않을 때 팝니다',
          'Sell condition: empty sells when the buy condition no longer holds',
        )}
        text={text('exit')}
        interval={interval}
        isLocked={isLocked}
        placeholder={say('종가가 지수이동평균(20)을 하향돌파', 'close crosses below ema(20)')}
        onChange={(next) => set([...path, 'exit'], next === '' ? undefined : next)}
      />
    </div>
  )
}
