import { useId, useMemo, useState } from 'react'
import type { BarInterval, InstrumentToday } from '../../../contract/conditions.ts'
import { Empty, ErrorNote } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { clockText, dayText } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { codesOf } from '../settings/view.ts'
import { useToday } from './use-conditions.ts'
import { seenText } from './view.ts'

/** The server takes so many at most, and each name costs one request to the broker. */
const MOST = 20

/** When a text would have fired today and in the bars before, with the numbers that made it true. */
export function Today(props: {
  readonly text: string
  readonly interval: BarInterval
  readonly symbols: readonly string[]
  readonly isReady: boolean
}) {
  const say = useSay()
  const id = useId()
  const positions = useLive(({ state }) => state?.positions)
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const { looking, look, stop } = useToday()
  const preset = useMemo(
    () => [...new Set([...props.symbols, ...Object.keys(positions ?? {})])].slice(0, MOST).join(', '),
    [props.symbols, positions],
  )
  const names = typed ?? preset
  const codes = codesOf(names)
  const isLooking = looking.state === 'looking'
  return (
    <section className="fired" aria-label={say('오늘 언제 맞았을까', 'When would it have fired')}>
      <strong>{say('오늘 언제 맞았을까', 'When would it have fired')}</strong>
      <div className="row ask">
        <label className="unseen" htmlFor={id}>
          {say('종목코드', 'Codes')}
        </label>
        <input
          id={id}
          className="input"
          value={names}
          placeholder="005930, 000660"
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
        {isLooking ? (
          <button type="button" className="button" onClick={stop}>
            {say('그만', 'Stop')}
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={!props.isReady || codes.length === 0 || codes.length > MOST}
            onClick={() => void look(props.text, props.interval, codes)}
          >
            {say('지난 봉으로 보기', 'Try on past bars')}
          </button>
        )}
      </div>
      <p className={codes.length > MOST ? 'wrong' : 'hint'} role="status">
        {isLooking
          ? say(
              `${looking.found.length} / ${looking.asked} 종목 읽는 중…`,
              `Reading ${looking.found.length} of ${looking.asked}…`,
            )
          : say(
              `${codes.length}종목 (최대 ${MOST}). 증권사 차트의 봉으로, 백테스트와 같은 셈으로 봅니다.`,
              `${codes.length} names (at most ${MOST}), on the broker's bars, reckoned as in a backtest.`,
            )}
      </p>
      {looking.error !== undefined && <ErrorNote error={looking.error} />}
      {looking.found.length > 0 && <Found found={looking.found} />}
    </section>
  )
}

/** Enough to see what kind of moments it finds. */
const FIRST_ROWS = 10

const NOTHING = { ko: '이 봉들에서는 한 번도 맞지 않았습니다', en: 'It never became true on these bars' }

function Found({ found }: { readonly found: readonly InstrumentToday[] }) {
  const say = useSay()
  const rows = found
    .flatMap((each) => each.hits.map((hit) => ({ ...hit, instrument: each.instrument, name: each.name })))
    .sort((a, b) => b.at - a.at)
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? rows : rows.slice(0, FIRST_ROWS)
  const todays = rows.filter(({ today }) => today).length
  return (
    <>
      <ul className="fired-notes">
        {found.map((each) => (
          <li key={each.instrument}>
            <Told of={each} />
          </li>
        ))}
      </ul>
      {rows.length === 0 ? (
        <Empty title={say(NOTHING.ko, NOTHING.en)} />
      ) : (
        <>
          <p>
            <strong>{say(`오늘 ${todays}번`, `${todays} today`)}</strong>{' '}
            <span className="quiet">
              {say(`· 그 전 ${rows.length - todays}번`, `· ${rows.length - todays} before`)}
            </span>
          </p>
          <div className="table-wrap fired-list">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{say('때', 'When')}</th>
                  <th scope="col">{say('종목', 'Name')}</th>
                  <th scope="col">{say('그때의 값', 'Values then')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((row) => (
                  <tr key={`${row.instrument} ${row.at}`}>
                    <td className="when">
                      {clockText(row.at).slice(0, 5)}
                      {!row.today && <span className="sub">{dayText(row.at).slice(5)}</span>}
                    </td>
                    <td>
                      {row.name || row.instrument}
                      {row.name && <span className="sub">{row.instrument}</span>}
                    </td>
                    <td>
                      <div className="seen">
                        {row.values.map((value) => (
                          <span key={value.en}>
                            <span className="quiet">{say(value.ko, value.en)}</span>{' '}
                            {seenText(value.type, value.value)}
                          </span>
                        ))}
                      </div>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {shown.length < rows.length && (
            <div className="row">
              <button type="button" className="button small" onClick={() => setWhole(true)}>
                {say(`${rows.length - shown.length}번 더 보기`, `Show ${rows.length - shown.length} more`)}
              </button>
            </div>
          )}
        </>
      )}
    </>
  )
}

function Told({ of }: { readonly of: InstrumentToday }) {
  const say = useSay()
  const name = of.name || of.instrument
  if (of.trouble)
    return (
      <span className="wrong">
        {name}: {say(of.trouble.ko, of.trouble.en)}
      </span>
    )
  const [missing] = of.missing
  if (missing)
    return (
      <span>
        {name}: {say(`아직 모름 (${missing.ko})`, `not known yet (${missing.en})`)}
      </span>
    )
  return (
    <span>
      {name} <span className="quiet">{say(`${of.bars}봉`, `${of.bars} bars`)}</span>{' '}
      <span className={of.met ? 'chip good' : 'chip'}>
        {of.met ? say('지금 맞음', 'holds now') : say('지금 아님', 'does not hold now')}
      </span>
    </span>
  )
}
