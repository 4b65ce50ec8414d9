import { afterEach, describe, expect, it } from 'vitest'
import { err, ok } from '../../std/result.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import type { CommandMessage } from '../contract/commands.ts'
import { problemSchema } from '../contract/problem.ts'
import { type CommandOptions, commandRoutes, needsSecondFactor } from './commands.ts'
import type { DeskCommand, DeskLine } from './desk-line.ts'
import { createCannedLine } from './testing/canned-line.ts'
import { startTopics } from './testing/start-topics.ts'
import { Trouble } from './trouble.ts'

const wall = createVirtualClock(1_795_000_000_000)
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start({
  command,
  ...options
}: Omit<CommandOptions, 'line'> & { readonly command?: DeskLine['command'] } = {}) {
  const canned = createCannedLine(wall)
  const line = { ...canned, ...(command && { command }) }
  const web = await startTopics(line, wall, [commandRoutes({ line, ...options })])
  closing.push(web.close)
  const give = (body: unknown, key: string | undefined = 'key-00000001') =>
    web.server.inject({
      method: 'POST',
      url: '/api/v1/commands',
      headers: key === undefined ? {} : { 'idempotency-key': key },
      payload: body as object,
    })
  return { line, give, server: web.server }
}

const fresh = () => {
  throw new Trouble(403, 'second-factor-needed', { ko: '2단계 인증', en: 'second factor' })
}
const buy = {
  do: 'order',
  instrument: '005930',
  side: 'buy',
  quantity: 3,
  order: { kind: 'at', limit: 71_300 },
}

