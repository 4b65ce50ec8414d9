import { type ReactNode, useState } from 'react'
import { passkeyBar } from '../../../api/passkey.ts'
import type { Session } from '../../../api/session.ts'
import { toast } from '../../../parts/toasts.tsx'
import { useSay } from '../../../state/say.ts'
import { ConfirmSheet } from './confirm-sheet.tsx'
import { PasskeyNote, PasskeySheet, Passkeys } from './passkeys.tsx'
import { RecoveryCodesSheet } from './recovery-codes.tsx'
import { TotpSheet } from './totp-sheet.tsx'
import { newRecoveryCodes, removeTotp } from './use-account.ts'

const FEW_CODES = 3

type Open = 'totp' | 'passkey' | 'removeTotp' | 'newCodes'

/** What an account is protected with beside its password. */
export function SecondFactors(props: {
  readonly factors: NonNullable<Session['factors']>
  readonly name: string
}) {
  const say = useSay()
  const { totp, passkeys, recoveryLeft } = props.factors
  const [open, setOpen] = useState<Open | undefined>(undefined)
  const [codes, setCodes] = useState<readonly string[]>([])
  const close = () => setOpen(undefined)
  const isFirst = !totp && passkeys === 0
  const onAdded = (made: readonly string[]) => {
    close()
    setCodes(made)
    toast('good', { ko: '2단계 인증을 등록했습니다', en: 'The second factor is added' })
  }
  return (
    <>
      {isFirst && (
        <p className="note warn">
          {say(
            '아직 2단계 인증이 없습니다. 사는 것, 정지를 푸는 것, 설정과 사용자를 바꾸는 것은 등록한 뒤에 할 수 있습니다.',
            'There is no second factor yet. Buying, lifting a stop, and changing settings or users need one.',
          )}
        </p>
      )}
      <ul className="entries">
        <Entry
          title={say('인증 앱 (TOTP)', 'Authenticator app (TOTP)')}
          sub={totp ? say('등록됨', 'added') : say('없음', 'none')}
        >
          {totp ? (
            <button type="button" className="button small" onClick={() => setOpen('removeTotp')}>
              {say('제거', 'Remove')}
              <span className="unseen"> {say('인증 앱', 'the authenticator app')}</span>
            </button>
          ) : (
            <button
              type="button"
              className={isFirst ? 'button small primary' : 'button small'}
              onClick={() => setOpen('totp')}
            >
              {say('인증 앱 등록', 'Add an app')}
            </button>
          )}
        </Entry>
        {passkeys > 0 && <Passkeys />}
        <Entry
          title={say('패스키', 'Passkeys')}
          sub={
            passkeys > 0
              ? say(`${passkeys}개`, `${passkeys}`)
              : say('지문·얼굴·보안 키로 로그인', 'Sign in with finger, face or a key')
          }
        >
          <button
            type="button"
            className="button small"
            disabled={passkeyBar() !== undefined}
            onClick={() => setOpen('passkey')}
          >
            {say('패스키 등록', 'Add a passkey')}
          </button>
        </Entry>
        {!isFirst && (
          <Entry
            title={say('복구 코드', 'Recovery codes')}
            sub={say(`${recoveryLeft}개 남음`, `${recoveryLeft} left`)}
            isPoor={recoveryLeft < FEW_CODES}
          >
            <button type="button" className="button small" onClick={() => setOpen('newCodes')}>
              {say('새로 만들기', 'Make new ones')}
            </button>
          </Entry>
        )}
      </ul>
      <PasskeyNote />
      {open === 'totp' && <TotpSheet isFirst={isFirst} onClose={close} onAdded={onAdded} />}
      {open === 'passkey' && <PasskeySheet isFirst={isFirst} onClose={close} onAdded={onAdded} />}
      {open === 'removeTotp' && (
        <ConfirmSheet
          title={say('인증 앱 제거', 'Remove the authenticator app')}
          act={say('제거', 'Remove')}
          run={removeTotp}
          onClose={close}
        >
          <p>
            {passkeys > 0
              ? say(
                  '이 앱의 코드로는 더 들어올 수 없습니다. 다른 기기는 모두 로그아웃됩니다.',
                  'Its codes let nobody in any more. All other devices are signed out.',
                )
              : say(
                  '마지막 2단계 인증입니다. 제거하면 사거나 설정을 바꿀 수 없고, 복구 코드도 없어집니다.',
                  'It is the last second factor. Without it this account can neither buy nor change settings, and its recovery codes go too.',
                )}
          </p>
        </ConfirmSheet>
      )}
      {open === 'newCodes' && (
        <ConfirmSheet
          title={say('복구 코드 새로 만들기', 'Make new recovery codes')}
          act={say('새로 만들기', 'Make them')}
          run={newRecoveryCodes}
          onDone={setCodes}
          onClose={close}
        >
          <p>{say('지금까지의 복구 코드는 모두 쓸 수 없게 됩니다.', 'All codes so far stop working.')}</p>
        </ConfirmSheet>
      )}
      {codes.length > 0 && (
        <RecoveryCodesSheet codes={codes} name={props.name} onClose={() => setCodes([])} />
      )}
    </>
  )
}

function Entry(props: {
  readonly title: string
  readonly sub: string
  readonly isPoor?: boolean
  readonly children: ReactNode
}) {
  return (
    <li className="entry">
      <span>
        <strong>{props.title}</strong>
        <span className={props.isPoor ? 'sub poor' : 'sub'}>{props.sub}</span>
      </span>
      <span className="row">{props.children}</span>
    </li>
  )
}
