import type { Channel } from './channel.ts'

/** Both ends of a channel inside one process. Messages are copied as JSON, so that nothing is shared by mistake. */
export function createChannelPair(): readonly [Channel, Channel] {
  let closed = false
  const ends = [createEnd(), createEnd()] as const

  const close = (by: string) => {
    if (closed) return
    closed = true
    for (const end of ends) queueMicrotask(() => end.onClose(by))
  }

  const side = (mine: End, other: End): Channel => ({
    send: (message, done) => {
      const text = JSON.stringify(message)
      queueMicrotask(() => {
        if (!closed) other.hear(JSON.parse(text))
        done()
      })
    },
    onMessage: (hear) => {
      mine.hear = hear
    },
    onClose: (hear) => {
      mine.onClose = hear
    },
    close: () => close('closed'),
  })

  return [side(ends[0], ends[1]), side(ends[1], ends[0])]
}

interface End {
  hear(message: unknown): void
  onClose(why: string): void
}

const createEnd = (): End => ({ hear: () => undefined, onClose: () => undefined })
