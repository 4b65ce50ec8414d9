import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { sessionQuery } from '../../../api/session.ts'
import { useSay } from '../../../state/say.ts'

/** What only an account with a second factor may do; without one, the way to it stands in its place. */
export function FactorFirst({ children }: { readonly children: ReactNode }) {
  const say = useSay()
  const { data: session } = useQuery(sessionQuery)
  const factors = session?.factors
  if (factors?.totp || (factors?.passkeys ?? 0) > 0) return children
  return (
    <p className="quiet">
      {say('이 일은 2단계 인증이 있어야 합니다. ', 'This needs a second factor. ')}
      <a href="#account">{say('내 계정에서 등록', 'Add one in My account')}</a>
    </p>
  )
}
