import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { Card } from '../../parts/card.tsx'
import { Field, Segments } from '../../parts/field.tsx'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { clockText, count } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay, useSentence } from '../../state/say.ts'
import './page.css'
import { RULES, ruleName, settingAddress } from './rules.ts'
import { type Refusals, useRefusals } from './use-refusals.ts'
import {
  byName,
  countsByRule,
  decidedBy,
  filtered,
  filterOf,
  type RefusalRow,
  searchOf,
  sourcesOf,
  sourceWords,
  type WhyFilter,
} from './view.ts'

/** Why nothing traded: every candidate of the day with the first rule that refused it, and the numbers that decided. */
export function WhyPage() {
  const say = useSay()
  const refusals = useRefusals()
  const conditions = useLive(({ state }) => state?.conditions)
  const rows = useMemo(
    () => refusals.rows && byName(refusals.rows, conditions ?? {}),
    [refusals.rows, conditions],
  )
  const [search, setSearch] = useSearchParams()
  const filter = filterOf(search)
  const change = (part: Partial<WhyFilter>) =>
    setSearch(new URLSearchParams(searchOf({ ...filter, ...part })), { replace: true })
  return (
    <>
      <div className="page-head">
        <h1>{say('왜 안 샀나', 'Why not')}</h1>
        <p className="why-intro quiet">
          {say(
            '조건에 들어왔지만 주문이 되지 않은 후보와, 가장 먼저 막은 규칙입니다.',
            'Candidates that did not become an order, and the first rule that refused each.',
          )}
        </p>
      </div>
      {rows ? <Story rows={rows} filter={filter} change={change} refusals={refusals} /> : <Loading />}
    </>
  )
}

type Change = (part: Partial<WhyFilter>) => void

function Story(props: {
  readonly rows: readonly RefusalRow[]
  readonly filter: WhyFilter
  readonly change: Change
  readonly refusals: Refusals
}) {
  const { rows, filter, change } = props
  const say = useSay()
  if (rows.length === 0)
    return (
      <section className="card">
        <Empty title={say('오늘 거절된 후보가 없습니다', 'No candidate was refused today')}>
          {say(
            '조건에 걸린 종목이 규칙에 막히면 여기에 숫자와 함께 나타납니다.',
            'When a rule refuses a candidate, it appears here with the numbers that decided.',
          )}
        </Empty>
      </section>
    )
  // What the other filters leave, so that the counts say what a rule would show.
  const counted = filtered(rows, { ...filter, rule: '' })
  return (
    <div className="why">
      <Rules rows={counted} filter={filter} change={change} />
      <Card
        title={say('후보', 'Candidates')}
        aside={<span className="quiet">{count(filtered(rows, filter).length)}</span>}
        flush
      >
        <Filters rows={rows} filter={filter} change={change} />
        <Candidates
          rows={filtered(rows, filter)}
          clear={() => change({ symbol: '', rule: '', source: '', side: '' })}
        />
        <Earlier known={rows.length} refusals={props.refusals} />
      </Card>
    </div>
  )
}

/** The way to what the live line does not carry: how much of the day is here, and the rest of it from the record. */
function Earlier({ known, refusals }: { readonly known: number; readonly refusals: Refusals }) {
  const say = useSay()
  const { ofDay, hasMore, isLoading, error, more } = refusals
  if (error) return <ErrorNote error={error} again={more} />
  if (!hasMore) return null
  return (
    <button type="button" className="card-more" disabled={isLoading} onClick={more}>
      {isLoading
        ? say('불러오는 중…', 'Loading…')
        : say(
            `더 이른 거절 불러오기 (오늘 ${count(ofDay)}건 중 ${count(known)}건)`,
            `Load earlier ones (${count(known)} of ${count(ofDay)} today)`,
          )}
    </button>
  )
}

