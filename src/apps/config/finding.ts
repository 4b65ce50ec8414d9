import type { Sentence } from '../../model/sentence.ts'

/** Something wrong in the file, at its place (both counted from 1), in one sentence that says what to do. */
export interface Finding {
  readonly line: number
  readonly column: number
  /** `exits.stop_loss_pct`, `buy[2].window`; empty for the file as a whole. */
  readonly path: string
  readonly ko: string
  readonly en: string
}

export type Path = readonly (string | number)[]

/** Values that are each fine but cannot stand together, at the place to mend. */
export type Contradiction = Sentence & { readonly path: Path }

export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  )

/** `garam.yaml:12:3 exits.stop_loss_pct: …`, which editors and terminals turn into a link. */
export const findingText = (file: string, finding: Finding): string => {
  const about = finding.path === '' ? '' : ` ${finding.path}:`
  return `${file}:${finding.line}:${finding.column}${about} ${finding.ko}\n    ${finding.en}`
}
