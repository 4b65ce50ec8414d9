import { type ReactNode, useEffect, useState } from 'react'
import type { SettingField } from '../../../contract/settings-fields.ts'
import { ORDER_WORDS, orderParts, valueWords } from '../../../contract/settings-words.ts'
import { Field, Switch } from '../../parts/field.tsx'
import { roughWon } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { useSetting } from './form.ts'
import {
  addressesOf,
  codesOf,
  faultOf,
  fieldAt,
  fieldNote,
  inputText,
  isNumeric,
  pathText,
  type SettingPath,
  typedValue,
} from './view.ts'

/** One setting with its name, unit, default and range, and what it was before it was changed here. */
export function SettingControl({
  path,
  isRequired,
}: {
  readonly path: SettingPath
  readonly isRequired?: boolean
}) {
  const field = fieldAt(path)
  if (!field) return null
  return field.control === 'flag' ? (
    <FlagControl path={path} field={field} />
  ) : (
    <ValueControl path={path} field={field} isRequired={isRequired ?? false} />
  )
}

interface Of {
  readonly path: SettingPath
  readonly field: SettingField
}

function FlagControl({ path, field }: Of) {
  const say = useSay()
  const sentence = useSentence()
  const { value, saved, preset, node, isChanged, isLocked, finding, set } = useSetting(path)
  const note = sentence(fieldNote(field, node, preset ?? false, false))
  return (
    <div className={isChanged ? 'field setting changed' : 'field setting'} data-key={pathText(path)}>
      <Switch on={value === true} disabled={isLocked} onChange={set}>
        {say(field.ko, field.en)}
      </Switch>
      <span className="hint">{note}</span>
      {finding && (
        <span className="wrong" role="alert">
          {sentence(finding)}
        </span>
      )}
      {isChanged && <Before field={field} saved={saved} back={() => set(saved)} />}
    </div>
  )
}

function ValueControl({ path, field, isRequired }: Of & { readonly isRequired: boolean }) {
  const say = useSay()
  const sentence = useSentence()
  const { value, saved, preset, node, isChanged, isLocked, finding, set } = useSetting(path)
  const fault = faultOf(field, node, value, isRequired) ?? finding
  return (
    <div className={isChanged ? 'setting changed' : 'setting'} data-key={pathText(path)}>
      <Field
        label={
          <>
            {say(field.ko, field.en)}
            {field.restart && <span className="chip">{say('다시 시작', 'restart')}</span>}
          </>
        }
        hint={
          <Hint field={field} value={value} note={sentence(fieldNote(field, node, preset, isRequired))} />
        }
        wrong={fault && sentence(fault)}
      >
        {(control) => <Input {...control} field={field} value={value} isLocked={isLocked} set={set} />}
      </Field>
      {isChanged && <Before field={field} saved={saved} back={() => set(saved)} />}
    </div>
  )
}

/** Long sums are read aloud as well: a zero too many is seen here. */
function Hint({
  field,
  value,
  note,
}: {
  readonly field: SettingField
  readonly value: unknown
  readonly note: string
}) {
  const language = usePreferences((preferences) => preferences.language)
  if (field.control !== 'won' || typeof value !== 'number') return note
  const spoken = language === 'ko' ? `${roughWon(value, language)}원` : `${roughWon(value, language)} won`
  return (
    <>
      <strong>{spoken}</strong> · {note}
    </>
  )
}

function Before({
  field,
  saved,
  back,
}: {
  readonly field: SettingField
  readonly saved: unknown
  readonly back: () => void
}) {
  const say = useSay()
  const sentence = useSentence()
  const was = sentence(valueWords(field, saved))
  return (
    <span className="row before">
      <span className="chip accent">{say(`저장된 값 ${was}`, `saved ${was}`)}</span>
      <button type="button" className="button small" onClick={back}>
        {say('되돌리기', 'Undo')}
      </button>
    </span>
  )
}

interface InputProps {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': boolean | undefined
  readonly field: SettingField
  readonly value: unknown
  readonly isLocked: boolean
  readonly set: (value: unknown) => void
}

function Input(props: InputProps): ReactNode {
  switch (props.field.control) {
    case 'choice':
      return <ChoiceInput {...props} />
    case 'order':
      return <OrderInput {...props} />
    case 'codes':
    case 'addresses':
      return <CodesInput {...props} />
    default:
      return <TextInput {...props} />
  }
}

