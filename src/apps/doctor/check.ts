/** What one check found. `fix` says what to do; it is there whenever the level is not `good`. */
export interface Checked {
  readonly name: string
  readonly level: 'good' | 'warning' | 'bad'
  readonly ko: string
  readonly en: string
  readonly fix?: { readonly ko: string; readonly en: string }
}

export const good = (name: string, ko: string, en: string): Checked => ({ name, level: 'good', ko, en })

export const warning = (name: string, ko: string, en: string, fixKo: string, fixEn: string): Checked => ({
  name,
  level: 'warning',
  ko,
  en,
  fix: { ko: fixKo, en: fixEn },
})

export const bad = (name: string, ko: string, en: string, fixKo: string, fixEn: string): Checked => ({
  ...warning(name, ko, en, fixKo, fixEn),
  level: 'bad',
})
