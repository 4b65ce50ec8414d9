import { dayText } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { useNow } from '../../state/use-now.ts'
import { useSettings } from './use-settings.ts'

/** The file as it is, to keep elsewhere. It holds no key, only where the keys are. */
export function BackupSection() {
  const say = useSay()
  const { data: settings } = useSettings()
  const now = useNow()
  if (!settings) return null
  const name = settings.file.replace(/(\.[a-z]+)?$/, (ending) => `-${dayText(now)}${ending}`)
  const save = () => {
    const address = URL.createObjectURL(new Blob([settings.text], { type: 'application/yaml' }))
    const link = document.createElement('a')
    link.href = address
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(address), 1_000)
  }
  return (
    <div className="stack">
      <p className="quiet">
        {say(
          '지금 파일을 그대로 내려받습니다. 주석도 함께입니다. 되돌릴 때는 원문 편집에 붙여 넣으면 검사한 뒤 바꿉니다.',
          'Saves the file as it is, comments included. To go back, paste it into the text editor: it is checked before it takes effect.',
        )}
      </p>
      <div className="row">
        <button type="button" className="button" onClick={save}>
          {say('설정 파일 내려받기', 'Download the settings')}
        </button>
        <span className="quiet">{name}</span>
      </div>
    </div>
  )
}
