import type { InstrumentMessage } from '../../../contract/chart.ts'
import { Field } from '../../parts/field.tsx'
import { count } from '../../state/numbers.ts'
import { type Say, useSay } from '../../state/say.ts'
import { stepPrice } from './ladder-view.ts'
import { type WrongPrice, whole } from './ticket-view.ts'

/** A price that steps by the tick of the instrument: by its buttons, or with the arrow keys. */
export function PriceInput(props: {
  readonly label: string
  readonly value: string
  /** Where stepping begins while nothing is typed. */
  readonly from: number
  readonly ticks: InstrumentMessage['ticks']
  readonly wrong?: string | undefined
  readonly onChange: (value: string) => void
}) {
  const say = useSay()
  const step = (by: number) => {
    const at = whole(props.value) ?? props.from
    if (at > 0) props.onChange(String(stepPrice(props.ticks, at, by)))
  }
  return (
    <Field label={props.label} wrong={props.wrong}>
      {(control) => (
        <span className="stepper">
          <button
            type="button"
            className="button"
            aria-label={say('한 틱 내리기', 'One tick down')}
            onClick={() => step(-1)}
          >
            −
          </button>
          <input
            {...control}
            className="input number"
            inputMode="numeric"
            autoComplete="off"
            value={grouped(props.value)}
            onChange={(event) => props.onChange(event.target.value.replaceAll(',', ''))}
            onKeyDown={(event) => {
              const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key]
              if (by === undefined) return
              event.preventDefault()
              step(by)
            }}
          />
          <button
            type="button"
            className="button"
            aria-label={say('한 틱 올리기', 'One tick up')}
            onClick={() => step(1)}
          >
            +
          </button>
        </span>
      )}
    </Field>
  )
}

export function wrongPriceText(wrong: WrongPrice, say: Say, band: InstrumentMessage['band']): string {
  switch (wrong) {
    case 'price':
      return say('가격을 넣으세요', 'A price is needed')
    case 'offTick':
      return say('호가단위에 맞지 않는 가격입니다', 'The price is off the tick')
    case 'outsideBand':
      return say(
        `상하한가 ${count(band?.lower ?? 0)}–${count(band?.upper ?? 0)} 밖입니다`,
        `Outside the limits ${count(band?.lower ?? 0)}–${count(band?.upper ?? 0)}`,
      )
    default:
      return wrong satisfies never
  }
}

/** Typed digits with their thousands apart; anything else as it was typed. */
export const grouped = (text: string): string => {
  const value = whole(text)
  return value === undefined ? text : count(value)
}
