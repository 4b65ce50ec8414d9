export type TroubleCode =
  | 'options'
  | 'notFound'
  | 'emptyFile'
  | 'notTable'
  | 'header'
  | 'column'
  | 'encoding'
  | 'cutShort'
  | 'swapped'
  | 'badRows'
  | 'zones'
  | 'locked'
  | 'cancelled'
  | 'damaged'
  | 'prices'
  | 'disk'

/** An expected no of the catalog: what is wrong, where, and what to do, in both languages. */
export class CatalogTrouble extends Error {
  override readonly name = 'CatalogTrouble'
  readonly code: TroubleCode
  readonly ko: string
  readonly en: string
  /** The line of the file, counted with its header, when there is one to blame. */
  readonly row: number | undefined

  constructor(code: TroubleCode, ko: string, en: string, row?: number) {
    super(`${ko}\n${en}`)
    this.code = code
    this.ko = ko
    this.en = en
    this.row = row
  }
}

/** Throws, and so never returns: for the end of an expression. */
export const refuse = (code: TroubleCode, ko: string, en: string, row?: number): never => {
  throw new CatalogTrouble(code, ko, en, row)
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
