import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type PushDeviceMessage,
  pushDeviceRequestSchema,
  pushDeviceSchema,
  pushKeySchema,
} from '../contract/push.ts'
import type { PushDesk } from './push/desk.ts'
import type { PushDevice } from './push/store.ts'
import type { Actor, Routes } from './routes.ts'
import { badRequest, notFound, Trouble, unavailable } from './trouble.ts'

const NO_DEVICE = { ko: '그런 기기가 없습니다', en: 'There is no such device' }
const BAD_ENDPOINT = {
  ko: '브라우저의 알림 주소는 https 여야 합니다',
  en: 'The push address of the browser has to be https',
}
const GONE = {
  ko: '이 기기는 알림을 더 받지 않습니다. 목록에서 뺐습니다. 다시 켜 주세요',
  en: 'This device takes no notifications any more and was removed. Switch it on again',
}
const NOT_TAKEN = {
  ko: '알림 서비스가 받지 않았습니다. 잠시 뒤에 다시 하세요',
  en: 'The push service did not take it. Try again in a moment',
}
const NOBODY = { ko: '먼저 로그인하세요', en: 'Sign in first' }

const params = z.object({ id: z.string().regex(/^[0-9a-f]{24}$/) })

/** Notifications on devices of whoever is signed in: each person sees and changes only their own. */
export const pushRoutes =
  ({ desk }: { readonly desk: PushDesk }): Routes =>
  (server) => {
    const describe = (summary: string) => ({ tags: ['push'], summary })
    server.get(
      '/push/key',
      {
        config: { access: 'read' },
        schema: { ...describe('The key a browser subscribes with'), response: { 200: pushKeySchema } },
      },
      async () => ({ publicKey: desk.publicKey }),
    )
    server.get(
      '/push/devices',
      {
        config: { access: 'read' },
        schema: { ...describe('Own devices'), response: { 200: z.array(pushDeviceSchema) } },
      },
      async (request) => desk.devicesOf(actorOf(request).user).map(messageOf),
    )
    server.post(
      '/push/devices',
      {
        config: { access: 'read' },
        schema: {
          ...describe('Tell this device, or change what it is told'),
          body: pushDeviceRequestSchema,
          response: { 200: pushDeviceSchema },
        },
      },
      async (request) => {
        if (!isPushAddress(request.body.endpoint)) throw badRequest(BAD_ENDPOINT)
        return messageOf(await desk.add(actorOf(request).user, request.body))
      },
    )
    server.delete(
      '/push/devices/:id',
      {
        config: { access: 'read' },
        schema: { ...describe('Tell a device no more'), params, response: { 204: z.null() } },
      },
      async (request, reply) => {
        if (!(await desk.remove(actorOf(request).user, request.params.id))) throw notFound(NO_DEVICE)
        return reply.code(204).send(null)
      },
    )
    server.post(
      '/push/devices/:id/test',
      {
        config: { access: 'read' },
        schema: { ...describe('Send a device one notification'), params, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const outcome = await desk.test(actorOf(request).user, request.params.id)
        switch (outcome) {
          case undefined:
            throw notFound(NO_DEVICE)
          case 'gone':
            throw new Trouble(410, 'device-gone', GONE)
          case 'failed':
            throw unavailable(NOT_TAKEN)
          case 'sent':
            return reply.code(204).send(null)
          default:
            return outcome satisfies never
        }
      },
    )
  }

function actorOf({ actor }: FastifyRequest): Actor {
  if (!actor) throw new Trouble(401, 'signed-out', NOBODY)
  return actor
}

const messageOf = ({ id, name, language, everyFill, addedAt, toldAt }: PushDevice): PushDeviceMessage => ({
  id,
  name,
  language,
  everyFill,
  addedAt,
  ...(toldAt !== undefined && { toldAt }),
})

/**
 * Where we may be asked to send to. Push services have names and certificates; a bare address or a name of the local
 * network would let a browser point us at a neighbour. This very machine is allowed: it is what tests listen on.
 */
export function isPushAddress(endpoint: string): boolean {
  const { protocol, hostname, username, password } = new URL(endpoint)
  if (username !== '' || password !== '') return false
  if (LOOPBACK.has(hostname)) return protocol === 'http:' || protocol === 'https:'
  const bare = hostname.replace(/^\[|\]$/g, '')
  return (
    protocol === 'https:' &&
    isIP(bare) === 0 &&
    hostname.includes('.') &&
    !/\.(local|internal)$/.test(hostname)
  )
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])
