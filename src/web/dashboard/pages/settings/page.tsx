import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useSearch } from 'wouter'
import { useLocationProperty } from 'wouter/use-browser-location'
import type { SettingsMessage } from '../../../contract/settings.ts'
import { sessionQuery } from '../../api/session.ts'
import { Card } from '../../parts/card.tsx'
import { ErrorNote, Loading } from '../../parts/notes.tsx'
import { RIGHTS } from '../../state/may.ts'
import { useSay } from '../../state/say.ts'
import { FormProvider } from './form.ts'
import { ReviewBar } from './review.tsx'
import { SETTINGS_SECTIONS } from './sections.ts'
import { useFileForm, useSettings } from './use-settings.ts'
import './page.css'

export function SettingsPage() {
  const say = useSay()
  const { data: settings, error, refetch } = useSettings()
  const form = useFileForm(settings)
  const sections = useSections(form !== undefined)
  useSought(form !== undefined || error !== null)
  return (
    <FormProvider value={form}>
      <div className="page-head">
        <h1>{say('설정', 'Settings')}</h1>
        {settings && (
          <>
            <span className="chip">{settings.file}</span>
            <span className="quiet">
              {say(
                '이 파일이 유일한 원본입니다. 실행 중인 가람이 파일을 따릅니다.',
                'This file is the one source. A running Garam follows it.',
              )}
            </span>
          </>
        )}
      </div>
      {settings && <FileFindings settings={settings} />}
      <div className="settings">
        <nav className="settings-nav" aria-label={say('설정 묶음', 'Sections')}>
          {sections.map(({ id, ko, en }) => (
            <a key={id} href={`#${id}`}>
              {say(ko, en)}
            </a>
          ))}
        </nav>
        <div className="stack">
          {!form && (error ? <ErrorNote error={error} again={() => void refetch()} /> : <Loading />)}
          {sections.map(({ id, ko, en, Section }) => (
            <div key={id} id={id} className="settings-anchor">
              <Card title={say(ko, en)}>
                <Section />
              </Card>
            </div>
          ))}
          {form && <ReviewBar />}
        </div>
      </div>
    </FormProvider>
  )
}

/** What stands here for this person: an account can be protected even while the file cannot be read. */
function useSections(hasFile: boolean) {
  const { data: session } = useQuery(sessionQuery)
  const rights = RIGHTS[session?.user?.role ?? 'viewer']
  return SETTINGS_SECTIONS.filter(
    ({ standsAlone, scope = 'read', notInDemo }) =>
      (hasFile || standsAlone) && rights.includes(scope) && !(notInDemo && session?.demo),
  )
}

/** Goes to what the address names once it is there: to a section (`#limits`), or into a setting (`?key=limits.max_positions`). */
function useSought(isThere: boolean): void {
  const hash = useLocationProperty(() => location.hash)
  const key = new URLSearchParams(useSearch()).get('key')
  useEffect(() => {
    if (!isThere) return
    // After the turn of the page, which begins at its top.
    const frame = requestAnimationFrame(() => {
      if (key === null) return document.getElementById(hash.slice(1))?.scrollIntoView()
      const setting = [...document.querySelectorAll<HTMLElement>('[data-key]')].find(
        ({ dataset }) => dataset.key === key || dataset.key?.startsWith(`${key}.`),
      )
      setting?.scrollIntoView({ block: 'center' })
      setting?.querySelector<HTMLElement>('input, select')?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [isThere, hash, key])
}

function FileFindings({ settings }: { readonly settings: SettingsMessage }) {
  const say = useSay()
  if (settings.findings.length === 0) return null
  return (
    <div className="note bad" role="alert">
      <span>
        {say(
          `설정 파일에 잘못된 곳이 ${settings.findings.length}군데 있습니다. 가람은 마지막으로 맞았던 설정을 따르고 있습니다. `,
          `The file has ${settings.findings.length} mistakes. Garam follows the last settings that were right. `,
        )}
        <a href="#file">{say('원문에서 보기', 'Show them in the text')}</a>
      </span>
    </div>
  )
}
