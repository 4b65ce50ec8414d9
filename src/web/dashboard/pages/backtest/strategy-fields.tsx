import type { ParameterMessage, PlayableStrategy } from '../../../contract/backtest.ts'
import { Field } from '../../parts/field.tsx'
import { useSay, useSentence } from '../../state/say.ts'
import type { FormProps } from './start-form.tsx'
import { type Draft, strategyOf, writtenDefault } from './view.ts'

/** The strategy and its values: a form made of its schema, or ranges of them for a sweep. */
export function StrategyFields({
  draft,
  faults,
  set,
  strategies,
  files,
}: FormProps & { readonly strategies: readonly PlayableStrategy[]; readonly files: readonly string[] }) {
  const say = useSay()
  const sentence = useSentence()
  const known = strategyOf(draft, strategies)
  const wrong = (key: string) => (faults[key] ? sentence(faults[key]) : undefined)
  const isSweep = draft.mode === 'sweep'
  return (
    <fieldset className="fields">
      <legend>{say('전략', 'Strategy')}</legend>
      <Field label={say('전략', 'Strategy')} wrong={wrong('pick')}>
        {(control) => (
          <select
            {...control}
            className="select"
            value={draft.pick}
            onChange={(event) => set({ pick: event.target.value, values: {}, turned: {} })}
          >
            {strategies.map(({ id, title }) => (
              <option key={id} value={`known:${id}`}>
                {sentence(title)}
              </option>
            ))}
            {!isSweep && <option value="conditions">{say('내 조건식', 'My own condition')}</option>}
            {files.map((file) => (
              <option key={file} value={`file:${file}`}>
                {file}
              </option>
            ))}
          </select>
        )}
      </Field>
      {draft.pick === 'conditions' && <ConditionFields draft={draft} faults={faults} set={set} />}
      {draft.pick.startsWith('file:') && (
        <Field
          label={say('값', 'Values')}
          wrong={wrong('free') ?? wrong('turned')}
          hint={isSweep ? 'days=2..10:1' : 'days=3'}
        >
          {(control) => (
            <input
              {...control}
              className="input"
              value={draft.free}
              onChange={(event) => set({ free: event.target.value })}
            />
          )}
        </Field>
      )}
      {known && isSweep && <TurnedFields draft={draft} faults={faults} set={set} known={known} />}
      {known &&
        !isSweep &&
        Object.entries(known.parameters).map(([key, parameter]) => (
          <ParameterField
            key={key}
            parameter={parameter}
            wrong={wrong(`values.${key}`)}
            value={draft.values[key] ?? writtenDefault(parameter)}
            onChange={(value) => set({ values: { ...draft.values, [key]: value } })}
          />
        ))}
      {isSweep && <SearchFields draft={draft} faults={faults} set={set} />}
    </fieldset>
  )
}