describe('commands', () => {
  it.each([
    [{ do: 'pauseBuying' }, [{ do: 'pauseBuying' }]],
    [{ do: 'stop' }, [{ do: 'cancelAll' }, { do: 'setHalt', state: 'halted' }]],
    [{ do: 'resume' }, [{ do: 'setHalt', state: 'active' }, { do: 'resumeBuying' }]],
    [{ do: 'reduceOnly' }, [{ do: 'setHalt', state: 'reducing' }]],
    [{ do: 'sell', instrument: '005930' }, [{ do: 'sell', instrument: '005930' }]],
    [{ do: 'cancelOrder', order: '20261120-000029' }, [{ do: 'cancelOrder', order: '20261120-000029' }]],
    [
      { do: 'amendOrder', order: '20261120-000029', limit: 237_500, quantity: 6 },
      [{ do: 'amendOrder', order: '20261120-000029', limit: 237_500, quantity: 6 }],
    ],
    [
      { do: 'settleOrder', order: '20261120-000031', as: 'cancelled' },
      [{ do: 'settleOrder', order: '20261120-000031', as: { kind: 'cancelled' } }],
    ],
    [
      buy,
      [
        {
          do: 'order',
          instrument: '005930',
          side: 'buy',
          quantity: 3,
          order: { kind: 'limit', from: 'last', ticks: 0 },
          limit: 71_300,
        },
      ],
    ],
    [
      { ...buy, order: { kind: 'conditional', from: 'ask', ticks: -2 } },
      [
        {
          do: 'order',
          instrument: '005930',
          side: 'buy',
          quantity: 3,
          order: { kind: 'conditional', from: 'ask', ticks: -2 },
        },
      ],
    ],
  ])('gives %j to the trader with who it was', async (wanted, expected) => {
    const { line, give } = await start()
    const answer = await give(wanted)
    expect(answer.statusCode).toBe(200)
    expect(answer.json().ko).not.toBe('')
    expect(line.commands).toEqual(expected.map((command) => ({ command, by: 'tester' })))
  })

  it.each([
    ['a command that nobody knows', { do: 'doubleDown' }],
    ['a quantity of none', { ...buy, quantity: 0 }],
    ['a code that is none', { do: 'sell', instrument: 'SAMSUNG' }],
    ['an order without a price to it', { ...buy, order: { kind: 'at' } }],
  ])('refuses %s and gives nothing on', async (_what, wanted) => {
    const { line, give } = await start()
    const answer = await give(wanted)
    expect(answer.statusCode).toBe(400)
    expect(problemSchema.parse(answer.json()).errors?.length).toBeGreaterThan(0)
    expect(line.commands).toEqual([])
  })

  it('refuses a command without an idempotency key', async () => {
    const { line, server } = await start()
    const answer = await server.inject({
      method: 'POST',
      url: '/api/v1/commands',
      payload: { do: 'pauseBuying' },
    })
    expect(answer.statusCode).toBe(400)
    expect(line.commands).toEqual([])
  })

  it('says of an order that is gone that it is gone', async () => {
    const { line, give } = await start()
    const answer = await give({ do: 'cancelOrder', order: '20261120-000001' })
    expect(answer.statusCode).toBe(404)
    expect(line.commands).toEqual([])
  })

  it("passes on the trader's own word when it is away", async () => {
    const { line, give } = await start()
    line.setLine('down')
    const answer = await give({ do: 'stop' })
    expect(answer.statusCode).toBe(409)
    expect(answer.json().ko).toContain('닿지 않습니다')
  })

  it('calls it no refusal when nobody knows whether the trader did it', async () => {
    const lost = { ko: '끊겼습니다', en: 'cut', isUnknown: true } as const
    const { give } = await start({ command: async () => err(lost) })
    const answer = await give(buy)
    expect([answer.statusCode, answer.json().type, answer.json().ko]).toEqual([
      409,
      '/problems/outcome-unknown',
      '끊겼습니다',
    ])
  })

  it('lets a halt wait for no answer to the cancels before it', async () => {
    const given: DeskCommand['do'][] = []
    const { give } = await start({
      command: (command) => {
        given.push(command.do)
        return command.do === 'cancelAll' ? new Promise(() => undefined) : Promise.resolve(ok(undefined))
      },
    })
    void give({ do: 'stop' })
    await expect.poll(() => given).toEqual(['cancelAll', 'setHalt'])
  })

  it('asks for a second factor before what raises the risk, and never before what lowers it', async () => {
    const { line, give } = await start({ requireFresh: fresh })
    const raising = [
      buy,
      { do: 'resume' },
      { do: 'resumeBuying' },
      { do: 'include', instrument: '005930' },
      { do: 'amendOrder', order: '20261120-000029', limit: 240_000 },
    ]
    for (const wanted of raising) expect((await give(wanted)).statusCode).toBe(403)
    expect(line.commands).toEqual([])
    const lowering = [
      { ...buy, side: 'sell' },
      { do: 'stop' },
      { do: 'flatten' },
      { do: 'cancelOrder', order: '20261120-000029' },
    ]
    for (const wanted of lowering) expect((await give(wanted)).statusCode).toBe(200)
  })

  it('lets a sell order be moved without one', () => {
    const wanted: CommandMessage = { do: 'amendOrder', order: '20261120-000029', limit: 240_000 }
    expect(needsSecondFactor(wanted, { side: 'sell' })).toBe(false)
    expect(needsSecondFactor(wanted, { side: 'buy' })).toBe(true)
    expect(needsSecondFactor(wanted, undefined)).toBe(true)
  })

  it('gives an answer it has for a key without giving the command again', async () => {
    const kept = new Map<string, unknown>()
    const once: NonNullable<CommandOptions['once']> = async (request, _body, act) => {
      const key = String(request.headers['idempotency-key'])
      if (!kept.has(key)) kept.set(key, await act())
      return kept.get(key) as Awaited<ReturnType<typeof act>>
    }
    const { line, give } = await start({ once })
    const [first, again] = [await give(buy), await give(buy)]
    expect(again.json()).toEqual(first.json())
    expect(line.commands).toHaveLength(1)
    await give(buy, 'key-00000002')
    expect(line.commands).toHaveLength(2)
  })
})

describe('a preview', () => {
  it('tells what an order would cost and sends nothing', async () => {
    const { line, server } = await start()
    const { do: _, ...order } = buy
    const answer = await server.inject({ method: 'POST', url: '/api/v1/orders/preview', payload: order })
    expect(answer.json()).toEqual({
      type: 'limit',
      venue: 'KRX',
      limit: 71_300,
      amount: 213_900,
      commission: 32,
      tax: 0,
      needed: 213_900,
    })
    expect(line.commands).toEqual([])
  })
})
