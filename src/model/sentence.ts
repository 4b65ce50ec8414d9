/** What a person reads, in both languages; Korean is shown first. */
export interface Sentence {
  readonly ko: string
  readonly en: string
}
