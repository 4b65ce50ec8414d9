import { useEffect, useState } from 'react'
import { at } from '../../../contract/settings-changes.ts'
import type { StrategyKind, StrategyParameter } from '../../../contract/strategies.ts'
import { Field, Switch } from '../../parts/field.tsx'
import { useSay } from '../../state/say.ts'
import { useForm } from '../settings/form.ts'
import type { SettingPath } from '../settings/view.ts'
import { isOutside, parameterRange, shownParameter, writtenParameter } from './parameters.ts'

/** What can be turned on a strategy of ours, with its range, its default and the way back to it. */
export function ParametersForm({ kind, path }: { readonly kind: StrategyKind; readonly path: SettingPath }) {
  const say = useSay()
  return (
    <fieldset className="settings-group">
      <legend>{say(`${kind.title.ko}의 값`, `Parameters of ${kind.title.en}`)}</legend>
      <div className="settings-fields">
        {Object.entries(kind.parameters).map(([key, parameter]) => (
          <Parameter key={key} name={key} parameter={parameter} path={[...path, 'params', key]} />
        ))}
      </div>
      <p className="hint">
        {say(
          `기본값으로는 봉 ${kind.warmUpBars}개를 본 뒤부터 의견을 냅니다.`,
          `By its defaults it has an opinion after ${kind.warmUpBars} bars.`,
        )}
        {kind.interval !== undefined &&
          ` ${say(`${kind.interval} 봉에 맞춰져 있습니다.`, `Made for bars of ${kind.interval}.`)}`}
      </p>
    </fieldset>
  )
}

interface Of {
  readonly name: string
  readonly parameter: StrategyParameter
  readonly path: SettingPath
}

function Parameter({ name, parameter, path }: Of) {
  const say = useSay()
  const { values, saved, set, isLocked } = useForm()
  const value = at(values, path)
  const isChanged = JSON.stringify(value ?? null) !== JSON.stringify(at(saved, path) ?? null)
  const label = say(parameter.label.ko, parameter.label.en)
  const preset = `${shownParameter(parameter, parameter.default)}${parameter.kind === 'ratio' ? '%' : ''}`
  const reset =
    value !== undefined && value !== parameter.default && !isLocked ? (
      <button type="button" className="button small" onClick={() => set(path, undefined)}>
        {say(`기본값 ${preset}`, `Default ${preset}`)}
      </button>
    ) : null
  if (parameter.kind === 'flag')
    return (
      <div className={isChanged ? 'setting changed' : 'setting'}>
        <Switch
          on={value === undefined ? parameter.default : value === true}
          disabled={isLocked}
          onChange={(on) => set(path, on)}
        >
          {label}
        </Switch>
        {reset}
      </div>
    )
  return (
    <div className={isChanged ? 'setting changed' : 'setting'}>
      <Field
        label={
          <>
            {label} <code className="quiet">{name}</code>
          </>
        }
        hint={say(
          `기본 ${preset} · ${parameterRange(parameter)}`,
          `default ${preset} · ${parameterRange(parameter)}`,
        )}
        wrong={
          isOutside(parameter, value)
            ? say(
                `${parameterRange(parameter)} 안의 값이어야 합니다`,
                `It must lie in ${parameterRange(parameter)}`,
              )
            : undefined
        }
      >
        {(control) =>
          parameter.kind === 'choice' ? (
            <select
              {...control}
              className="select"
              value={String(value ?? parameter.default)}
              disabled={isLocked}
              onChange={(event) => set(path, event.target.value)}
            >
              {parameter.of.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          ) : (
            <NumberBox
              control={control}
              parameter={parameter}
              value={value}
              isLocked={isLocked}
              set={(next) => set(path, next)}
            />
          )
        }
      </Field>
      {reset}
    </div>
  )
}

function NumberBox(props: {
  readonly control: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': boolean | undefined
  }
  readonly parameter: StrategyParameter
  readonly value: unknown
  readonly isLocked: boolean
  readonly set: (value: unknown) => void
}) {
  const { parameter, value } = props
  const [text, setText] = useState(() => shownParameter(parameter, value))
  const [isTyping, setTyping] = useState(false)
  useEffect(() => {
    if (!isTyping) setText(shownParameter(parameter, value))
  }, [parameter, value, isTyping])
  return (
    <span className="input-unit">
      <input
        {...props.control}
        className="input figure-input"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        disabled={props.isLocked}
        onFocus={() => setTyping(true)}
        onBlur={() => setTyping(false)}
        onChange={(event) => {
          setText(event.target.value)
          props.set(writtenParameter(parameter, event.target.value))
        }}
      />
      {parameter.kind === 'ratio' && <span>%</span>}
    </span>
  )
}
