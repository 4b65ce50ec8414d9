import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net'
import type { Sentence } from '../../../model/sentence.ts'
import { err, ok, type Result } from '../../../std/result.ts'

/** An IPv4 address that came over an IPv6 socket is written the short way. */
const plain = (address: string): string => {
  const bare = address.replace(/^\[|\]$|%.*$/g, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)
  return mapped?.[1] ?? bare
}

export function isLoopback(address: string): boolean {
  const bare = plain(address).toLowerCase()
  return bare === 'localhost' || bare === '::1' || (isIPv4(bare) && bare.startsWith('127.'))
}

/** What attempts are counted by: an IPv6 customer has a whole /64 to himself, so that is one. */
export function addressKey(address: string): string {
  const bare = plain(address).toLowerCase()
  if (!isIPv6(bare)) return bare
  const [head = '', tail] = bare.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0')
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`
}

const NEIGHBOURS = new BlockList()
for (const net of ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'])
  addTo(NEIGHBOURS, net)
for (const net of ['::1', 'fc00::/7', 'fe80::/10']) addTo(NEIGHBOURS, net)

/**
 * Whom a proxy in front may speak for: it stands on this machine or in this network, and it is the one that we talk to. What it
 * was told itself of who is asking (`hop` 1 and on) is anybody's word.
 */
export function isOwnProxy(address: string, hop: number): boolean {
  const bare = plain(address)
  return hop === 0 && isIP(bare) !== 0 && NEIGHBOURS.check(bare, isIPv4(bare) ? 'ipv4' : 'ipv6')
}

/** Whether an address may come at all. Loopback always may. The error names the entry that is no address. */
export function allowList(
  entries: readonly string[] | undefined,
): Result<(address: string) => boolean, Sentence> {
  if (entries === undefined) return ok(() => true)
  const list = new BlockList()
  for (const entry of entries) if (!addTo(list, entry)) return err(notAnAddress(entry))
  return ok((address) => {
    const bare = plain(address)
    return isLoopback(bare) || (isIP(bare) !== 0 && list.check(bare, isIPv4(bare) ? 'ipv4' : 'ipv6'))
  })
}

function addTo(list: BlockList, entry: string): boolean {
  const match = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry.trim())
  const address = plain(match?.[1] ?? '')
  const version = isIP(address)
  if (version === 0) return false
  const whole = version === 4 ? 32 : 128
  const bits = match?.[2] === undefined ? whole : Number(match[2])
  if (bits > whole) return false
  list.addSubnet(address, bits, version === 4 ? 'ipv4' : 'ipv6')
  return true
}

const notAnAddress = (entry: string): Sentence => ({
  ko: `"${entry}"은(는) 주소가 아닙니다. 192.168.0.0/24 나 fd00::/8 처럼 쓰세요`,
  en: `"${entry}" is no address; write it like 192.168.0.0/24 or fd00::/8`,
})