function Rules({
  rows,
  filter,
  change,
}: {
  readonly rows: readonly RefusalRow[]
  readonly filter: WhyFilter
  readonly change: Change
}) {
  const say = useSay()
  const sentence = useSentence()
  return (
    <Card title={say('규칙별 횟수', 'Refused how often')} flush>
      <div className="table-wrap">
        <table className="table why-rules">
          <thead>
            <tr>
              <th scope="col">{say('규칙', 'Rule')}</th>
              <th scope="col" className="number">
                {say('횟수', 'Times')}
              </th>
              <th scope="col" className="number">
                {say('종목', 'Names')}
              </th>
              <th scope="col">
                <span className="unseen">{say('설정', 'Setting')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {countsByRule(rows).map(({ code, count: times, instruments, share }) => (
              <tr key={code} className={filter.rule === code ? 'chosen' : undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className="rule-pick"
                    aria-pressed={filter.rule === code}
                    onClick={() => change({ rule: filter.rule === code ? '' : code })}
                  >
                    {sentence(ruleName(code))}
                    <span className="rule-bar" style={{ width: `${share * 100}%` }} />
                  </button>
                </th>
                <td className="number">{count(times)}</td>
                <td className="number quiet">{count(instruments)}</td>
                <td className="number">
                  <SettingLink code={code} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function SettingLink({ code }: { readonly code: string }) {
  const say = useSay()
  const sentence = useSentence()
  const key = RULES[code]?.setting
  if (key === undefined) return null
  return (
    <Link href={settingAddress(key)} className="setting-link" title={key}>
      {say('설정', 'Setting')}
      <span className="unseen">: {sentence(ruleName(code))}</span>
    </Link>
  )
}

function Filters({
  rows,
  filter,
  change,
}: {
  readonly rows: readonly RefusalRow[]
  readonly filter: WhyFilter
  readonly change: Change
}) {
  const say = useSay()
  const sentence = useSentence()
  const codes = countsByRule(rows).map(({ code }) => code)
  return (
    <search className="why-filters">
      <Field label={say('종목', 'Instrument')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="search"
            placeholder={say('이름이나 코드', 'Name or code')}
            value={filter.symbol}
            onChange={(event) => change({ symbol: event.target.value })}
          />
        )}
      </Field>
      <Field label={say('규칙', 'Rule')}>
        {(control) => (
          <select
            {...control}
            className="select"
            value={filter.rule}
            onChange={(event) => change({ rule: event.target.value })}
          >
            <option value="">{say('모든 규칙', 'All rules')}</option>
            {codes.map((code) => (
              <option key={code} value={code}>
                {sentence(ruleName(code))}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={say('조건식·전략', 'Source')}>
        {(control) => (
          <select
            {...control}
            className="select"
            value={filter.source}
            onChange={(event) => change({ source: event.target.value })}
          >
            <option value="">{say('모두', 'All')}</option>
            {sourcesOf(rows).map((source) => (
              <option key={source} value={source}>
                {sentence(sourceWords(source))}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Segments
        label={say('매수·매도', 'Side')}
        value={filter.side}
        options={[
          ['', say('모두', 'All')],
          ['buy', say('매수', 'Buy')],
          ['sell', say('매도', 'Sell')],
        ]}
        onChange={(side) => change({ side })}
      />
    </search>
  )
}

const PAGE = 40

function Candidates({ rows, clear }: { readonly rows: readonly RefusalRow[]; readonly clear: () => void }) {
  const say = useSay()
  const [pages, setPages] = useState(1)
  if (rows.length === 0)
    return (
      <Empty title={say('거르고 나니 남은 것이 없습니다', 'Nothing is left after filtering')}>
        <button type="button" className="button small" onClick={clear}>
          {say('거르개 지우기', 'Clear the filters')}
        </button>
      </Empty>
    )
  const shown = rows.slice(0, pages * PAGE)
  return (
    <>
      <div className="table-wrap">
        <table className="table card-rows why-candidates">
          <thead>
            <tr>
              <th scope="col">{say('시각', 'Time')}</th>
              <th scope="col">{say('종목', 'Instrument')}</th>
              <th scope="col">{say('출처', 'Source')}</th>
              <th scope="col">{say('막은 규칙', 'Refused by')}</th>
              <th scope="col">{say('숫자', 'Numbers')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Candidate key={row.key} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown.length && (
        <button type="button" className="card-more" onClick={() => setPages(pages + 1)}>
          {say(`더 보기 (${rows.length - shown.length})`, `${rows.length - shown.length} more`)}
        </button>
      )}
    </>
  )
}

function Candidate({ row }: { readonly row: RefusalRow }) {
  const say = useSay()
  const sentence = useSentence()
  const language = usePreferences((preferences) => preferences.language)
  return (
    <tr>
      <td className="cell-time quiet">{clockText(row.at)}</td>
      <th scope="row" className="cell-name">
        <Link href={`/chart/${row.instrument}`}>{row.name}</Link>
        {row.name !== row.instrument && <span className="sub">{row.instrument}</span>}
      </th>
      <td className="cell-source">
        <span className={row.side === 'buy' ? 'side-word up' : 'side-word down'}>
          {row.side === 'buy' ? say('매수', 'Buy') : say('매도', 'Sell')}
        </span>{' '}
        {sentence(sourceWords(row.source))}
      </td>
      <td className="cell-rule">
        <strong>{sentence(ruleName(row.code))}</strong>
        <span className="sub wraps">{sentence(row)}</span>
      </td>
      <td className="cell-numbers">
        <dl className="decided">
          {decidedBy(row, language).map(({ name, text, role }) => (
            <div key={name.en} className={role}>
              <dt>{sentence(name)}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </td>
    </tr>
  )
}
