import type { ExpectStatic } from 'vitest'
import type { Stage, StageSettings } from './stage.ts'

/** One thing that happened to somebody, at Kiwoom or elsewhere, played against the whole trader. */
export interface Scenario {
  /** Row of the list of complaints. */
  readonly row: number
  readonly title: string
  readonly stage?: Partial<StageSettings>
  /** `expect` is the test's own: the shared one counts the expectations of all that run at a time. */
  readonly play: (stage: Stage, expect: ExpectStatic) => Promise<void>
}
