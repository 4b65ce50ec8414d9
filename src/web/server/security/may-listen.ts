import type { Sentence } from '../../../model/sentence.ts'
import { err, ok, type Result } from '../../../std/result.ts'
import { isLoopback } from './addresses.ts'
import { activeOwners, hasFactor } from './people.ts'
import type { Tls } from './security.ts'
import type { Store } from './store.ts'

export interface Listening {
  /** The address to listen on: `127.0.0.1`, `0.0.0.0`, `::`. */
  readonly address: string
  readonly tls: Tls
  readonly demo: boolean
  readonly store: Store
}

/** Others can reach it: by its address, or through a proxy that stands in front. */
export const isExposed = ({ address, tls }: Pick<Listening, 'address' | 'tls'>): boolean =>
  !isLoopback(address) || tls === 'proxy'

/** Whether a server may be opened there at all. The error says what is missing. */
export function mayListen(listening: Listening): Result<void, Sentence> {
  const { address, tls, demo, store } = listening
  if (!isExposed(listening)) return ok(undefined)
  if (demo)
    return err({
      ko: `데모는 이 컴퓨터에서만 엽니다 (127.0.0.1). ${address} 에서는 열지 않습니다`,
      en: `the demo opens on this machine only (127.0.0.1), not on ${address}`,
    })
  if (tls === 'none')
    return err({
      ko: `${address} 은(는) 밖에서 닿는 주소라서 TLS 없이 열지 않습니다. 인증서를 설정하거나, TLS를 맡는 프록시를 설정에 적으세요`,
      en: `${address} can be reached from outside, so it is not opened without TLS. Set a certificate, or declare the proxy that does TLS`,
    })
  if (activeOwners(store.view()).some(hasFactor)) return ok(undefined)
  return err({
    ko: '밖에서 접속할 수 있게 하려면 먼저 2단계 인증을 가진 소유자가 있어야 합니다. 127.0.0.1 에서 열어 소유자를 만들고 인증 앱이나 패스키를 추가하세요',
    en: 'before other machines may reach it there must be an owner with a second factor. Open it on 127.0.0.1, make the owner and add an authenticator app or a passkey',
  })
}
