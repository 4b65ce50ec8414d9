import { useState } from 'react'
import { at } from '../../../contract/settings-changes.ts'
import { Field, Segments } from '../../parts/field.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import { useSay } from '../../state/say.ts'
import { FormProvider, type SettingsForm, useForm } from '../settings/form.ts'
import { ReviewSheet } from '../settings/review.tsx'
import { defaultAt, goesWith, type SettingPath, withEdits } from '../settings/view.ts'
import { PlayFields } from './play-fields.tsx'
import { RuleFields } from './rule-fields.tsx'
import { useKinds } from './use-conditions.ts'
import { nameOf, type PlayKind, playKind, type Rule, type RuleList, rulesOf } from './view.ts'

const FIRST: Readonly<Record<RuleList, Rule>> = {
  buy: { condition: '', amount_krw: 1_000_000 },
  sell: { condition: '' },
  strategies: { name: '', use: 'ema-cross', symbols: [], interval: '5m', amount_krw: 1_000_000 },
}

/** A new rule, made in a form of its own and looked at before it is written. */
export function AddRule({ list, onClose }: { readonly list: RuleList; readonly onClose: () => void }) {
  const say = useSay()
  const file = useForm()
  const index = rulesOf(file.saved, list).length
  const [rule, setRule] = useState<Rule>(FIRST[list])
  const [isReviewing, setReviewing] = useState(false)
  const edit = { path: [list, index], value: rule }
  const form: SettingsForm = {
    ...file,
    saved: withRule(file, edit.path, rule),
    values: withRule(file, edit.path, rule),
    set: (path, value) => setRule((now) => changed(now, path.slice(2), value, path)),
  }
  const isNamed = nameOf(list, rule).trim() !== ''
  if (isReviewing)
    return <ReviewSheet edit={{ edits: [edit] }} onClose={() => setReviewing(false)} onDone={onClose} />
  return (
    <Sheet
      title={TITLES[list](say)}
      onClose={onClose}
      foot={
        <button
          type="button"
          className="button primary"
          disabled={!isNamed}
          onClick={() => setReviewing(true)}
        >
          {say('검토 · 추가', 'Review and add')}
        </button>
      }
    >
      <FormProvider value={form}>
        <Name
          list={list}
          rule={rule}
          onChange={(name) =>
            setRule((now) => ({ ...now, [list === 'strategies' ? 'name' : 'condition']: name }))
          }
        />
        {list === 'strategies' && <PlayChoice rule={rule} setRule={setRule} />}
        {list === 'strategies' && <PlayFields rule={rule} path={edit.path} />}
        <RuleFields list={list} path={edit.path} />
      </FormProvider>
    </Sheet>
  )
}

const TITLES: Readonly<Record<RuleList, (say: ReturnType<typeof useSay>) => string>> = {
  buy: (say) => say('매수 조건 추가', 'Add a buy condition'),
  sell: (say) => say('매도 조건 추가', 'Add a sell condition'),
  strategies: (say) => say('전략 추가', 'Add a strategy'),
}

/** The settings as they would be with the rule in them, so that controls find their values. */
function withRule({ saved, defaults, schema }: SettingsForm, path: SettingPath, rule: Rule) {
  const fallback = (place: SettingPath) => defaultAt(defaults, schema, place)
  const filled = [
    'enabled',
    'window',
    'order',
    'exit_order',
    'priority',
    'cooldown_sec',
    'cancel_on_leave',
  ].map((key) => [key, fallback([...path, key])] as const)
  const known = Object.fromEntries(filled.filter(([, value]) => value !== undefined))
  return withEdits(saved, [{ path: [...path], value: { ...known, ...rule } }], fallback)
}

function changed(rule: Rule, inside: SettingPath, value: unknown, path: SettingPath): Rule {
  const base =
    inside[0] === 'window' && rule.window === undefined
      ? { ...rule, window: { from: '09:00', to: '15:20' } }
      : rule
  const others = goesWith(path, value).map((each) => ({
    path: each.slice(2) as (string | number)[],
    value: null,
  }))
  return withEdits(base, [{ path: [...inside], value: value ?? null }, ...others], () => undefined)
}

function Name(props: {
  readonly list: RuleList
  readonly rule: Rule
  readonly onChange: (name: string) => void
}) {
  const say = useSay()
  const isStrategy = props.list === 'strategies'
  return (
    <Field
      label={
        isStrategy
          ? say('이름', 'Name')
          : say('조건검색식 이름이나 번호', 'Name or number of the condition search')
      }
      hint={
        isStrategy
          ? say(
              '주문과 기록에 남습니다. 나중에 바꾸면 전에 산 것을 알아보지 못합니다.',
              'Stands on orders and in the record. Renamed later, it does not know what it bought before.',
            )
          : say(
              '영웅문4에 저장한 조건검색식의 이름을 그대로 씁니다.',
              'Exactly as the condition search is saved in the HTS.',
            )
      }
    >
      {(control) => (
        <input
          {...control}
          className="input"
          value={nameOf(props.list, props.rule)}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

const withoutPlay = (rule: Rule): Rule =>
  Object.fromEntries(
    Object.entries(rule).filter(([key]) => !['use', 'entry', 'exit', 'params'].includes(key)),
  )

function PlayChoice({
  rule,
  setRule,
}: {
  readonly rule: Rule
  readonly setRule: (change: (now: Rule) => Rule) => void
}) {
  const say = useSay()
  const kinds = useKinds()
  const kind = playKind(rule)
  const choose = (next: PlayKind) =>
    setRule((now) => {
      const rest = withoutPlay(now)
      if (next === 'written') return { ...rest, entry: '' }
      return { ...rest, use: next === 'file' ? './my-strategy.ts' : (kinds[0]?.id ?? 'ema-cross') }
    })
  const chosen = String(at(rule, ['use']) ?? '')
  return (
    <>
      <Segments
        label={say('무엇으로 판단할까', 'What decides')}
        value={kind}
        options={[
          ['known', say('내장 전략', 'Built-in')],
          ['written', say('조건식', 'Condition')],
          ['file', say('내 파일', 'My file')],
        ]}
        onChange={choose}
      />
      {kind === 'known' && (
        <Field label={say('전략', 'Strategy')}>
          {(control) => (
            <select
              {...control}
              className="select"
              value={chosen}
              onChange={(event) => {
                const use = event.target.value
                const interval = kinds.find(({ id }) => id === use)?.interval
                setRule(({ params: _, ...now }) => ({
                  ...now,
                  use,
                  ...(interval !== undefined && { interval }),
                }))
              }}
            >
              {kinds.map(({ id, title }) => (
                <option key={id} value={id}>
                  {say(title.ko, title.en)} ({id})
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {kind === 'file' && (
        <p className="note warn">
          {say(
            '전략 파일은 여러분의 코드로, 이 컴퓨터의 디스크와 망에 닿을 수 있습니다. 믿는 파일만 쓰세요.',
            'A strategy file is code of yours that can reach disk and network of this machine. Use files you trust.',
          )}
        </p>
      )}
    </>
  )
}
