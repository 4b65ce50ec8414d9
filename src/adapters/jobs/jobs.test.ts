import { deflateSync } from 'node:zlib'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Clock } from '../../std/clock.ts'
import { connectRedis, shownAddress } from './connection.ts'
import { liveNotices, readNotice } from './notice.ts'
import { fetchParcel, labelOf, sendParcel } from './parcel.ts'
import { type Posting, postWork } from './posting.ts'
import { takePart } from './taking-part.ts'
import { borrowDatabase, type Database, noRedis } from './testing/database.ts'

const missing = await noRedis()
const wall: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
const deaf = { onAlone: () => undefined, onRefused: () => undefined }

let database: Database
const connections: Redis[] = []

/** As another process has it. */
function connection(): Redis {
  const redis = new Redis(database.url, { maxRetriesPerRequest: null })
  connections.push(redis)
  return redis
}

async function posting(id: string, redis = connection()): Promise<Posting> {
  const posted = await postWork(redis, { id, release: 'one', body: {} }, [], deaf, wall)
  if (!posted.ok) throw new Error(posted.error.en)
  return posted.value
}

/** The answers in the order of the jobs. */
async function answersOf(work: Posting, jobs: readonly unknown[]): Promise<readonly unknown[]> {
  const answers: unknown[] = []
  await work.play(jobs, {
    onAnswer: (place, answer) => {
      answers[place] = answer
    },
  })
  return answers
}

describe.skipIf(missing)(`jobs on Redis${missing ? ` (left out: ${missing})` : ''}`, () => {
  beforeAll(async () => {
    database = await borrowDatabase()
  })
  afterAll(async () => {
    for (const redis of connections) redis.disconnect()
    await database.release()
  })

  it('hands a parcel on to the bit, in slices, and finds what is missing or damaged', async () => {
    const { redis } = database
    const numbers = Float64Array.from({ length: 1_200_000 }, (_, i) => Math.sin(i))
    const columns = [new Uint8Array(numbers.buffer), new Uint8Array(), Buffer.from('가람')]
    const label = labelOf(columns)
    expect(await fetchParcel(redis, label)).toEqual({ ok: false, error: 'missing' })
    await sendParcel(redis, label, columns)
    const fetched = await fetchParcel(redis, label)
    const [first, second, third] = fetched.ok ? fetched.value : []
    expect(Buffer.compare(first ?? Buffer.of(), new Uint8Array(numbers.buffer))).toBe(0)
    expect(second).toHaveLength(0)
    expect(Buffer.from(third ?? []).toString()).toBe('가람')
    const keys = (await redis.keys(`garam:parcel:${label.sha256}:*`)).toSorted()
    expect(keys).toHaveLength(3)
    for (const key of keys) expect(await redis.ttl(key)).toBeGreaterThan(500)
    const last = keys.at(-1) ?? ''
    await redis.set(last, deflateSync(Buffer.from('나람')))
    expect(await fetchParcel(redis, label)).toEqual({ ok: false, error: 'damaged' })
    await redis.set(last, deflateSync(Buffer.alloc(1_000_000)))
    expect(await fetchParcel(redis, label)).toEqual({ ok: false, error: 'damaged' })
    await redis.del(last)
    expect(await fetchParcel(redis, label)).toEqual({ ok: false, error: 'missing' })
  })

  it('answers more jobs than lie in Redis at once, each in its place, and takes them all away', async () => {
    const work = await posting('many')
    const leave = takePart(connection(), 'many', { places: 4, answer: async (job) => [job] }, wall)
    const jobs = Array.from({ length: 2_300 }, (_, number) => ({ number }))
    expect(await answersOf(work, jobs)).toEqual(jobs.map((job) => ({ ok: true, value: [job] })))
    await leave()
    await work.close()
    expect(await liveNotices(database.redis)).toEqual([])
    for (const key of await database.redis.keys('garam:jobs-many:*'))
      expect(await database.redis.ttl(key), key).toBeGreaterThan(0)
  })

  it('has others try what a worker cannot do, and says at last why nobody could', async () => {
    const work = await posting('hard')
    let tries = 0
    const answer = async (job: unknown) => {
      tries++
      if (job === 'never' || tries === 1) throw new Error(`no room for ${String(job)}`)
      return 'done'
    }
    const leave = takePart(connection(), 'hard', { places: 1, answer }, wall)
    expect(await answersOf(work, ['later', 'never'])).toEqual([
      { ok: true, value: 'done' },
      { ok: false, error: { ko: 'no room for never', en: 'no room for never' } },
    ])
    expect(tries).toBe(2 + 3)
    await leave()
    await work.close()
  })

  it('gives up a job with a sentence when its workers died with it again and again', async () => {
    const work = await posting('killer')
    const dying = connection()
    takePart(dying, 'killer', { places: 1, answer: () => new Promise(() => undefined) }, wall)
    const answers = answersOf(work, ['kills'])
    const job = 'garam:jobs-killer:0-0'
    while ((await database.redis.exists(`${job}:lock`)) === 0) await new Promise((go) => setTimeout(go, 20))
    // It died twice before, and dies now: nobody holds on to the job any more.
    await database.redis.hset(job, 'stc', 2)
    dying.disconnect()
    await database.redis.del(`${job}:lock`)
    const leave = takePart(connection(), 'killer', { places: 1, answer: async () => 'done' }, wall)
    expect(await answers).toEqual([
      { ok: false, error: expect.objectContaining({ en: expect.stringMatching(/lost again and again/) }) },
    ])
    await leave()
    await work.close()
  })

  it('ends at once when it is stopped, and leaves no job behind', async () => {
    const work = await posting('stopped')
    const controller = new AbortController()
    const played = work.play(['a', 'b'], { signal: controller.signal, onAnswer: () => undefined })
    controller.abort(new Error('enough'))
    await expect(played).rejects.toThrow('enough')
    await work.close()
    expect(await database.redis.keys('garam:*stopped*')).toEqual([])
  })

  it('removes what somebody who died has left', async () => {
    const dying = connection()
    const work = await posting('dead', dying)
    const played = work.play(['a'], { onAnswer: () => undefined })
    played.catch(() => undefined)
    const { redis } = database
    while ((await redis.exists('garam:jobs-dead:0-0')) === 0) await new Promise((go) => setTimeout(go, 20))
    dying.disconnect()
    expect(await readNotice(redis, 'dead')).toMatchObject({ id: 'dead', release: 'one' })
    await redis.del('garam:notice:dead')
    expect(await liveNotices(redis)).not.toContain('dead')
    expect(await redis.keys('garam:*dead*')).toEqual([])
    await work.close()
  })

  it('says that nobody answers, and shows no password', async () => {
    const url = `${database.url.replace('//', '//:hidden@')}`
    expect(shownAddress(url)).not.toContain('hidden')
    const redis = await connectRedis('redis://127.0.0.1:1', {
      onLost: () => undefined,
      onBack: () => undefined,
    })
    expect(redis).toMatchObject({ ok: false, error: { en: expect.stringMatching(/cannot connect/) } })
  })
})
