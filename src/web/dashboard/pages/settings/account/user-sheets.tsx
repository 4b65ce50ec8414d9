import { useState } from 'react'
import type { Role } from '../../../../contract/access.ts'
import type { UserLinkMessage, UserMessage } from '../../../../contract/session.ts'
import { Field } from '../../../parts/field.tsx'
import { HoldButton } from '../../../parts/hold-button.tsx'
import { Refusal } from '../../../parts/refusal.tsx'
import { Sheet } from '../../../parts/sheet.tsx'
import { toast } from '../../../parts/toasts.tsx'
import { useSay, useSentence } from '../../../state/say.ts'
import { changeUser, inviteUser, removeUser, resetUser, useDoing } from './use-account.ts'
import { ROLE_MEANS, ROLE_WORDS } from './view.ts'

interface Managing {
  readonly onClose: () => void
  readonly onMade: (made: UserLinkMessage) => void
}

const ROLES = ['viewer', 'trader', 'owner'] as const satisfies readonly Role[]

function RoleField({ role, onRole }: { readonly role: Role; readonly onRole: (role: Role) => void }) {
  const say = useSay()
  const sentence = useSentence()
  return (
    <Field label={say('권한', 'Role')} hint={sentence(ROLE_MEANS[role])}>
      {(control) => (
        <select
          {...control}
          className="select"
          value={role}
          onChange={(event) => onRole(ROLES.find((each) => each === event.target.value) ?? role)}
        >
          {ROLES.map((each) => (
            <option key={each} value={each}>
              {sentence(ROLE_WORDS[each])}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function InviteSheet({ onClose, onMade }: Managing) {
  const say = useSay()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const { mutate, error, isPending } = useDoing(inviteUser, (made) => {
    onClose()
    onMade(made)
  })
  return (
    <Sheet title={say('사용자 초대', 'Invite somebody')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          mutate({ name: name.trim(), role })
        }}
      >
        <Field
          label={say('이름', 'Name')}
          hint={say('2~32자: 글자, 숫자, 점, -, _', '2 to 32 letters, digits, dots, - and _')}
        >
          {(control) => (
            <input
              {...control}
              className="input"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={32}
              minLength={2}
              required
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <RoleField role={role} onRole={setRole} />
        {error !== null && <Refusal error={error} />}
        <div className="row">
          <button type="submit" className="button primary push" disabled={isPending}>
            {say('링크 만들기', 'Make the link')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}

/** Everything an owner may do to somebody else's account. */
export function UserSheet({ user, onClose, onMade }: Managing & { readonly user: UserMessage }) {
  const say = useSay()
  const [role, setRole] = useState(user.role)
  const done = () => {
    toast('good', { ko: `${user.name} 계정을 바꿨습니다`, en: `${user.name} was changed` })
    onClose()
  }
  const change = useDoing(changeUser, done)
  const remove = useDoing(removeUser, done)
  const reset = useDoing(resetUser, (made) => {
    onClose()
    onMade(made)
  })
  const error = change.error ?? remove.error ?? reset.error
  const isOff = change.isPending || remove.isPending || reset.isPending
  return (
    <Sheet title={user.name} onClose={onClose}>
      <p className="quiet">
        {say(
          '바꾸면 그 사람은 모든 기기에서 로그아웃됩니다.',
          'Any change signs them out on all their devices.',
        )}
      </p>
      <RoleField role={role} onRole={setRole} />
      <div className="row">
        <button
          type="button"
          className="button primary push"
          disabled={isOff || role === user.role}
          onClick={() => change.mutate({ id: user.id, role })}
        >
          {say('권한 바꾸기', 'Change the role')}
        </button>
      </div>
      <ul className="entries">
        <li className="entry">
          <span>
            <strong>{say('재설정 링크', 'Reset link')}</strong>
            <span className="sub">
              {say(
                '새 비밀번호를 정하는 링크. 토큰도 끊깁니다',
                'To choose a new password. Their tokens end too',
              )}
            </span>
          </span>
          <button
            type="button"
            className="button small"
            disabled={isOff}
            onClick={() => reset.mutate(user.id)}
          >
            {say('만들기', 'Make it')}
          </button>
        </li>
        <li className="entry">
          <span>
            <strong>{user.disabled ? say('막혀 있음', 'Disabled') : say('막기', 'Disable')}</strong>
            <span className="sub">
              {user.disabled
                ? say('지금은 들어올 수 없습니다', 'cannot come in now')
                : say('지우지 않고 들어오지 못하게', 'kept, but cannot come in')}
            </span>
          </span>
          <button
            type="button"
            className="button small"
            disabled={isOff}
            onClick={() => change.mutate({ id: user.id, disabled: !user.disabled })}
          >
            {user.disabled ? say('다시 허용', 'Let in again') : say('막기', 'Disable')}
          </button>
        </li>
        <li className="entry">
          <span>
            <strong>{say('삭제', 'Remove')}</strong>
            <span className="sub">{say('되돌릴 수 없습니다', 'cannot be undone')}</span>
          </span>
          <HoldButton
            className="small danger"
            disabled={isOff}
            label={say('누르고 있으면 삭제', 'Hold to remove')}
            onHeld={() => remove.mutateAsync(user.id).catch(() => undefined)}
          >
            {say('길게 눌러 삭제', 'Hold to remove')}
          </HoldButton>
        </li>
      </ul>
      {error !== null && <Refusal error={error} />}
    </Sheet>
  )
}
