import { Segments } from '../../parts/field.tsx'
import { usePreferences } from '../../state/preferences.ts'
import { useSay } from '../../state/say.ts'

/** Kept in this browser alone; nothing of it goes into the file. */
export function AppearanceSection() {
  const say = useSay()
  const { language, theme, colours, set } = usePreferences()
  return (
    <div className="settings-fields">
      <div className="field">
        <span className="label">{say('언어', 'Language')}</span>
        <Segments
          label={say('언어', 'Language')}
          value={language}
          options={[
            ['ko', '한국어'],
            ['en', 'English'],
          ]}
          onChange={(next) => set({ language: next })}
        />
      </div>
      <div className="field">
        <span className="label">{say('밝기', 'Theme')}</span>
        <Segments
          label={say('밝기', 'Theme')}
          value={theme}
          options={[
            ['system', say('기기에 맞춤', 'As the device')],
            ['light', say('밝게', 'Light')],
            ['dark', say('어둡게', 'Dark')],
          ]}
          onChange={(next) => set({ theme: next })}
        />
      </div>
      <div className="field">
        <span className="label">{say('등락 색', 'Colours')}</span>
        <Segments
          label={say('등락 색', 'Colours')}
          value={colours}
          options={[
            ['korean', say('빨강 상승 · 파랑 하락', 'Red up · blue down')],
            ['western', say('초록 상승 · 빨강 하락', 'Green up · red down')],
          ]}
          onChange={(next) => set({ colours: next })}
        />
        <span className="hint">
          <span className="up">▲ 1,250 (+1.75%)</span> <span className="down">▼ 830 (−1.16%)</span>
        </span>
      </div>
    </div>
  )
}
