import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { UserLinkMessage, UserMessage } from '../../../../contract/session.ts'
import { sessionQuery } from '../../../api/session.ts'
import { ErrorNote, Loading } from '../../../parts/notes.tsx'
import { instantText } from '../../../state/numbers.ts'
import { useSay, useSentence } from '../../../state/say.ts'
import { FactorFirst } from './factor-first.tsx'
import { ShownOnceSheet } from './shown-once.tsx'
import { usersQuery } from './use-account.ts'
import { InviteSheet, UserSheet } from './user-sheets.tsx'
import { ROLE_WORDS, seenText, userState } from './view.ts'

/** 사용자: who may come in, for owners. */
export function UsersSection() {
  const say = useSay()
  const { data: users, error, refetch } = useQuery(usersQuery)
  const { data: session } = useQuery(sessionQuery)
  const [open, setOpen] = useState<'invite' | string | undefined>(undefined)
  const [made, setMade] = useState<UserLinkMessage | undefined>(undefined)
  if (error) return <ErrorNote error={error} again={() => void refetch()} />
  if (!users) return <Loading />
  const managed = users.find(({ id }) => id === open)
  const close = () => setOpen(undefined)
  return (
    <div className="stack">
      <div className="table-wrap">
        <table className="table card-rows users">
          <thead>
            <tr>
              <th scope="col">{say('이름', 'Name')}</th>
              <th scope="col">{say('권한', 'Role')}</th>
              <th scope="col">{say('상태', 'State')}</th>
              <th scope="col">{say('2단계 인증', 'Second factor')}</th>
              <th scope="col">{say('마지막 접속', 'Last seen')}</th>
              <th scope="col">
                <span className="unseen">{say('관리', 'Manage')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {users.map((user) => (
              <UserLine
                key={user.id}
                user={user}
                isMe={user.id === session?.user?.id}
                onManage={() => setOpen(user.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <FactorFirst>
        <div className="row">
          <button type="button" className="button" onClick={() => setOpen('invite')}>
            {say('사용자 초대', 'Invite somebody')}
          </button>
        </div>
      </FactorFirst>
      {open === 'invite' && <InviteSheet onClose={close} onMade={setMade} />}
      {managed && <UserSheet user={managed} onClose={close} onMade={setMade} />}
      {made && <LinkSheet made={made} onClose={() => setMade(undefined)} />}
    </div>
  )
}

function UserLine(props: {
  readonly user: UserMessage
  readonly isMe: boolean
  readonly onManage: () => void
}) {
  const say = useSay()
  const sentence = useSentence()
  const { user, isMe } = props
  const states = {
    active: ['good', say('사용 중', 'active')],
    invited: ['warn', say('초대됨', 'invited')],
    disabled: ['bad', say('막힘', 'disabled')],
  } as const
  const [tone, text] = states[userState(user)]
  return (
    <tr>
      <th scope="row" className="cell-name">
        {user.name}
        {isMe && <span className="chip accent">{say('나', 'me')}</span>}
      </th>
      <td className="cell-role">{sentence(ROLE_WORDS[user.role])}</td>
      <td className="cell-state">
        <span className={`chip ${tone}`}>{text}</span>
      </td>
      <td className="cell-factor">
        {user.secondFactor ? say('있음', 'yes') : <span className="poor">{say('없음', 'none')}</span>}
      </td>
      <td className="cell-seen">{seenText(user.lastSeenAt)}</td>
      <td className="cell-act">
        {!isMe && (
          <button type="button" className="button small" aria-haspopup="dialog" onClick={props.onManage}>
            {say('관리', 'Manage')}
            <span className="unseen"> {user.name}</span>
          </button>
        )}
      </td>
    </tr>
  )
}

function LinkSheet({ made, onClose }: { readonly made: UserLinkMessage; readonly onClose: () => void }) {
  const say = useSay()
  const address = `${location.origin}${made.link}`
  return (
    <ShownOnceSheet
      title={say(`${made.user.name} 님의 링크`, `Link for ${made.user.name}`)}
      text={address}
      onClose={onClose}
    >
      <p>
        {say(
          '이 링크를 그 사람에게만 보내세요. 여는 사람이 비밀번호를 정합니다. 한 번만 열리고, 지금만 보입니다.',
          'Send this to them alone: whoever opens it chooses the password. It works once and is shown only now.',
        )}
      </p>
      <code className="secret-text boxed">{address}</code>
      <p className="quiet">
        {say(`${instantText(made.until)}까지`, `Good until ${instantText(made.until)}`)}
      </p>
    </ShownOnceSheet>
  )
}
