import type { Environment } from '../../ports/execution-client.ts'

/** The set-up is wrong and nothing was connected; the message says what to change. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}

export interface Hosts {
  /** Origin of the REST service: `https://api.kiwoom.com`. */
  readonly rest: string
  /** WebSocket address; the path may be left out. */
  readonly socket: string
}

export interface Addresses {
  readonly rest: string
  readonly socket: string
}

const SOCKET_PATH = '/api/dostk/websocket'

/** Source: Kiwoom REST API guide, 운영/모의투자 도메인; wire reference §1. */
const OFFICIAL = {
  live: { host: 'api.kiwoom.com', socketPort: '10000' },
  paper: { host: 'mockapi.kiwoom.com', socketPort: '10000' },
} as const

/**
 * Pins the hosts to the environment: live money only at Kiwoom's live host, paper only at its mock host, simulated only
 * on this machine. A key or an order can then never reach the wrong one.
 * Errors: throws `ConfigurationError`.
 */
export function pinHosts(environment: Environment, hosts: Hosts): Addresses {
  const rest = parse(hosts.rest, 'rest')
  const socket = parse(hosts.socket, 'socket')
  if (environment === 'simulated') {
    requireLoopback(rest, ['http:', 'https:'])
    requireLoopback(socket, ['ws:', 'wss:'])
  } else {
    const { host, socketPort } = OFFICIAL[environment]
    requireExactly(rest, environment, 'https:', host, '')
    requireExactly(socket, environment, 'wss:', host, socketPort)
    if (socket.pathname !== '/' && socket.pathname !== SOCKET_PATH)
      throw new ConfigurationError(`socket 경로는 ${SOCKET_PATH}입니다 · the socket path is ${SOCKET_PATH}`)
  }
  return {
    rest: rest.origin,
    socket: socket.pathname === '/' ? `${socket.origin}${SOCKET_PATH}` : socket.origin + socket.pathname,
  }
}

function parse(text: string, name: string): URL {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new ConfigurationError(`${name} 주소가 아닙니다 · not an address for ${name}: ${text}`)
  }
  if (url.username || url.password || url.search || url.hash)
    throw new ConfigurationError(
      `${name} 주소에는 호스트만 적습니다 · the ${name} address holds a host and nothing else: ${url.host}`,
    )
  return url
}

function requireLoopback(url: URL, protocols: readonly string[]): void {
  const local =
    url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname)
  if (!local || !protocols.includes(url.protocol))
    throw new ConfigurationError(
      `모의 시장(simulated)은 이 컴퓨터 주소만 씁니다 · simulated connects to this machine only (127.0.0.1), not ${url.origin}`,
    )
}

function requireExactly(
  url: URL,
  environment: Environment,
  protocol: string,
  host: string,
  port: string,
): void {
  if (url.protocol === protocol && url.hostname === host && url.port === port) return
  const wanted = `${protocol}//${host}${port && `:${port}`}`
  throw new ConfigurationError(
    `${environment} 환경의 주소는 ${wanted}뿐입니다 · ${environment} connects to ${wanted} only, not ${url.protocol}//${url.host}`,
  )
}
