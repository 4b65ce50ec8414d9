import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { type Network, NetworkError, type SocketHandlers } from '../../ports/network.ts'
import { createNetwork } from './network.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

const network = (): Network => {
  const made = createNetwork()
  open.push(() => made.close())
  return made
}

const listen = async (server: Server | ReturnType<typeof createTcpServer>): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(() => new Promise((resolve) => server.close(resolve)))
  return (server.address() as AddressInfo).port
}

const serve = (answer: (request: IncomingMessage, response: ServerResponse, body: string) => void) =>
  listen(
    createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      request.on('end', () => answer(request, response, body))
    }),
  )

const post = (
  net: Network,
  port: number,
  more: { lane?: string; body?: string; timeoutMs?: number; path?: string } = {},
) =>
  net.post(more.lane ?? 'queries', {
    url: `http://127.0.0.1:${port}${more.path ?? '/api'}`,
    headers: { 'content-type': 'application/json', 'api-id': 'ka10001' },
    body: more.body ?? '{}',
    timeoutMs: more.timeoutMs ?? 5_000,
  })

const failure = async (work: Promise<unknown>): Promise<NetworkError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(NetworkError)
  return error as NetworkError
}

describe('HTTP', () => {
  it('posts text and gives back status, lower-case headers and text', async () => {
    const port = await serve((request, response, body) => {
      response.writeHead(429, { 'Cont-Yn': 'Y', 'Next-Key': 'abc' })
      response.end(`${request.method} ${request.url} ${request.headers['api-id']} ${body} 정상`)
    })
    const reply = await post(network(), port, { body: '{"stk_cd":"005930"}', path: '/api/dostk/stkinfo?x=1' })
    expect(reply).toMatchObject({
      status: 429,
      headers: { 'cont-yn': 'Y', 'next-key': 'abc' },
      body: 'POST /api/dostk/stkinfo?x=1 ka10001 {"stk_cd":"005930"} 정상',
    })
  })

  it('keeps a line for the next request, and one of its own for each lane', async () => {
    const ports: (number | undefined)[] = []
    const port = await serve((request, response) => {
      ports.push(request.socket.remotePort)
      response.end('{}')
    })
    const net = network()
    for (const lane of ['queries', 'queries', 'orders', 'orders']) {
      await post(net, port, { lane })
      // undici gives a line back one turn of the event loop after its reply.
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(ports[1]).toBe(ports[0])
    expect(ports[2]).not.toBe(ports[0])
    expect(ports[3]).toBe(ports[2])
  })

  it('never sends a second request on a line before the first is answered', async () => {
    const busy = new Map<Socket, number>()
    let most = 0
    const port = await serve((request, response) => {
      const now = (busy.get(request.socket) ?? 0) + 1
      busy.set(request.socket, now)
      most = Math.max(most, now)
      setTimeout(() => {
        busy.set(request.socket, (busy.get(request.socket) ?? 1) - 1)
        response.end('{}')
      }, 10)
    })
    const net = network()
    await Promise.all(Array.from({ length: 20 }, () => post(net, port)))
    expect(most).toBe(1)
  })

  it('says "not sent" when nobody listens', async () => {
    const port = await serve((_, response) => response.end())
    await open.pop()?.()
    expect((await failure(post(network(), port))).sent).toBe(false)
  })

  it('says "not sent" for a name that does not exist and for no address', async () => {
    const net = network()
    const request = { headers: {}, body: '', timeoutMs: 3_000 }
    expect((await failure(net.post('orders', { ...request, url: 'http://nowhere.invalid/' }))).sent).toBe(
      false,
    )
    expect((await failure(net.post('orders', { ...request, url: 'nowhere' }))).sent).toBe(false)
    expect((await failure(net.post('orders', { ...request, url: 'ftp://127.0.0.1/' }))).sent).toBe(false)
  })

  it('says "sent" when the server takes the request and closes', async () => {
    let heard = ''
    const port = await serve((request, _, body) => {
      heard = body
      request.socket.destroy()
    })
    const error = await failure(post(network(), port, { body: 'order' }))
    expect(error.sent).toBe(true)
    expect(heard).toBe('order')
  })

  it('says "sent" when the reply does not come in time, and drops the line', async () => {
    let closed = false
    const port = await serve((request) => {
      request.socket.on('close', () => {
        closed = true
      })
    })
    const error = await failure(post(network(), port, { timeoutMs: 100 }))
    expect(error.sent).toBe(true)
    expect(error.message).toContain('100 ms')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(closed).toBe(true)
  })

  it('says "sent" when the reply breaks off in its middle', async () => {
    const port = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"ord_no":')
      setTimeout(() => request.socket.destroy(), 20)
    })
    expect((await failure(post(network(), port))).sent).toBe(true)
  })

  it('never sends a request that was given up while it waited for a line', async () => {
    const heard: string[] = []
    const port = await serve((_, response, body) => {
      heard.push(body)
      setTimeout(() => response.end('{}'), 250)
    })
    const net = network()
    const first = Array.from({ length: 8 }, (_, i) => post(net, port, { body: `${i}` }))
    const late = failure(post(net, port, { body: 'late', timeoutMs: 50 }))
    expect((await late).sent).toBe(false)
    await Promise.all(first)
    await post(net, port, { body: 'next' })
    expect(heard).not.toContain('late')
    expect(heard).toContain('next')
  })

  it('takes a new line when the server has closed the idle one', async () => {
    const sockets: Socket[] = []
    const port = await serve((request, response) => {
      sockets.push(request.socket)
      response.end('{}')
    })
    const net = network()
    await post(net, port)
    sockets[0]?.end()
    await new Promise((resolve) => setTimeout(resolve, 30))
    await post(net, port)
    expect(sockets[1]).not.toBe(sockets[0])
  })

  it.each([
    ['speaks unasked', '\r\n{}more'],
    ['says that it closes', 'connection: close\r\n\r\n{}'],
    ['closes before we may use it', 'keep-alive: timeout=1\r\n\r\n{}'],
  ])('does not use a line again when the server %s', async (_, rest) => {
    let lines = 0
    const port = await listen(
      createTcpServer((socket) => {
        lines++
        socket.on('data', () => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n${rest}`))
        socket.on('error', () => undefined)
      }),
    )
    const net = network()
    expect((await post(net, port)).body).toBe('{}')
    expect((await post(net, port)).body).toBe('{}')
    expect(lines).toBe(2)
  })

  it('refuses a header that would end its own line', async () => {
    const net = network()
    const request = { url: 'http://127.0.0.1:9/', body: '', timeoutMs: 1_000 }
    const error = await failure(net.post('orders', { ...request, headers: { a: 'b\r\nc: d' } }))
    expect([error.sent, error.message]).toEqual([false, 'a header with a line end in it'])
  })

  it('ends what is under way and refuses the rest when it is closed', async () => {
    const port = await serve(() => undefined)
    const net = network()
    const hanging = failure(post(net, port))
    await new Promise((resolve) => setTimeout(resolve, 50))
    await net.close()
    expect((await hanging).sent).toBe(true)
    expect((await failure(post(net, port))).sent).toBe(false)
  })
})

describe('WebSocket', () => {
  const socketServer = async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await once(server, 'listening')
    open.push(() => new Promise((resolve) => server.close(resolve)))
    return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/api` }
  }

  const handlers = () => {
    const heard: string[] = []
    let wake: () => void = () => undefined
    const note = (text: string) => {
      heard.push(text)
      wake()
    }
    const until = async (count: number) => {
      while (heard.length < count)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      return heard
    }
    const made: SocketHandlers = {
      onOpen: () => note('open'),
      onMessage: (frame) => note(`message ${Buffer.from(frame).toString()}`),
      onClose: (code, reason) => note(`close ${code} ${reason}`),
    }
    return { made, until, heard }
  }

  it('carries text both ways and closes politely, without compression', async () => {
    const { server, url } = await socketServer()
    let extensions: string | undefined = 'unset'
    server.on('connection', (socket, request) => {
      extensions = request.headers['sec-websocket-extensions']
      socket.on('message', (data) => socket.send(`echo ${data.toString()} 체결`))
    })
    const { made, until } = handlers()
    const line = network().connect(url, made)
    line.send('too early, goes nowhere')
    await until(1)
    line.send('hello')
    await until(2)
    line.close()
    expect(await until(3)).toEqual(['open', 'message echo hello 체결', 'close 1000 '])
    expect(extensions).toBeUndefined()
  })

  it('tells the code and the reason of a close', async () => {
    const { server, url } = await socketServer()
    server.on('connection', (socket) => socket.close(1001, 'restart'))
    const { made, until } = handlers()
    network().connect(url, made)
    expect(await until(2)).toEqual(['open', 'close 1001 restart'])
  })

  it('tells a dropped line as 1006, once, also when we drop it', async () => {
    const { server, url } = await socketServer()
    const { made, until, heard } = handlers()
    server.on('connection', (socket) => socket.on('message', () => socket.terminate()))
    const line = network().connect(url, made)
    await until(1)
    line.send('go')
    expect((await until(2))[1]).toMatch(/^close 1006/)
    const own = handlers()
    const second = network().connect(url, own.made)
    await own.until(1)
    second.terminate()
    expect((await own.until(2))[1]).toMatch(/^close 1006/)
    expect(heard).toHaveLength(2)
  })

  it('tells a refused connection and a refused upgrade as a close', async () => {
    const { server, url } = await socketServer()
    server.close()
    const refused = handlers()
    network().connect(url, refused.made)
    expect((await refused.until(1))[0]).toMatch(/^close 1006 .*ECONNREFUSED/)
    const port = await serve((_, response) => response.writeHead(503).end())
    const upgrade = handlers()
    network().connect(`ws://127.0.0.1:${port}`, upgrade.made)
    expect((await upgrade.until(1))[0]).toMatch(/^close 1006 .*503/)
  })

  it('drops its lines when it is closed', async () => {
    const { url } = await socketServer()
    const net = network()
    const { made, until } = handlers()
    net.connect(url, made)
    await until(1)
    await net.close()
    expect((await until(2))[1]).toMatch(/^close 1006/)
  })
})
