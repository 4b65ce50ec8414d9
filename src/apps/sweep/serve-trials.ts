import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectRedis, type RedisConnection, shownAddress } from '../../adapters/jobs/connection.ts'
import { liveNotices, type Notice, readNotice, refuseNotice } from '../../adapters/jobs/notice.ts'
import { fetchParcel } from '../../adapters/jobs/parcel.ts'
import { takePart } from '../../adapters/jobs/taking-part.ts'
import { sleep } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'
import { type Io, Refusal, refuse } from '../io.ts'
import { dim, warn } from '../screen/ansi.ts'
import { wallClock } from '../system.ts'
import { dataOf, type PostedBody, postedBodyFrom, sha256, type TrialData } from './posted-task.ts'
import { connectionTeller, redisRefusing, valueOrRefuse } from './redis-trouble.ts'
import { sharedBars } from './shared-bars.ts'
import { jobFrom, trialLine } from './trial-line.ts'
import { openTrialPool, type TrialPool } from './trial-pool.ts'
import type { TrialTask } from './trial-task.ts'

export interface ServeOptions {
  readonly redis: string
  /** Threads for each sweep. */
  readonly workers: number
  /** Strategy files are programs: without this they are refused. */
  readonly allowFiles: boolean
  /** Ours; another's sweeps are refused. */
  readonly release: string
  readonly io: Io
  readonly signal: AbortSignal
}

const LOOK_MS = 1_000
/** Sweeps that are served at once; each has threads and data of its own. */
const SWEEPS_MAX = 4
const CLOSE_MS = 5_000

/** Plays trials of every sweep on the board until `signal`, and gives back those at work then. Refuses a Redis that is not there. */
export async function serveTrials(options: ServeOptions): Promise<void> {
  const { io, signal } = options
  const redis = valueOrRefuse(await connectRedis(options.redis, connectionTeller(io)))
  const server = new TrialServer(redis, options)
  io.err(
    dim(
      `${shownAddress(options.redis)} 에서 시험을 기다립니다 (스레드 ${options.workers}개) · waiting for trials there (${options.workers} threads)`,
    ),
  )
  const stopped = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  )
  try {
    while (!signal.aborted) {
      await Promise.race([stopped, redisRefusing(server.look())])
      await Promise.race([stopped, sleep(wallClock, LOOK_MS)])
    }
  } finally {
    await server.close()
    redis.disconnect()
  }
}

/** What this process does for one sweep. */
interface Service {
  end(): Promise<void>
}

class TrialServer {
  /** By the id of the sweep; undefined: it could not be joined yet. */
  private readonly services = new Map<string, Promise<Service | undefined>>()
  private readonly refused = new Set<string>()
  /** Of the last sweep: the next one is often over the same data. */
  private kept: { readonly sha256: string; readonly data: TrialData } | undefined
  private readonly name = `${hostname()}:${process.pid}`

  constructor(
    private readonly redis: RedisConnection,
    private readonly options: ServeOptions,
  ) {}

  /** Leaves what is over, and joins what is new. */
  async look(): Promise<void> {
    const live = await liveNotices(this.redis)
    const isOver = (id: string): boolean => !live.includes(id)
    for (const id of [...this.refused].filter(isOver)) this.refused.delete(id)
    for (const [id, service] of this.services) {
      if (!isOver(id)) continue
      await (await service)?.end()
      this.services.delete(id)
    }
    for (const id of live) {
      const isKnown = this.services.has(id) || this.refused.has(id)
      if (isKnown || this.services.size >= SWEEPS_MAX || this.options.signal.aborted) continue
      this.services.set(id, this.join(id))
    }
  }

  async close(): Promise<void> {
    const left = [...this.services.values()].map(async (service) => (await service)?.end())
    // Nobody joins or leaves through a Redis that is away.
    await Promise.race([Promise.allSettled(left), sleep(wallClock, CLOSE_MS)])
  }

  private async join(id: string): Promise<Service | undefined> {
    try {
      const notice = await readNotice(this.redis, id)
      const service = notice && (await this.serve(notice))
      if (!service) this.services.delete(id)
      return service
    } catch (error) {
      await this.refuse(id, messageOf(error))
      return undefined
    }
  }

  private async refuse(id: string, why: string): Promise<void> {
    this.services.delete(id)
    this.refused.add(id)
    this.options.io.err(warn(why))
    // Where Redis is away nobody hears it.
    await refuseNotice(this.redis, id, this.name, why).catch(() => undefined)
  }

