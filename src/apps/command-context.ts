import type { ExitCode, Io } from './io.ts'

/** What every command is given: where it speaks, and how it says with which code the process should end. */
export interface CommandContext {
  readonly io: Io
  finish(code: ExitCode): void
}
