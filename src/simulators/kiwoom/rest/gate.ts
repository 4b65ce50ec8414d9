import type { Clock } from '../../../std/clock.ts'
import { own } from '../../../std/own.ts'
import { APIS, PATHS } from '../api-index.ts'
import type { Customer } from '../brokerage/customer.ts'
import type { Fault, Faults } from '../faults.ts'
import type { Limiter } from '../limits.ts'
import type { Quirks } from '../quirks.ts'
import { type Refusal, refuse } from '../refusals.ts'
import { isRefusal, type Tokens } from '../tokens.ts'
import type { Profile, SimulatorReply, SimulatorRequest } from '../wire.ts'
import { type Body, checkFields } from './fields.ts'
import { type Answer, type Call, type Offers, OK } from './offer.ts'
import { type Page, pageOf } from './paging.ts'
import { quirkReply } from './quirky-reply.ts'
import { emptyPage, htmlPage, skewReply, spoilReply } from './reply-faults.ts'

const PUSH_LEAD_MS = 50

export interface GateSettings {
  readonly profile: Profile
  readonly offers: Offers
  readonly tokens: Tokens
  readonly limiter: Limiter
  readonly faults: Faults
  readonly quirks: Quirks
  readonly customerOf: (appKey: string) => Customer | undefined
  /** The parts of a call that do not depend on the request. */
  readonly world: () => Omit<Call, 'id' | 'body' | 'customer'>
  /** Sends what is queued on the WebSockets. */
  readonly flush: () => void
  readonly wall: Clock
}

/** Answers one HTTP request; `'drop'` asks the transport to break the line without a reply. */
export type Gate = (request: SimulatorRequest) => SimulatorReply | 'drop'

/** Asked of the mock host these answer that the business is not served there. Source: measured by one client. */
const NOT_SERVED_IN_MOCK: ReadonlySet<string> = new Set(['kt00002', 'kt00015', 'kt00016', 'kt00017'])
/** Gold spot, credit orders, short sales and stock loans: refused in mock (assumed). */
const NOT_IN_MOCK = /^(k[at]5\d{4}|kt1000[6-9]|ka10014|ka10068|ka10069|ka20068|ka90012|kt20016|kt20017)$/

export function createGate(settings: GateSettings): Gate {
  const { profile, offers, tokens, limiter, faults, quirks } = settings

  const oauth = (path: string, body: Body): SimulatorReply => {
    const done = path.endsWith('token') ? tokens.issue(body) : tokens.revoke(body)
    if (isRefusal(done)) return refusalReply(done, '')
    const issues = path.endsWith('token')
    return reply(200, issues ? 'au10001' : 'au10002', '', { ...done, return_code: 0, return_msg: OK })
  }

  /** Path, api-id, authorization, limits, mock: in the order of the vendor's checks as far as it is known. */
  const admit = (request: SimulatorRequest, id: string): { readonly customer: Customer } | Refusal => {
    const api = APIS.get(id)
    if (id === '') return refuse.apiIdMissing()
    if (!api) return refuse.unknownApi(id)
    if (api.path !== request.path) return refuse.wrongPath(id, request.path)
    const appKey = authorize(request.headers.authorization)
    if (isRefusal(appKey)) return appKey
    const limit = limiter.take(appKey, id)
    if (limit !== undefined) return refuse.throttled(id, limit)
    if (profile === 'mock' && NOT_SERVED_IN_MOCK.has(id)) return refuse.notServedInMock()
    if (profile === 'mock' && NOT_IN_MOCK.test(id)) return refuse.notInMock(id)
    const customer = settings.customerOf(appKey)
    return customer ? { customer } : refuse.invalidToken()
  }

  const authorize = (header: string | undefined): string | Refusal => {
    if (header === undefined || header === '') return refuse.authorizationMissing()
    const [type, token, ...rest] = header.split(' ')
    if (rest.length > 0) return refuse.authorizationMalformed()
    if (type !== 'Bearer') return refuse.authorizationNotBearer()
    if (!token) return refuse.tokenMissing()
    return tokens.check(token)
  }

  const answerTo = (
    request: SimulatorRequest,
    id: string,
    body: Body | undefined,
    fault: Fault | undefined,
  ): SimulatorReply => {
    const admitted = admit(request, id)
    if (isRefusal(admitted)) return refusalReply(admitted, id)
    if (!body) return refusalReply(refuse.badValue('body', 'JSON 형식이 아닙니다'), id)
    const offer = own(offers, id)
    // What only a WebSocket answers is not served by POST, although it has the same path (assumed).
    if (!offer) return refusalReply(refuse.wrongPath(id, request.path), id)
    const complaint = checkFields(offer.fields, body)
    if (complaint) return refusalReply(complaint, id)
    const answer = offer.answer({ ...settings.world(), id, body, customer: admitted.customer })
    if (isRefusal(answer)) return refusalReply(answer, id)
    const cursor = request.headers['cont-yn'] === 'Y' ? (request.headers['next-key'] ?? '') : ''
    if (fault?.kind === 'repeatPage') return repeated(answerReply(answer, id, body, ''), cursor)
    const { account } = admitted.customer
    return spoilReply(answerReply(answer, id, body, cursor), fault, () => {
      const tape = settings.world().market.tapes.find((each) => account.holding(each.id) === undefined)
      return tape && { code: tape.id, name: tape.listing.instrument.name }
    })
  }

  return (request) => {
    if (!PATHS.has(request.path)) return plain(404)
    if (request.method !== 'POST') return plain(405)
    if (faults.closedUntil > settings.wall.now()) return htmlPage(503)
    const body = parse(request.body)
    if (request.path.startsWith('/oauth2/')) return oauth(request.path, body ?? {})
    const id = request.headers['api-id'] ?? ''
    const fault = faults.strike(id)
    const made = withFault(fault, id, () => answerTo(request, id, body, fault), settings.flush)
    return made === 'drop' ? made : skewReply(quirkReply(made, id, quirks), faults.skewMs)
  }
}

