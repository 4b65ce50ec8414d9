import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import WebSocket from 'ws'

interface Target {
  readonly webSocketDebuggerUrl: string
}

/** Bytes that a Node process with `--inspect` on this port holds after a full collection. */
export async function settledHeapOf(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`)
  const [target] = (await answer.json()) as readonly Target[]
  if (!target) throw new Error(`nobody to inspect on port ${port}`)
  const socket = new WebSocket(target.webSocketDebuggerUrl)
  try {
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    await asked(socket, 1, 'HeapProfiler.collectGarbage')
    const { usedSize } = (await asked(socket, 2, 'Runtime.getHeapUsage')) as { usedSize: number }
    return usedSize
  } finally {
    socket.close()
  }
}

function asked(socket: WebSocket, id: number, method: string): Promise<unknown> {
  const answered = new Promise<unknown>((resolve) => {
    const hear = (data: WebSocket.RawData) => {
      const said = JSON.parse(String(data)) as { id?: number; result?: unknown }
      if (said.id !== id) return
      socket.off('message', hear)
      resolve(said.result)
    }
    socket.on('message', hear)
  })
  socket.send(JSON.stringify({ id, method }))
  return answered
}

/** One that nobody has at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
