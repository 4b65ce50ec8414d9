import { describe, expect, it } from 'vitest'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { NetworkError } from '../../ports/network.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import { createHttp, URGENCY } from './http.ts'
import { createLimiter, LIMITS } from './limiter.ts'
import {
  createFakeNetwork,
  failReply,
  okReply,
  RATE_LIMITED,
  settle,
  TOKEN_REFUSED,
} from './testing/fake-network.ts'
import { createTokens } from './token.ts'

const START = kstInstant(tradingDay('2026-11-20'), timeOfDay('10:00'))
const rest = 'http://127.0.0.1:1'
const ORDER = { stk_cd: '005930', ord_qty: '5' }

const setUp = () => {
  const clock = createVirtualClock(START)
  const wall = createVirtualClock(0)
  const network = createFakeNetwork(clock)
  const tokens = createTokens({ network, rest, appKey: 'k', secretKey: 's', clock, wall })
  const limiter = createLimiter(clock, LIMITS.live)
  const http = createHttp({ network, rest, tokens, limiter, clock, wall })
  /** Runs both clocks until the work is done. */
  const finish = async <T>(work: Promise<T>): Promise<T> => {
    let done = false
    void work.finally(() => {
      done = true
    })
    for (let turn = 0; turn < 2_000 && !done; turn++) {
      await settle(1)
      if (done) break
      clock.advance(50)
      wall.advance(50)
    }
    return work
  }
  return { clock, wall, network, http, finish }
}

describe('requests', () => {
  it('carry api-id, token and the page to go on from', async () => {
    const { network, http, finish } = setUp()
    network.script(
      'kt00018',
      okReply({ list: [1] }, { 'cont-yn': 'Y', 'next-key': 'abc' }),
      okReply({ list: [2] }, { 'cont-yn': 'N' }),
    )
    const pages = await finish(http.pages('kt00018', { qry_tp: '1' }, 'list', URGENCY.account))
    expect(pages).toEqual({
      ok: true,
      value: { first: expect.objectContaining({ list: [1] }), rows: [1, 2], end: 'last' },
    })
    const [first, second] = network.of('kt00018')
    expect(first?.headers).toEqual({
      'content-type': 'application/json;charset=UTF-8',
      'api-id': 'kt00018',
      authorization: 'Bearer TOKEN-1',
    })
    expect(second?.headers).toMatchObject({ 'cont-yn': 'Y', 'next-key': 'abc' })
    expect(second?.body).toEqual({ qry_tp: '1' })
  })

  it('use a line of their own for orders', async () => {
    const { network, http, finish } = setUp()
    await finish(http.order('kt10000', ORDER, URGENCY.buy))
    await finish(http.query('ka10001', { stk_cd: '005930' }, URGENCY.describe))
    expect(network.of('kt10000')[0]?.lane).toBe('orders')
    expect(network.of('ka10001')[0]?.lane).toBe('queries')
  })
})

describe('an order', () => {
  it('is repeated once after a refused token, with a new one', async () => {
    const { wall, network, http, finish } = setUp()
    await finish(http.query('ka10001', {}, URGENCY.describe))
    wall.advance(60_000)
    network.script('kt10000', TOKEN_REFUSED, okReply({ ord_no: '0000123' }))
    expect(await finish(http.order('kt10000', ORDER, URGENCY.buy))).toMatchObject({ ok: true })
    expect(network.of('kt10000').map((post) => post.headers.authorization)).toEqual([
      'Bearer TOKEN-1',
      'Bearer TOKEN-2',
    ])
  })

  it('is not held up for a token that may not be issued yet', async () => {
    const { network, http, finish } = setUp()
    network.script('kt10000', TOKEN_REFUSED)
    expect(await finish(http.order('kt10000', ORDER, URGENCY.buy))).toMatchObject({
      ok: false,
      error: { kind: 'throttled', code: 'tokenPaced' },
    })
    expect(network.of('kt10000')).toHaveLength(1)
  })

  it('is given up as not sent when the token is refused twice', async () => {
    const { wall, network, http, finish } = setUp()
    await finish(http.query('ka10001', {}, URGENCY.describe))
    wall.advance(60_000)
    network.script('kt10000', TOKEN_REFUSED, TOKEN_REFUSED)
    expect(await finish(http.order('kt10000', ORDER, URGENCY.buy))).toMatchObject({
      ok: false,
      error: { kind: 'throttled', code: '8005' },
    })
    expect(network.of('kt10000')).toHaveLength(2)
  })

  it.each([
    ['a lost reply', new NetworkError('no reply within 5000 ms', true), 'inDoubt', 'noReply'],
    ['a refused connection', new NetworkError('ECONNREFUSED', false), 'throttled', 'unreachable'],
    ['1700, behind which orders were found accepted', RATE_LIMITED, 'inDoubt', '1700'],
    ['a gateway page', { status: 502, headers: {}, body: '<html/>' }, 'inDoubt', 'http502'],
    ['a business refusal', failReply(20, '[2000](571557:주문단가)'), 'rejected', '571557'],
  ])('answers %s and is never sent again', async (_, answer, kind, code) => {
    const { network, http, finish } = setUp()
    network.script('kt10000', answer)
    expect(await finish(http.order('kt10000', ORDER, URGENCY.buy))).toMatchObject({
      ok: false,
      error: { kind, code },
    })
    expect(network.of('kt10000')).toHaveLength(1)
  })

  it('gives its place in the limit back when the reply does not come', async () => {
    const { clock, wall, network, http } = setUp()
    network.always('kt10000', () => new Promise(() => undefined))
    for (let i = 0; i < 3; i++) void http.order('kt10000', ORDER, URGENCY.buy)
    await settle()
    expect(network.of('kt10000')).toHaveLength(2)
    wall.advance(1_000)
    clock.advance(1_100)
    await settle()
    expect(network.of('kt10000')).toHaveLength(3)
  })
})