function withFault(
  fault: Fault | undefined,
  id: string,
  answer: () => SimulatorReply,
  flush: () => void,
): SimulatorReply | 'drop' {
  if (fault?.kind === 'loseRequestBeforeAccept') return 'drop'
  if (fault?.kind === 'throttle') return refusalReply(refuse.throttled(id, 5), id)
  if (fault?.kind === 'serverError' && fault.mode !== 'taken')
    return fault.mode === 'empty' ? emptyPage(502) : htmlPage(502)
  const made = answer()
  switch (fault?.kind) {
    case 'loseReplyAfterAccept':
      return 'drop'
    case 'delayReply':
      return { ...made, delayMs: fault.ms ?? PUSH_LEAD_MS }
    case 'serverError':
      return htmlPage(502)
    case 'throttleGhost':
      return refusalReply(refuse.throttled(id, 5), id)
    case 'pushBeforeReply':
      flush()
      return { ...made, delayMs: fault.ms ?? PUSH_LEAD_MS }
    default:
      return made
  }
}

function parse(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined
  } catch {
    return undefined
  }
}

const plain = (status: number): SimulatorReply => ({
  status,
  headers: { 'content-type': 'text/plain;charset=UTF-8' },
  body: '',
})

const reply = (status: number, id: string, nextKey: string, body: unknown): SimulatorReply => ({
  status,
  headers: {
    'content-type': 'application/json;charset=UTF-8',
    'api-id': id,
    'cont-yn': nextKey === '' ? 'N' : 'Y',
    'next-key': nextKey,
  },
  body: JSON.stringify(body),
})

/** The page of a list that never moves on: its cursor is always the same. */
const repeated = (first: SimulatorReply, asked: string): SimulatorReply => ({
  ...first,
  headers: {
    ...first.headers,
    'cont-yn': 'Y',
    'next-key': asked || first.headers['next-key'] || 'again',
  },
})

const refusalReply = (refusal: Refusal, id: string): SimulatorReply =>
  reply(refusal.status, id, '', { return_code: refusal.returnCode, return_msg: refusal.text })

function answerReply(answer: Answer, id: string, body: Body, cursor: string): SimulatorReply {
  const page: Page<unknown> | Refusal | undefined = answer.list
    ? pageOf(answer.list.pages, `${id} ${JSON.stringify(body)}`, cursor)
    : undefined
  if (isRefusal(page)) return refusalReply(page, id)
  const fields = answer.list && page ? { ...answer.fields, [answer.list.name]: page.rows } : answer.fields
  const message = answer.message ?? OK
  const whole = answer.envelopeFirst
    ? { return_msg: message, return_code: 0, ...fields }
    : { ...fields, return_code: 0, return_msg: message }
  return reply(200, id, page?.nextKey ?? '', whole)
}
