import { type ReactNode, useState } from 'react'
import { Sheet } from '../../../parts/sheet.tsx'
import { toast } from '../../../parts/toasts.tsx'
import { useSay } from '../../../state/say.ts'

/** Something the server keeps no copy of. Whoever closes it without having taken it is asked once more. */
export function ShownOnceSheet(props: {
  readonly title: string
  /** What is copied. */
  readonly text: string
  readonly file?: { readonly name: string; readonly text: string }
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const say = useSay()
  const [isTaken, setTaken] = useState(false)
  const [isWarned, setWarned] = useState(false)
  const close = () => {
    if (isTaken || isWarned) props.onClose()
    else setWarned(true)
  }
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text)
      setTaken(true)
      toast('good', { ko: '복사했습니다', en: 'Copied' })
    } catch {
      toast('warn', {
        ko: '브라우저가 복사를 막았습니다. 글자를 선택해서 복사하세요',
        en: 'The browser does not copy; select the text and copy it by hand',
      })
    }
  }
  const { file } = props
  return (
    <Sheet
      title={props.title}
      onClose={close}
      foot={
        <>
          <button type="button" className="button" onClick={() => void copy()}>
            {say('복사', 'Copy')}
          </button>
          {file && (
            <button
              type="button"
              className="button"
              onClick={() => {
                save(file)
                setTaken(true)
              }}
            >
              {say('파일로 저장', 'Save as a file')}
            </button>
          )}
          <button type="button" className="button primary" onClick={close}>
            {say('보관했습니다', 'I have kept it')}
          </button>
        </>
      }
    >
      {props.children}
      {isWarned && !isTaken && (
        <p className="note warn" role="alert">
          {say(
            '아직 복사하지 않았습니다. 닫으면 다시 볼 수 없습니다. 그래도 닫으려면 한 번 더 누르세요.',
            'Nothing was copied yet, and it is not shown again. Press once more to close it anyway.',
          )}
        </p>
      )}
    </Sheet>
  )
}

function save({ name, text }: { readonly name: string; readonly text: string }): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 1_000)
}
