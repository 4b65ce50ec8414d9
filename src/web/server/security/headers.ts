import type { FastifyHelmetOptions } from '@fastify/helmet'
import type { Server } from '../routes.ts'
import type { Tls } from './security.ts'

const SELF = ["'self'"]
const NONE = ["'none'"]

/** Charts style themselves by script, through the object model, which a policy without inline styles allows. */
const POLICY = {
  defaultSrc: NONE,
  scriptSrc: SELF,
  styleSrc: SELF,
  imgSrc: ["'self'", 'data:'],
  fontSrc: SELF,
  connectSrc: SELF,
  manifestSrc: SELF,
  workerSrc: SELF,
  // A backtest's report, which is sandboxed by a policy of its own.
  frameSrc: SELF,
  frameAncestors: NONE,
  baseUri: NONE,
  formAction: SELF,
}

const YEAR_S = 31_536_000

export const helmetOptions = (tls: Tls): FastifyHelmetOptions => ({
  contentSecurityPolicy: { useDefaults: false, directives: POLICY },
  strictTransportSecurity: tls === 'none' ? false : { maxAge: YEAR_S, includeSubDomains: false },
  referrerPolicy: { policy: 'no-referrer' },
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  crossOriginEmbedderPolicy: false,
  xFrameOptions: { action: 'deny' },
})

const UNUSED = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'midi', 'hid']
const PERMISSIONS = [
  ...UNUSED.map((feature) => `${feature}=()`),
  'publickey-credentials-get=(self)',
  'publickey-credentials-create=(self)',
].join(', ')

/** What helmet does not set: which powers a page has, and that no answer with data is kept by anybody. */
export function addHeaders(server: Server): void {
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', PERMISSIONS)
  })
  server.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store')
  })
}
