import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PasskeyMessage } from '../../../../contract/session.ts'
import { namedAddress, passkeyBar } from '../../../api/passkey.ts'
import { deviceName } from '../../../api/push.ts'
import { Field } from '../../../parts/field.tsx'
import { ErrorNote } from '../../../parts/notes.tsx'
import { PasswordInput } from '../../../parts/password-input.tsx'
import { Refusal, useWaitMs } from '../../../parts/refusal.tsx'
import { Sheet } from '../../../parts/sheet.tsx'
import { toastProblem } from '../../../parts/toasts.tsx'
import { useSay } from '../../../state/say.ts'
import { ConfirmSheet } from './confirm-sheet.tsx'
import { addPasskey, passkeysQuery, removePasskey, renamePasskey, useDoing } from './use-account.ts'
import { seenText } from './view.ts'

const MOST_LETTERS = 40

/** The passkeys of the account, one line each. */
export function Passkeys() {
  const { data: passkeys, error, refetch } = useQuery(passkeysQuery)
  if (error) return <ErrorNote error={error} again={() => void refetch()} />
  return passkeys?.map((passkey) => <PasskeyLine key={passkey.id} passkey={passkey} />)
}

function PasskeyLine({ passkey }: { readonly passkey: PasskeyMessage }) {
  const say = useSay()
  const [open, setOpen] = useState<'name' | 'remove' | undefined>(undefined)
  const close = () => setOpen(undefined)
  return (
    <li className="entry">
      <span>
        <strong>{passkey.name}</strong>
        <span className="sub">
          {say('패스키', 'Passkey')} · {say('마지막 사용', 'last used')} {seenText(passkey.lastUsedAt)}
        </span>
      </span>
      <span className="row">
        <button type="button" className="button small" onClick={() => setOpen('name')}>
          {say('이름', 'Rename')}
          <span className="unseen"> {passkey.name}</span>
        </button>
        <button type="button" className="button small" onClick={() => setOpen('remove')}>
          {say('제거', 'Remove')}
          <span className="unseen"> {passkey.name}</span>
        </button>
      </span>
      {open === 'name' && <NameSheet passkey={passkey} onClose={close} />}
      {open === 'remove' && (
        <ConfirmSheet
          title={say('패스키 제거', 'Remove the passkey')}
          act={say('제거', 'Remove')}
          run={() => removePasskey(passkey.id)}
          onClose={close}
        >
          <p>
            {say(
              `‘${passkey.name}’ 패스키로는 더 들어올 수 없습니다. 다른 기기는 모두 로그아웃됩니다.`,
              `“${passkey.name}” lets nobody in any more. All other devices are signed out.`,
            )}
          </p>
        </ConfirmSheet>
      )}
    </li>
  )
}

function NameSheet({ passkey, onClose }: { readonly passkey: PasskeyMessage; readonly onClose: () => void }) {
  const say = useSay()
  const [name, setName] = useState(passkey.name)
  const { mutate, isPending } = useDoing(renamePasskey, onClose)
  return (
    <Sheet title={say('패스키 이름', 'Name of the passkey')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          mutate({ id: passkey.id, name: name.trim() }, { onError: toastProblem })
        }}
      >
        <NameField name={name} onName={setName} />
        <div className="row">
          <button type="submit" className="button primary push" disabled={isPending || name.trim() === ''}>
            {say('저장', 'Save')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}

function NameField({ name, onName }: { readonly name: string; readonly onName: (name: string) => void }) {
  const say = useSay()
  return (
    <Field label={say('이름', 'Name')} hint={say('알아볼 수 있게: 내 휴대폰', 'To know it by: my phone')}>
      {(control) => (
        <input
          {...control}
          className="input"
          maxLength={MOST_LETTERS}
          value={name}
          onChange={(event) => onName(event.target.value)}
        />
      )}
    </Field>
  )
}

/** Makes a passkey on this device, or on a phone or key that the browser finds. */
export function PasskeySheet(props: {
  readonly isFirst: boolean
  readonly onClose: () => void
  readonly onAdded: (codes: readonly string[]) => void
}) {
  const say = useSay()
  const [name, setName] = useState(() => deviceName(navigator.userAgent))
  const [password, setPassword] = useState('')
  const { mutate, error, isPending } = useDoing(addPasskey, props.onAdded)
  const isUnproven = props.isFirst && password === ''
  const isOff = useWaitMs(error) > 0 || isPending || name.trim() === '' || isUnproven
  return (
    <Sheet title={say('패스키 등록', 'Add a passkey')} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isOff) mutate({ name: name.trim(), password: props.isFirst ? password : undefined })
        }}
      >
        <NameField name={name} onName={setName} />
        {props.isFirst && (
          <Field
            label={say('비밀번호', 'Password')}
            hint={say('본인인지 한 번 더 확인합니다', 'To be sure that it is you')}
          >
            {(control) => (
              <PasswordInput control={control} kind="current" value={password} onChange={setPassword} />
            )}
          </Field>
        )}
        {error !== null && <Refusal error={error} />}
        <div className="row">
          <button type="submit" className="button primary push" disabled={isOff}>
            {isPending ? say('기기에서 확인하세요…', 'Confirm on the device…') : say('만들기', 'Make it')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}

/** Why no passkey can be added here, if so, and where it can. */
export function PasskeyNote() {
  const say = useSay()
  const bar = passkeyBar()
  if (bar === undefined) return null
  const named = namedAddress(location)
  return (
    <p className="quiet">
      {bar === 'numeric'
        ? say('패스키는 숫자 주소에서 쓸 수 없습니다.', 'Passkeys do not work at a numeric address.')
        : bar === 'insecure'
          ? say(
              '패스키는 https 주소이거나 가람이 켜진 컴퓨터에서만 쓸 수 있습니다.',
              'Passkeys need an https address, or the machine Garam runs on.',
            )
          : say('이 브라우저는 패스키를 쓰지 못합니다.', 'This browser has no passkeys.')}{' '}
      {bar === 'numeric' && named !== undefined && (
        <a href={named}>{say('localhost로 열기', 'Open as localhost')}</a>
      )}
    </p>
  )
}
