import { useSay } from '../../../state/say.ts'
import { ShownOnceSheet } from './shown-once.tsx'
import { codesFile } from './view.ts'

/** Ten ways in for the day the phone is gone. */
export function RecoveryCodesSheet(props: {
  readonly codes: readonly string[]
  readonly name: string
  readonly onClose: () => void
}) {
  const say = useSay()
  const text = codesFile(props.codes, props.name, location.host)
  return (
    <ShownOnceSheet
      title={say('복구 코드', 'Recovery codes')}
      text={text}
      file={{ name: 'garam-recovery-codes.txt', text }}
      onClose={props.onClose}
    >
      <p>
        {say(
          '휴대폰을 잃어버리면 이 코드로 들어옵니다. 하나를 한 번씩만 쓸 수 있고, 지금만 보입니다. 종이에 적거나 비밀번호 관리자에 넣어 두세요.',
          'These let you in when the phone is gone. Each is good once, and they are shown only now. Put them on paper or into a password manager.',
        )}
      </p>
      <ol className="codes-shown">
        {props.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
    </ShownOnceSheet>
  )
}
