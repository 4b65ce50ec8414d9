import { isIP } from 'node:net'

/** An IP address, alone or with the length of a prefix: `10.0.0.5`, `192.168.0.0/24`, `fd00::/8`. */
export function isCidr(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}

/** Only programs of this machine reach it. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host)
