import { plain } from './screen/width.ts'

/** Where a command speaks. Results go to `out`; progress, questions and trouble to `err`, so that `--json` stays clean. */
export interface Io {
  out(line: string): void
  err(line: string): void
}

/** 0 done · 1 an expected no, explained on stderr · 2 bad usage · 70 our bug, with the path of a crash report. */
export type ExitCode = 0 | 1 | 2 | 70

/** An expected no: its message is the whole explanation, so no stack is shown. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** Korean first, English beside it. */
export const refuse = (ko: string, en: string): never => {
  throw new Refusal(`${ko}\n${en}`)
}

/** Colours belong on a terminal; a file or a pipe gets plain text. */
const onStream = (stream: NodeJS.WriteStream) => (line: string) =>
  void stream.write(`${stream.isTTY ? line : plain(line)}\n`)

export const processIo: Io = { out: onStream(process.stdout), err: onStream(process.stderr) }