const ConditionFields = ({ draft, faults, set }: FormProps) => {
  const say = useSay()
  const sentence = useSentence()
  return (
    <>
      <div className="wide">
        <Field label={say('매수 조건', 'Buy when')} wrong={faults.entry && sentence(faults.entry)}>
          {(control) => (
            <textarea
              {...control}
              className="textarea"
              rows={2}
              spellCheck={false}
              placeholder="종가가 지수이동평균(20) 초과 그리고 rsi(14) < 70"
              value={draft.entry}
              onChange={(event) => set({ entry: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div className="wide">
        <Field
          label={say('매도 조건', 'Sell when')}
          hint={say('비우면 매수 조건이 거짓이 될 때', 'Empty: when the entry no longer holds')}
        >
          {(control) => (
            <textarea
              {...control}
              className="textarea"
              rows={2}
              spellCheck={false}
              value={draft.exit}
              onChange={(event) => set({ exit: event.target.value })}
            />
          )}
        </Field>
      </div>
    </>
  )
}

function ParameterField(props: {
  readonly parameter: ParameterMessage
  readonly value: string
  readonly wrong: string | undefined
  readonly onChange: (value: string) => void
}) {
  const { parameter, value, wrong, onChange } = props
  const sentence = useSentence()
  const say = useSay()
  if (parameter.kind === 'flag' || parameter.kind === 'choice') {
    const options =
      parameter.kind === 'choice'
        ? parameter.of.map((each) => [each, each] as const)
        : ([
            ['true', say('예', 'Yes')],
            ['false', say('아니오', 'No')],
          ] as const)
    return (
      <Field label={sentence(parameter.label)} wrong={wrong}>
        {(control) => (
          <select
            {...control}
            className="select"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          >
            {options.map(([each, text]) => (
              <option key={each} value={each}>
                {text}
              </option>
            ))}
          </select>
        )}
      </Field>
    )
  }
  const scale = parameter.kind === 'ratio' ? 100 : 1
  const [from, to] = [parameter.from * scale, parameter.to * scale].map((each) =>
    Number(each.toPrecision(12)),
  )
  return (
    <Field label={sentence(parameter.label)} wrong={wrong} hint={`${from} – ${to}`}>
      {(control) => (
        <span className="input-unit">
          <input
            {...control}
            className="input"
            inputMode="decimal"
            autoComplete="off"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          {parameter.kind === 'ratio' && <span>%</span>}
        </span>
      )}
    </Field>
  )
}

function TurnedFields({ draft, faults, set, known }: FormProps & { readonly known: PlayableStrategy }) {
  const sentence = useSentence()
  const say = useSay()
  return (
    <>
      {Object.entries(known.parameters).map(([key, parameter], i) => (
        <Field
          key={key}
          label={`${sentence(parameter.label)} (${key})`}
          wrong={i === 0 && faults.turned ? sentence(faults.turned) : undefined}
          hint={
            'from' in parameter
              ? say(
                  `${parameter.from} – ${parameter.to}, 비우면 ${parameter.default}`,
                  `${parameter.from} – ${parameter.to}, ${parameter.default} when empty`,
                )
              : String(parameter.default)
          }
        >
          {(control) => (
            <input
              {...control}
              className="input"
              autoComplete="off"
              spellCheck={false}
              placeholder={i === 0 ? '5..50:5' : '10,20,40'}
              value={draft.turned[key] ?? ''}
              onChange={(event) => set({ turned: { ...draft.turned, [key]: event.target.value } })}
            />
          )}
        </Field>
      ))}
    </>
  )
}

function SearchFields({ draft, faults, set }: FormProps) {
  const say = useSay()
  const sentence = useSentence()
  return (
    <>
      <Field label={say('찾는 방법', 'Method')}>
        {(control) => (
          <select
            {...control}
            className="select"
            value={draft.method}
            onChange={(event) => set({ method: event.target.value as Draft['method'] })}
          >
            <option value="grid">{say('격자: 모든 점', 'Grid: every point')}</option>
            <option value="random">{say('무작위', 'Random')}</option>
            <option value="genetic">{say('유전', 'Genetic')}</option>
            <option value="tpe">TPE</option>
          </select>
        )}
      </Field>
      <Field label={say('무엇을 키우나', 'What is made large')}>
        {(control) => (
          <select
            {...control}
            className="select"
            value={draft.objective}
            onChange={(event) => set({ objective: event.target.value as Draft['objective'] })}
          >
            <option value="sharpe">{say('샤프', 'Sharpe')}</option>
            <option value="return">{say('수익률', 'Return')}</option>
            <option value="calmar">{say('칼마', 'Calmar')}</option>
            <option value="sortino">{say('소르티노', 'Sortino')}</option>
          </select>
        )}
      </Field>
      <Field
        label={say('최대 시험 수', 'Trials at most')}
        wrong={faults.trials && sentence(faults.trials)}
        hint={say('격자는 전부, 나머지는 200', 'All of a grid, 200 otherwise')}
      >
        {(control) => (
          <input
            {...control}
            className="input"
            inputMode="numeric"
            value={draft.trials}
            onChange={(event) => set({ trials: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}
