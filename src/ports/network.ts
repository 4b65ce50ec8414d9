/** The wire, so that a simulated one can stand behind the same port. Bodies are text (UTF-8). */
export interface HttpRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Wall milliseconds until the reply is given up. */
  readonly timeoutMs: number
}

export interface HttpReply {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** `sent: false` means that not one byte of the request left (refused, no route); otherwise it may have arrived. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
  readonly sent: boolean
  constructor(message: string, sent: boolean) {
    super(message)
    this.sent = sent
  }
}

export interface SocketHandlers {
  onOpen(): void
  /** One whole message, UTF-8. The bytes are the wire's own: read them before returning, keep none. */
  onMessage(frame: Uint8Array): void
  onClose(code: number, reason: string): void
}

export interface SocketLine {
  send(text: string): void
  /** Closes politely; `terminate` drops at once (half-open lines). */
  close(): void
  terminate(): void
}

export interface Network {
  /** POST. Rejects with a `NetworkError` only. `lane` keeps orders on a connection of their own. */
  post(lane: string, request: HttpRequest): Promise<HttpReply>
  connect(url: string, handlers: SocketHandlers): SocketLine
  close(): Promise<void>
}
