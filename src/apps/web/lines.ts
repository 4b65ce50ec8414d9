import type { Socket } from 'node:net'

/**
 * Reads whole lines from a socket whose encoding is set to text. A line longer than `longest` characters ends the
 * connection, and nothing after it is heard. `early` is what came before we listened.
 */
export function hearLines(socket: Socket, longest: number, hear: (line: string) => void, early = ''): void {
  let parts: string[] = []
  let length = 0
  const take = (part: string) => {
    let rest = part
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      parts.push(rest.slice(0, end))
      const line = parts.join('')
      parts = []
      length = 0
      rest = rest.slice(end + 1)
      if (line.length > longest) return void socket.destroy()
      hear(line)
      if (socket.destroyed) return
    }
    parts.push(rest)
    length += rest.length
    if (length > longest) socket.destroy()
  }
  socket.on('data', take)
  if (early !== '') take(early)
}
