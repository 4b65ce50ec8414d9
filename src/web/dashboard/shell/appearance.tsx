import { Segments } from '../parts/field.tsx'
import { usePreferences } from '../state/preferences.ts'
import { useSay } from '../state/say.ts'

/** Language and theme: what can be chosen before anybody is in, too. */
export function LanguageAndTheme() {
  const say = useSay()
  const { language, theme, set } = usePreferences()
  return (
    <>
      <Segments
        label="언어 · Language"
        value={language}
        options={[
          ['ko', '한국어'],
          ['en', 'English'],
        ]}
        onChange={(chosen) => set({ language: chosen })}
      />
      <Segments
        label={say('테마', 'Theme')}
        value={theme}
        options={[
          ['system', say('시스템', 'System')],
          ['dark', say('어둡게', 'Dark')],
          ['light', say('밝게', 'Light')],
        ]}
        onChange={(chosen) => set({ theme: chosen })}
      />
    </>
  )
}

/** How the screen looks in this browser: language, theme, and which colour a rise has. */
export function Appearance() {
  const say = useSay()
  const { colours, set } = usePreferences()
  return (
    <div className="appearance">
      <LanguageAndTheme />
      <Segments
        label={say('상승 색', 'Colour of a rise')}
        value={colours}
        options={[
          ['korean', say('한국식', 'Korean')],
          ['western', say('서구식', 'Western')],
        ]}
        onChange={(chosen) => set({ colours: chosen })}
      />
      <p className="appearance-sample" aria-hidden="true">
        <span className="up">▲ {say('상승', 'up')}</span>{' '}
        <span className="down">▼ {say('하락', 'down')}</span>
      </p>
    </div>
  )
}
