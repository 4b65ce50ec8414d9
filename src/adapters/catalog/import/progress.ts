/** How far an import is. `share` of the phase, 0 to 1; rows so far where they are known. */
export interface ImportProgress {
  readonly phase: 'hash' | 'read' | 'sort' | 'write'
  readonly share: number
  readonly rows: number
}

export interface ImportRun {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ImportProgress) => void
  /** Bytes of text that are worked on at once. */
  readonly blockBytes?: number
  /** What DuckDB may hold in memory. */
  readonly memory?: string
}
