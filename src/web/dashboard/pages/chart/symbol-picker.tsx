import { useEffect, useId, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { Sheet } from '../../parts/sheet.tsx'
import { useSay } from '../../state/say.ts'
import { useChoices } from './choices.ts'
import { useInstruments } from './use-chart.ts'

const CODE = /^[0-9][0-9A-Z]{5}$/
const SEARCH_ICON = 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l4 4'

/** Which instrument is looked at: what is held, what was looked at, and whatever is searched for. */
export function SymbolPicker({ instrument, name }: { readonly instrument: string; readonly name: string }) {
  const say = useSay()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="symbol" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <strong>{name || say('종목 찾기', 'Find an instrument')}</strong>
        {name !== instrument && <span className="quiet">{instrument}</span>}
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d={SEARCH_ICON} />
        </svg>
        <span className="unseen">{say('다른 종목 고르기', 'choose another instrument')}</span>
      </button>
      {open && <PickerSheet onClose={() => setOpen(false)} />}
    </>
  )
}

function PickerSheet({ onClose }: { readonly onClose: () => void }) {
  const say = useSay()
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const recent = useChoices((choices) => choices.recent)
  const { data: found = [], isFetching } = useInstruments(text)
  useEffect(() => input.current?.focus(), [])
  const choose = (instrument: string) => {
    go(`/chart/${instrument}`)
    onClose()
  }
  const code = text.trim().toUpperCase()
  const isCode = CODE.test(code) && !found.some(({ instrument }) => instrument === code)
  const others =
    text === ''
      ? recent.filter((each) => !found.some(({ instrument }) => instrument === each.instrument))
      : []
  const first = found[0]?.instrument ?? (isCode ? code : undefined)
  return (
    <Sheet title={say('종목 찾기', 'Find an instrument')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (first !== undefined) choose(first)
        }}
      >
        <label className="unseen" htmlFor={id}>
          {say('이름이나 코드', 'Name or code')}
        </label>
        <input
          id={id}
          ref={input}
          className="input"
          value={text}
          autoComplete="off"
          placeholder={say('이름이나 6자리 코드', 'Name or six-character code')}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
      <div className="picks">
        <Picks
          title={text === '' ? say('보유·오늘의 종목', "Held, and today's") : say('찾은 종목', 'Found')}
          rows={found}
          onChoose={choose}
        />
        {others.length > 0 && (
          <Picks title={say('최근 본 종목', 'Lately seen')} rows={others} onChoose={choose} />
        )}
        {isCode && (
          <button type="button" className="button" onClick={() => choose(code)}>
            {say(`코드 ${code} 열기`, `Open code ${code}`)}
          </button>
        )}
        {found.length === 0 && !isCode && !isFetching && (
          <p className="quiet" role="status">
            {say(
              '이 이름은 오늘 아직 나오지 않았습니다. 6자리 코드를 넣으면 열 수 있습니다.',
              'That name has not come up today. A six-character code can be opened.',
            )}
          </p>
        )}
      </div>
    </Sheet>
  )
}

function Picks(props: {
  readonly title: string
  readonly rows: readonly { readonly instrument: string; readonly name: string; readonly held?: boolean }[]
  readonly onChoose: (instrument: string) => void
}) {
  const say = useSay()
  if (props.rows.length === 0) return null
  return (
    <section>
      <h3>{props.title}</h3>
      <ul>
        {props.rows.map(({ instrument, name, held }) => (
          <li key={instrument}>
            <button type="button" className="pick" onClick={() => props.onChoose(instrument)}>
              <span>{name}</span>
              {held && <span className="chip accent">{say('보유', 'held')}</span>}
              <span className="quiet">{instrument}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
