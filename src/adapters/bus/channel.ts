/** Two ends, messages in order, at most once. What one process or one pair of them is to the bus. */
export interface Channel {
  /** `done` runs when the message is out of our hands: written, or lost with the line. */
  send(message: unknown, done: () => void): void
  /** One hearer each. */
  onMessage(hear: (message: unknown) => void): void
  onClose(hear: (why: string) => void): void
  close(): void
}
