import type { ReadStream, WriteStream } from 'node:tty'
import type { Cancel, Clock } from '../../std/clock.ts'
import { every } from '../system.ts'
import { CLEAR_BELOW, CLEAR_LINE, ENTER_SCREEN, HOME, LEAVE_SCREEN } from './ansi.ts'

/** Often enough to look alive, seldom enough to read. */
const REDRAW_MS = 250

export interface Screen {
  redraw(): void
  /** Gives the terminal back as it was. Safe to call twice. */
  close(): void
}

/** Takes the whole terminal: redraws what `draw` gives, hands keys on. Only lines that changed are written again. */
export function openScreen(parts: {
  readonly input: ReadStream
  readonly output: WriteStream
  readonly clock: Clock
  readonly draw: (width: number, height: number) => readonly string[]
  readonly onKey: (key: string) => void
}): Screen {
  const { input, output } = parts
  let shown: readonly string[] = []
  let closed = false

  const redraw = () => {
    if (closed) return
    const lines = parts.draw(output.columns, output.rows)
    const text = lines.map((line, i) => (line === shown[i] ? '' : `${move(i)}${line}${CLEAR_LINE}`)).join('')
    shown = lines
    if (text !== '') output.write(text)
  }
  const resized = () => {
    shown = []
    output.write(`${HOME}${CLEAR_BELOW}`)
    redraw()
  }
  const pressed = (data: Buffer) => {
    for (const key of data.toString('utf8')) parts.onKey(key)
  }

  output.write(ENTER_SCREEN)
  input.setRawMode(true)
  input.resume()
  input.on('data', pressed)
  output.on('resize', resized)
  redraw()
  const cancel: Cancel = every(parts.clock, REDRAW_MS, redraw)
  const close = () => {
    if (closed) return
    closed = true
    cancel()
    input.off('data', pressed)
    output.off('resize', resized)
    input.setRawMode(false)
    input.pause()
    output.write(LEAVE_SCREEN)
  }
  // A crash must not leave the user with a terminal without cursor and echo.
  process.once('exit', close)
  return { redraw, close }
}

const move = (line: number): string => `\u001b[${line + 1};1H`
