import { create } from 'zustand'

export type Language = 'ko' | 'en'
export type Theme = 'dark' | 'light' | 'system'
export type Colours = 'korean' | 'western'

interface Preferences {
  readonly language: Language
  readonly theme: Theme
  /** Which colour a rise has: red in Korea, green elsewhere. */
  readonly colours: Colours
  set(change: Partial<Pick<Preferences, 'language' | 'theme' | 'colours'>>): void
}

const KEY = 'garam.preferences'

/** Kept in this browser alone: they say nothing about the account. */
export const usePreferences = create<Preferences>((update, get) => ({
  language: 'ko',
  theme: 'system',
  colours: 'korean',
  ...stored(),
  set: (change) => {
    update(change)
    const { language, theme, colours } = get()
    try {
      localStorage.setItem(KEY, JSON.stringify({ language, theme, colours }))
    } catch {
      // A browser that keeps nothing still shows what was chosen until it is closed.
    }
  },
}))

function stored(): Partial<Preferences> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    const { language, theme, colours } = kept as Record<string, unknown>
    return {
      ...((language === 'ko' || language === 'en') && { language }),
      ...((theme === 'dark' || theme === 'light' || theme === 'system') && { theme }),
      ...((colours === 'korean' || colours === 'western') && { colours }),
    }
  } catch {
    return {}
  }
}

const wantsDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)')

const shownTheme = (theme: Theme): 'dark' | 'light' =>
  theme === 'system' ? (wantsDark().matches ? 'dark' : 'light') : theme

/** Puts theme, colours and language onto the page, now and whenever they change. */
export function followPreferences(): void {
  const show = () => {
    const { theme, colours, language } = usePreferences.getState()
    const page = document.documentElement
    page.dataset.theme = shownTheme(theme)
    page.dataset.colours = colours
    page.lang = language
  }
  show()
  usePreferences.subscribe(show)
  wantsDark().addEventListener('change', show)
}
