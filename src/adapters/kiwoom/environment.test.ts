import { describe, expect, it } from 'vitest'
import { ConfigurationError, pinHosts } from './environment.ts'

const LIVE = { rest: 'https://api.kiwoom.com', socket: 'wss://api.kiwoom.com:10000' }
const PAPER = {
  rest: 'https://mockapi.kiwoom.com',
  socket: 'wss://mockapi.kiwoom.com:10000/api/dostk/websocket',
}

describe('hosts', () => {
  it('gives the socket its path', () =>
    expect(pinHosts('live', LIVE)).toEqual({
      rest: 'https://api.kiwoom.com',
      socket: 'wss://api.kiwoom.com:10000/api/dostk/websocket',
    }))

  it('takes the mock host for paper', () => expect(pinHosts('paper', PAPER).rest).toBe(PAPER.rest))

  it.each([
    ['http://127.0.0.1:9443', 'ws://127.0.0.1:9444/api/dostk/websocket'],
    ['http://localhost:1', 'ws://localhost:2'],
    ['http://[::1]:1', 'ws://[::1]:2'],
    ['https://127.8.9.10:1', 'wss://127.8.9.10:1'],
  ])('takes %s for a simulation', (rest, socket) =>
    expect(pinHosts('simulated', { rest, socket }).rest).toBe(rest),
  )

  it.each([
    ['live', PAPER],
    ['paper', LIVE],
    ['simulated', LIVE],
    ['live', { ...LIVE, rest: 'http://api.kiwoom.com' }],
    ['live', { ...LIVE, rest: 'https://api.kiwoom.com:8443' }],
    ['live', { ...LIVE, rest: 'https://api.kiwoom.com.evil.com' }],
    ['live', { ...LIVE, rest: 'https://api.kiwoom.com@evil.com' }],
    ['live', { ...LIVE, socket: 'wss://api.kiwoom.com' }],
    ['live', { ...LIVE, socket: 'ws://api.kiwoom.com:10000' }],
    ['live', { ...LIVE, socket: 'wss://mockapi.kiwoom.com:10000' }],
    ['live', { ...LIVE, socket: 'wss://api.kiwoom.com:10000/elsewhere' }],
    ['live', { rest: 'http://127.0.0.1:1', socket: 'ws://127.0.0.1:1' }],
    ['simulated', { rest: 'http://10.0.0.5:1', socket: 'ws://127.0.0.1:1' }],
    ['simulated', { rest: 'http://127.0.0.1.evil.com', socket: 'ws://127.0.0.1:1' }],
    ['simulated', { rest: 'not an address', socket: 'ws://127.0.0.1:1' }],
  ] as const)('refuses for %s: %o', (environment, hosts) =>
    expect(() => pinHosts(environment, hosts)).toThrow(ConfigurationError),
  )
})
