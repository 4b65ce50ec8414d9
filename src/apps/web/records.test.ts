import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import { DAY, morning } from '../../trading/engine/testing/morning.ts'
import { problemSchema } from '../../web/contract/problem.ts'
import {
  orderLifeSchema,
  ordersPageSchema,
  refusalsPageSchema,
  replaySchema,
  trailPageSchema,
  type VerificationMessage,
  verificationSchema,
} from '../../web/contract/records.ts'
import { recordsRoutes } from '../../web/server/records-routes.ts'
import { createCannedLine } from '../../web/server/testing/canned-line.ts'
import { startTopics } from '../../web/server/testing/start-topics.ts'
import { wallClock } from '../system.ts'
import { createRecords } from './records.ts'
import { emptyFolder, eventfulMorning, startRecording } from './testing/recorded-day.ts'

const NEXT_DAY = tradingDay('2026-11-23')

/** A server over the records of a folder, asked without a socket. */
async function serve(folder: string) {
  const records = createRecords({ folder, wall: wallClock })
  const web = await startTopics(createCannedLine(wallClock), wallClock, [recordsRoutes({ records })])
  onTestFinished(async () => {
    await web.close()
    await records.close()
  })
  const ask = async (path: string, method: 'GET' | 'POST' | 'DELETE' = 'GET') => {
    const answer = await web.server.inject({ url: `/api/v1${path}`, method })
    return {
      status: answer.statusCode,
      text: answer.body,
      headers: answer.headers,
      json: () => answer.json(),
    }
  }
  return { web, ask }
}