describe('a query', () => {
  it('is repeated after 1700 with growing pauses, three times at most', async () => {
    const { clock, network, http, finish } = setUp()
    network.always('ka10001', () => RATE_LIMITED)
    const from = clock.now()
    expect(await finish(http.query('ka10001', {}, URGENCY.describe))).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', code: '1700' },
    })
    const times = network.of('ka10001').map((post) => post.at - from)
    expect(times).toHaveLength(4)
    const gaps = times.slice(1).map((time, i) => time - (times[i] as number))
    for (const [i, least] of [1_300, 2_600, 5_200].entries()) expect(gaps[i]).toBeGreaterThanOrEqual(least)
  })

  it('takes "no data" for an answer and a lost reply for none', async () => {
    const { network, http, finish } = setUp()
    network.script('ka10074', failReply(20, '조회된 자료가 없습니다'))
    network.script('ka10001', new NetworkError('reset', true))
    expect(await finish(http.query('ka10074', {}, 0))).toEqual({ ok: true, value: undefined })
    expect(await finish(http.query('ka10001', {}, 0))).toMatchObject({
      ok: false,
      error: { kind: 'unavailable' },
    })
  })

  it.each([
    [
      'a cursor that repeats',
      [
        { 'cont-yn': 'Y', 'next-key': 'a' },
        { 'cont-yn': 'Y', 'next-key': 'a' },
      ],
      [[1], [2]],
      'gaveUp',
    ],
    [
      'an empty page that promises more',
      [
        { 'cont-yn': 'Y', 'next-key': 'a' },
        { 'cont-yn': 'Y', 'next-key': 'b' },
      ],
      [[1], []],
      'gaveUp',
    ],
    ['a promise without a cursor', [{ 'cont-yn': 'Y' }], [[1]], 'gaveUp'],
    ['a last page', [{ 'cont-yn': 'Y', 'next-key': 'a' }, {}], [[1], [2]], 'last'],
  ] as const)('stops paging at %s', async (_, headers, lists, end) => {
    const { network, http, finish } = setUp()
    for (const [i, list] of lists.entries()) network.script('kt00007', okReply({ list }, { ...headers[i] }))
    expect(await finish(http.pages('kt00007', {}, 'list', 0))).toMatchObject({
      ok: true,
      value: { end },
    })
    expect(network.of('kt00007')).toHaveLength(lists.length)
  })

  const behind = { field: 'no', number: 5 }
  it.each([
    ['behind the wanted number', [['9', '7'], ['6', '4'], ['3']], 2, 'behind'],
    ['not at it', [['9', '7'], ['6', '5'], ['3']], 3, 'last'],
    ['not where the numbers do not fall', [['9', '7'], ['4', '6', '4'], ['3']], 3, 'last'],
    ['not where a row comes twice', [['9', '7'], ['7', '4'], ['3']], 3, 'last'],
    ['not where a number cannot be read', [['9', ''], ['6', '4'], ['3']], 3, 'last'],
  ] as const)('stops early: %s', async (_, numbers, asked, end) => {
    const { network, http, finish } = setUp()
    for (const [i, page] of numbers.entries()) {
      const more = i < numbers.length - 1
      const list = page.map((no) => ({ no }))
      network.script('kt00007', okReply({ list }, more ? { 'cont-yn': 'Y', 'next-key': String(i) } : {}))
    }
    expect(await finish(http.pages('kt00007', {}, 'list', 0, behind))).toMatchObject({ value: { end } })
    expect(network.of('kt00007')).toHaveLength(asked)
  })

  it('fails as a whole when a page fails or has no list', async () => {
    const { network, http, finish } = setUp()
    network.script('kt00007', okReply({ list: [1] }, { 'cont-yn': 'Y', 'next-key': 'a' }), {
      status: 500,
      headers: {},
      body: '',
    })
    expect(await finish(http.pages('kt00007', {}, 'list', 0))).toMatchObject({
      ok: false,
      error: { kind: 'unavailable' },
    })
    network.script('kt00009', okReply({}))
    expect(await finish(http.pages('kt00009', {}, 'list', 0))).toMatchObject({
      ok: false,
      error: { code: 'noList' },
    })
  })
})