  /** Undefined: its data are not there yet. */
  private async serve(notice: Notice): Promise<Service | undefined> {
    const { io, release, workers, allowFiles } = this.options
    if (notice.release !== release)
      return refuse(
        `가람이 달라 결과가 같다고 할 수 없습니다: 탐색은 ${notice.release}, 일하는 쪽은 ${release}. 같은 버전으로 맞추세요`,
        `the programs differ, so results might: the sweep is ${notice.release}, the worker ${release}; install the same on both`,
      )
    const body = postedBodyFrom(notice.body)
    if (!body) return refuse('탐색의 내용을 읽을 수 없습니다', 'what the sweep says cannot be read')
    const { interval, delistings, rules, cash, patienceMs } = body
    const { strategy, remove } = await strategyHere(body, allowFiles)
    try {
      const data = await this.data(notice)
      if (!data) {
        await remove()
        return undefined
      }
      const task: TrialTask = { strategy, interval, delistings, rules, cash, ...data }
      const pools = await openPools(workers, task, patienceMs)
      const { ko, en } = (pools[0] as TrialPool).strategy
      io.err(dim(`${ko} 시험을 합니다 · playing trials of ${en}`))
      return this.play(notice.id, pools, remove)
    } catch (error) {
      await remove()
      throw error
    }
  }

  private play(id: string, pools: readonly TrialPool[], remove: () => Promise<void>): Service {
    const { io } = this.options
    const idle = [...pools]
    let played = 0
    const answer = async (data: unknown, signal: AbortSignal): Promise<string> => {
      const job = jobFrom(data)
      if (!job) return refuse('시험을 읽을 수 없습니다', 'the trial cannot be read')
      const pool = idle.pop()
      invariant(pool !== undefined, 'there is a pool for each place')
      try {
        const [outcome] = await pool.play([job], { signal })
        invariant(outcome !== undefined, 'a job has an outcome')
        played++
        return trialLine(0, outcome)
      } catch (error) {
        // A thread that cannot be started again: others may have more room.
        if (!signal.aborted && error instanceof Refusal) void this.giveUp(id, error)
        throw error
      } finally {
        idle.push(pool)
      }
    }
    const leave = takePart(this.redis, id, { places: pools.length, answer }, wallClock)
    return {
      end: async () => {
        await leave()
        await closeAll(pools)
        await remove()
        io.err(dim(`시험 ${played}개를 했습니다 · ${played} trials played`))
      },
    }
  }

  /** Leaves a sweep that it cannot go on with. */
  private async giveUp(id: string, why: Refusal): Promise<void> {
    const service = this.services.get(id)
    if (!service) return
    await this.refuse(id, why.message)
    await (await service)?.end()
  }

  private async data({ parcel }: Notice): Promise<TrialData | undefined> {
    if (this.kept?.sha256 === parcel.sha256) return this.kept.data
    this.kept = undefined
    const fetched = await fetchParcel(this.redis, parcel)
    if (!fetched.ok && fetched.error === 'missing') return undefined
    if (!fetched.ok)
      return refuse(
        'Redis의 데이터가 그 해시와 맞지 않습니다',
        'the data in Redis do not agree with their hash',
      )
    const { bars, instruments } = dataOf(fetched.value)
    const data = { bars: sharedBars(bars), instruments }
    this.kept = { sha256: parcel.sha256, data }
    return data
  }
}

/** A pool of one thread for each place: they play a job at a time, and share the bars. Refuses what `openTrialPool` refuses. */
async function openPools(count: number, task: TrialTask, patienceMs: number): Promise<readonly TrialPool[]> {
  const open = () => openTrialPool(task, { workers: 1, patienceMs, wall: wallClock })
  const opened = await Promise.allSettled(Array.from({ length: count }, open))
  const pools = opened.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
  const refused = opened.find((each) => each.status === 'rejected')
  if (!refused) return pools
  await closeAll(pools)
  throw refused.reason
}

async function closeAll(pools: readonly TrialPool[]): Promise<void> {
  await Promise.all(pools.map((pool) => pool.close()))
}

interface StrategyHere {
  readonly strategy: TrialTask['strategy']
  remove(): Promise<void>
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The strategy as a task names it: one of ours, or a file that lies in a folder of its own until it is removed. */
async function strategyHere({ strategy }: PostedBody, allowFiles: boolean): Promise<StrategyHere> {
  if ('id' in strategy) return { strategy, remove: async () => undefined }
  if (!allowFiles)
    return refuse(
      '이 탐색은 전략 파일을 씁니다. 파일은 이 컴퓨터에서 그대로 실행되는 프로그램이므로, 믿는 Redis에서만 garam worker --allow-files 로 받으세요',
      'this sweep has a strategy file, a program that would run on this machine: take such only from a Redis you trust, with garam worker --allow-files',
    )
  if (sha256(strategy.text) !== strategy.sha256)
    return refuse('전략 파일이 그 해시와 맞지 않습니다', 'the strategy file does not agree with its hash')
  const folder = await mkdtemp(join(tmpdir(), 'garam-worker-'))
  const file = join(folder, `strategy${strategy.ending}`)
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await writeFile(file, strategy.text)
  return { strategy: { file }, remove: () => rm(folder, { recursive: true, force: true }) }
}