async function verified(
  ask: Awaited<ReturnType<typeof serve>>['ask'],
  day: string,
): Promise<VerificationMessage> {
  await ask(`/journal/verify?day=${day}`, 'POST')
  for (;;) {
    const found = verificationSchema.parse((await ask(`/journal/verify?day=${day}`)).json())
    if (found.state !== 'running') return found
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

describe('the routes of the record', () => {
  it('answer with the orders, their lives, refusals, trail and the desk as it was, while the day is still written', async () => {
    const folder = await emptyFolder()
    const recording = await startRecording(folder)
    const { events } = eventfulMorning()
    await recording.add(events.slice(0, 20))
    const { ask } = await serve(folder)
    expect((await ask('/records/days')).json()).toMatchObject({ days: [{ day: DAY }] })
    const early = ordersPageSchema.parse((await ask('/orders')).json())
    expect(early.orders.length).toBeLessThan(5)
    await recording.add(events.slice(20))
    const page = ordersPageSchema.parse((await ask(`/orders?day=${DAY}&limit=2`)).json())
    expect(page.record).toMatchObject({ isWhole: true, records: recording.journal.lastSeq })
    expect(page.counts).toEqual({ open: 0, doubtful: 0, filled: 2, ended: 2, failed: 1 })
    const rest = ordersPageSchema.parse((await ask(`/orders?cursor=${page.next}`)).json())
    expect([...page.orders, ...rest.orders].map(({ id }) => Number(id.slice(-1)))).toEqual([5, 4, 3, 2, 1])
    // The number of an order names its day.
    const life = orderLifeSchema.parse((await ask('/orders/20261120-000001')).json())
    expect(life.steps.at(-1)).toMatchObject({ kind: 'fill', cumulative: 14 })
    const refusals = refusalsPageSchema.parse((await ask('/refusals?code=buyingPaused&limit=200')).json())
    expect(refusals.refusals).toHaveLength(200)
    const trail = trailPageSchema.parse((await ask('/journal?kind=command&q=test')).json())
    expect(trail.found).toBe(2)
    const look = recording.looks[60]
    const replayed = replaySchema.parse((await ask(`/journal/replay?day=${DAY}&at=${look?.at}`)).json())
    expect(replayed.state?.clock.now).toBe(look?.at)
    expect((await ask(`/records/curve?day=${DAY}`)).json().points.length).toBeGreaterThan(5)
  })

  it('give all orders as a file for a spreadsheet, which takes nothing in it for a formula', async () => {
    const folder = await emptyFolder()
    const recording = await startRecording(folder)
    await recording.add(eventfulMorning().events)
    const { ask } = await serve(folder)
    const { text, headers } = await ask(`/orders.csv?day=${DAY}`)
    expect(headers['content-type']).toContain('text/csv')
    expect(headers['content-disposition']).toContain('garam-orders-2026-11-20.csv')
    const rows = text.replace('\ufeff', '').trimEnd().split('\r\n')
    expect(rows).toHaveLength(6)
    expect(rows[1]).toMatch(/^2026-11-20,09:00:00\.000,20261120-000001,.*,buy,limit,70000,14,14,979000,/)
  })

  it('refuse what is not there or does not fit, with a sentence', async () => {
    const folder = await emptyFolder()
    const { ask } = await serve(folder)
    for (const [path, status] of [
      ['/orders', 404],
      ['/orders?day=2026-11-20', 404],
      ['/orders?day=../../etc', 400],
      ['/orders?limit=100000', 400],
      ['/journal?kind=gossip', 400],
      ['/journal/verify?day=2020-01-01', 404],
    ] as const) {
      const answer = await ask(path)
      expect([path, answer.status]).toEqual([path, status])
      expect(problemSchema.parse(answer.json()).ko).not.toBe('')
    }
    await (await startRecording(folder)).add(morning().events)
    expect((await ask('/orders/20261120-000099')).status).toBe(404)
  })

  it('are all described', async () => {
    const { web } = await serve(await emptyFolder())
    await web.server.ready()
    const description: unknown = (await web.server.inject('/openapi.json')).json()
    const { valid } = await new Validator().validate(description as Parameters<Validator['validate']>[0])
    expect(valid).toBe(true)
  })
})

describe('the check of a day', () => {
  it('finds a good chain that follows the day before, and names the record that was altered', async () => {
    const folder = await emptyFolder()
    const first = await startRecording(folder)
    await first.add(eventfulMorning().events)
    await first.journal.close()
    const second = await startRecording(folder, NEXT_DAY)
    await second.add(morning().events)
    await second.journal.close()
    const { ask } = await serve(folder)
    expect((await ask(`/journal/verify?day=${DAY}`)).json()).toMatchObject({ state: 'never' })
    expect(await verified(ask, DAY)).toMatchObject({ state: 'good', records: first.journal.lastSeq })
    expect(await verified(ask, NEXT_DAY)).toMatchObject({ state: 'good', followsDayBefore: true })
    const text = await readFile(first.path, 'utf8')
    await writeFile(first.path, text.replace('"price":69900', '"price":69800'))
    expect(await verified(ask, DAY)).toMatchObject({
      state: 'broken',
      broken: { seq: text.slice(0, text.indexOf('"price":69900')).split('\n').length },
    })
  })

  it('notices a day that does not follow the one before it', async () => {
    const folder = await emptyFolder()
    const { path, journal } = await startRecording(folder)
    await journal.close()
    const recording = await startRecording(folder, NEXT_DAY)
    await recording.add(morning().events)
    await recording.journal.close()
    const strange = await emptyFolder()
    const other = await startRecording(strange)
    await other.add(eventfulMorning().events)
    await copyFile(other.path, path)
    const { ask } = await serve(folder)
    expect(await verified(ask, NEXT_DAY)).toMatchObject({
      state: 'broken',
      broken: { seq: other.journal.lastSeq + 1 },
    })
    expect(join(folder, `${DAY}.jsonl`)).toBe(path)
  })

  it('is given up when asked to', async () => {
    const folder = await emptyFolder()
    await (await startRecording(folder)).add(eventfulMorning().events)
    const { ask } = await serve(folder)
    await ask(`/journal/verify?day=${DAY}`, 'POST')
    expect((await ask(`/journal/verify?day=${DAY}`, 'DELETE')).json()).toMatchObject({ state: 'cancelled' })
  })
})
