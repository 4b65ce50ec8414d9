import type { RealFrame } from './socket/frame.ts'

/** One HTTP request as the core sees it; a transport fills it in. Header names are lower case. */
export interface SimulatorRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

export interface SimulatorReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Wall milliseconds the transport holds the reply back. */
  readonly delayMs?: number
}

/** One WebSocket connection; the transport calls these. */
export interface SimulatorSession {
  receive(text: string): void
  closed(): void
}

export type Send = (text: string) => void
/** Takes the REAL frames of one moment together: a transport may put all of them on the wire in one write. */
export type SendFrames = (frames: readonly RealFrame[]) => void
/** `abrupt`: the line dies without a closing handshake. */
export type Close = (code: number, abrupt: boolean) => void

export type Profile = 'real' | 'mock'

export type Row = Readonly<Record<string, unknown>>

/** A text or a number as text, anything else as `''`: `String` of a deep list or of `{"toString":1}` throws. */
export const plainText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
