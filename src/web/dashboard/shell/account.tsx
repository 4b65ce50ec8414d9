import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { endPushHere } from '../api/push.ts'
import { sessionQuery } from '../api/session.ts'
import { toastProblem } from '../parts/toasts.tsx'
import { useSay } from '../state/say.ts'

/** Who sits here, and the way out. */
export function Account() {
  const say = useSay()
  const { data: session } = useQuery(sessionQuery)
  const [isLeaving, setLeaving] = useState(false)
  if (!session?.user) return null
  const { name, role } = session.user
  const roles = {
    viewer: say('보기', 'viewer'),
    trader: say('매매', 'trader'),
    owner: say('소유자', 'owner'),
  }
  const leave = async () => {
    setLeaving(true)
    // Whoever uses this browser next shall not be told of this account.
    await endPushHere().catch(() => undefined)
    try {
      await api('DELETE', '/session')
      location.reload()
    } catch (error) {
      setLeaving(false)
      toastProblem(error)
    }
  }
  return (
    <div className="account">
      <span className="account-name">
        <strong>{name}</strong> {session.demo ? say('데모', 'demo') : roles[role]}
      </span>
      <button type="button" className="button small" disabled={isLeaving} onClick={() => void leave()}>
        {say('로그아웃', 'Sign out')}
      </button>
    </div>
  )
}
