import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Scope } from '../../../../contract/access.ts'
import type { TokenMade, TokenMessage } from '../../../../contract/session.ts'
import { sessionQuery } from '../../../api/session.ts'
import { Field } from '../../../parts/field.tsx'
import { Empty, ErrorNote, Loading } from '../../../parts/notes.tsx'
import { Refusal } from '../../../parts/refusal.tsx'
import { Sheet } from '../../../parts/sheet.tsx'
import { RIGHTS } from '../../../state/may.ts'
import { dayText } from '../../../state/numbers.ts'
import { useSay, useSentence } from '../../../state/say.ts'
import { useNow } from '../../../state/use-now.ts'
import { ConfirmSheet } from './confirm-sheet.tsx'
import { FactorFirst } from './factor-first.tsx'
import { ShownOnceSheet } from './shown-once.tsx'
import { makeToken, revokeToken, tokensQuery, useDoing } from './use-account.ts'
import { SCOPE_WORDS, seenText, tokenState } from './view.ts'

/** API 토큰: for programs of one's own. */
export function TokensSection() {
  const say = useSay()
  const { data: tokens, error, refetch } = useQuery(tokensQuery)
  const [isAdding, setAdding] = useState(false)
  const [made, setMade] = useState<TokenMade | undefined>(undefined)
  const [revoking, setRevoking] = useState<TokenMessage | undefined>(undefined)
  if (error) return <ErrorNote error={error} again={() => void refetch()} />
  if (!tokens) return <Loading />
  return (
    <div className="stack">
      <p className="quiet">
        {say(
          '프로그램이 API를 쓸 때의 열쇠입니다. 토큰은 2단계 인증을 묻는 일(매수, 설정 변경)을 하지 못합니다.',
          'Keys for programs that use the API. A token does nothing that asks for a second factor, such as buying or changing settings.',
        )}{' '}
        <a href="/openapi.json">OpenAPI</a>
      </p>
      {tokens.length === 0 ? (
        <Empty title={say('토큰이 없습니다', 'There are no tokens')} />
      ) : (
        <TokenTable tokens={tokens} onRevoke={setRevoking} />
      )}
      <FactorFirst>
        <div className="row">
          <button type="button" className="button" onClick={() => setAdding(true)}>
            {say('토큰 만들기', 'Make a token')}
          </button>
        </div>
      </FactorFirst>
      {isAdding && (
        <TokenSheet
          onClose={() => setAdding(false)}
          onMade={(token) => {
            setAdding(false)
            setMade(token)
          }}
        />
      )}
      {made && (
        <ShownOnceSheet
          title={say(`토큰 ‘${made.token.name}’`, `Token “${made.token.name}”`)}
          text={made.secret}
          onClose={() => setMade(undefined)}
        >
          <p>
            {say(
              '지금만 보입니다. 요청의 머리글에 이렇게 넣으세요:',
              'Shown only now. Send it as a header of each request:',
            )}
          </p>
          <code className="secret-text boxed">Authorization: Bearer {made.secret}</code>
        </ShownOnceSheet>
      )}
      {revoking && (
        <ConfirmSheet
          title={say('토큰 폐기', 'Revoke the token')}
          act={say('폐기', 'Revoke it')}
          run={() => revokeToken(revoking.id)}
          onClose={() => setRevoking(undefined)}
        >
          <p>
            {say(
              `‘${revoking.name}’ 토큰을 쓰는 프로그램은 곧바로 거절됩니다.`,
              `Programs that use “${revoking.name}” are refused at once.`,
            )}
          </p>
        </ConfirmSheet>
      )}
    </div>
  )
}

function TokenTable(props: {
  readonly tokens: readonly TokenMessage[]
  readonly onRevoke: (token: TokenMessage) => void
}) {
  const say = useSay()
  const sentence = useSentence()
  const now = useNow()
  return (
    <div className="table-wrap">
      <table className="table card-rows tokens">
        <thead>
          <tr>
            <th scope="col">{say('이름', 'Name')}</th>
            <th scope="col">{say('범위', 'Scopes')}</th>
            <th scope="col">{say('만료', 'Expires')}</th>
            <th scope="col">{say('마지막 사용', 'Last used')}</th>
            <th scope="col">
              <span className="unseen">{say('폐기', 'Revoke')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.tokens.map((token) => {
            const state = tokenState(token, now)
            return (
              <tr key={token.id}>
                <th scope="row" className="cell-name">
                  {token.name}
                  <span className="sub">{token.user}</span>
                </th>
                <td className="cell-role">
                  {token.scopes.map((scope) => sentence(SCOPE_WORDS[scope])).join(' · ')}
                </td>
                <td className="cell-state">
                  {state === 'good' ? (
                    dayText(token.expiresAt)
                  ) : (
                    <span className={state === 'soon' ? 'chip warn' : 'chip bad'}>
                      {state === 'soon' ? dayText(token.expiresAt) : say('만료됨', 'expired')}
                    </span>
                  )}
                </td>
                <td className="cell-seen">{seenText(token.lastUsedAt)}</td>
                <td className="cell-act">
                  <button type="button" className="button small" onClick={() => props.onRevoke(token)}>
                    {say('폐기', 'Revoke')}
                    <span className="unseen"> {token.name}</span>
                  </button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const DAYS = [7, 30, 90, 365] as const

function TokenSheet(props: { readonly onClose: () => void; readonly onMade: (made: TokenMade) => void }) {
  const say = useSay()
  const sentence = useSentence()
  const { data: session } = useQuery(sessionQuery)
  const may = RIGHTS[session?.user?.role ?? 'viewer']
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly Scope[]>(['read'])
  const [days, setDays] = useState<number>(30)
  const { mutate, error, isPending } = useDoing(makeToken, props.onMade)
  const means = {
    read: say('잔고, 주문, 기록', 'positions, orders, records'),
    trade: say('매도, 취소, 정지 (매수는 못 합니다)', 'selling, cancelling, stopping (never buying)'),
    admin: say('소유자 화면의 내용 (바꾸지는 못합니다)', 'what owners see, without changing it'),
  }
  return (
    <Sheet title={say('토큰 만들기', 'Make a token')} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          mutate({ name: name.trim(), scopes, days })
        }}
      >
        <Field
          label={say('이름', 'Name')}
          hint={say('어디에 쓰는지: 집 서버 감시', 'What it is for: watcher at home')}
        >
          {(control) => (
            <input
              {...control}
              className="input"
              autoComplete="off"
              maxLength={40}
              required
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <fieldset className="settings-group">
          <legend>{say('범위', 'Scopes')}</legend>
          <div className="stack tight">
            {may.map((scope) => (
              <label key={scope} className="check">
                <input
                  type="checkbox"
                  checked={scopes.includes(scope)}
                  onChange={({ target }) =>
                    setScopes(may.filter((each) => (each === scope ? target.checked : scopes.includes(each))))
                  }
                />
                <span>
                  {sentence(SCOPE_WORDS[scope])} <span className="quiet">{means[scope]}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <Field label={say('기한', 'Good for')}>
          {(control) => (
            <select
              {...control}
              className="select"
              value={days}
              onChange={(event) => setDays(Number(event.target.value))}
            >
              {DAYS.map((each) => (
                <option key={each} value={each}>
                  {say(`${each}일`, `${each} days`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {error !== null && <Refusal error={error} />}
        <div className="row">
          <button
            type="submit"
            className="button primary push"
            disabled={isPending || scopes.length === 0 || name.trim() === ''}
          >
            {say('만들기', 'Make it')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