function ChoiceInput({ field, value, isLocked, set, ...control }: InputProps) {
  const say = useSay()
  return (
    <select
      {...control}
      className="select"
      value={value === undefined ? '' : String(value)}
      disabled={isLocked}
      onChange={(event) => set(event.target.value === '' ? undefined : event.target.value)}
    >
      {(value === undefined || field.none) && (
        <option value="">{field.none ? say(...field.none) : '–'}</option>
      )}
      {Object.entries(field.choices ?? {}).map(([key, words]) => (
        <option key={key} value={key}>
          {say(...words)}
        </option>
      ))}
    </select>
  )
}

const WITH_TICKS = ['last', 'bid', 'ask']

function OrderInput({ field, value, isLocked, set, ...control }: InputProps) {
  const say = useSay()
  const sentence = useSentence()
  const { kind, ticks } = orderParts(typeof value === 'string' ? value : 'market')
  const write = (next: string, away: number) =>
    set(WITH_TICKS.includes(next) && away !== 0 ? `${next}${away > 0 ? '+' : '-'}${Math.abs(away)}` : next)
  return (
    <div className="row order-input">
      <select
        {...control}
        className="select"
        value={kind}
        disabled={isLocked}
        onChange={(event) => write(event.target.value, ticks)}
      >
        {Object.entries(ORDER_WORDS).map(([key, words]) => (
          <option key={key} value={key}>
            {sentence(words)}
          </option>
        ))}
      </select>
      {WITH_TICKS.includes(kind) && (
        <span className="input-unit">
          <input
            className="input ticks"
            type="number"
            min={-100}
            max={100}
            step={1}
            value={ticks}
            disabled={isLocked}
            aria-label={`${say(field.ko, field.en)}: ${say('틱', 'ticks')}`}
            onChange={(event) => write(kind, Math.round(Number(event.target.value)))}
          />
          <span>{say('틱', 'ticks')}</span>
        </span>
      )}
    </div>
  )
}

function TextInput({ field, value, isLocked, set, ...control }: InputProps) {
  const say = useSay()
  const [text, setText] = useState(() => inputText(field, value))
  const [isTyping, setTyping] = useState(false)
  // What changes elsewhere is shown here, but not under the fingers of whoever types.
  useEffect(() => {
    if (!isTyping) setText(inputText(field, value))
  }, [field, value, isTyping])
  const isWide = !isNumeric(field) && field.control !== 'time' && field.control !== 'day'
  return (
    <span className="input-unit">
      <input
        {...control}
        className={isWide ? 'input' : 'input figure-input'}
        inputMode={isNumeric(field) ? 'decimal' : 'text'}
        value={text}
        disabled={isLocked || field.control === 'secret'}
        placeholder={field.none ? say(...field.none) : field.control === 'time' ? '09:00' : ''}
        autoComplete="off"
        spellCheck={false}
        onFocus={() => setTyping(true)}
        onBlur={() => setTyping(false)}
        onChange={(event) => {
          setText(event.target.value)
          set(typedValue(field, event.target.value))
        }}
      />
      {field.unit && <span>{say(...field.unit)}</span>}
    </span>
  )
}

function CodesInput({ field, value, isLocked, set, ...control }: InputProps) {
  const say = useSay()
  const [text, setText] = useState('')
  const codes = Array.isArray(value) ? value.map(String) : []
  const isCodes = field.control === 'codes'
  const typed = isCodes ? codesOf(text) : addressesOf(text)
  const add = () => {
    const more = typed.filter((code) => !codes.includes(code))
    if (more.length > 0) set([...codes, ...more])
    setText('')
  }
  return (
    <div className="stack tight">
      <div className="row codes">
        {codes.map((code) => (
          <span key={code} className="chip code">
            {code}
            <button
              type="button"
              disabled={isLocked}
              aria-label={say(`${code} 빼기`, `Remove ${code}`)}
              onClick={() => set(codes.filter((each) => each !== code))}
            >
              ×
            </button>
          </span>
        ))}
        {codes.length === 0 && <span className="quiet">{say('없음', 'none')}</span>}
      </div>
      <div className="input-unit">
        <input
          {...control}
          className="input"
          value={text}
          disabled={isLocked}
          placeholder={isCodes ? '005930, 000660' : '192.168.0.0/24'}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <button type="button" className="button" disabled={isLocked || typed.length === 0} onClick={add}>
          {say('추가', 'Add')}
        </button>
      </div>
    </div>
  )
}
