import type { SentenceMessage } from '../../contract/live.ts'
import { usePreferences } from './preferences.ts'

/** A sentence in the language that was chosen. Both languages stand together at the place where they are shown. */
export type Say = (ko: string, en: string) => string

export function useSay(): Say {
  const language = usePreferences((preferences) => preferences.language)
  return language === 'ko' ? (ko) => ko : (_, en) => en
}

export const useSentence = (): ((sentence: SentenceMessage) => string) => {
  const say = useSay()
  return ({ ko, en }) => say(ko, en)
}
