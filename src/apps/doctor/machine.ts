import { mkdir, open, rm, stat, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { type Clock, sleep } from '../../std/clock.ts'
import { count } from '../../std/numbers.ts'
import { bad, type Checked, good, warning } from './check.ts'

const LEAST_NODE = [20, 19] as const

export function checkNode(version: string): Checked {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const enough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])
  return enough
    ? good('node', `Node ${version}`, `Node ${version}`)
    : bad(
        'node',
        `Node ${version} 은(는) 너무 오래되었습니다`,
        `Node ${version} is too old`,
        'Node 20.19 이상을 설치하세요: https://nodejs.org',
        'install Node 20.19 or newer: https://nodejs.org',
      )
}

/** Before this the program did not exist: a clock that says so is wrong. 2026-01-01. */
const EARLIEST_MS = 1_767_225_600_000
const LATEST_MS = EARLIEST_MS + 15 * 365 * 86_400_000
const LOOK_MS = 300
/** How far the wall clock may go apart from a clock that never jumps, while we look. */
const JUMP_MS = 50

/** Orders carry the time, hours and windows are read from it: the clock must be right and steady. */
export async function checkClock(wall: Clock, elapsedMs: () => number): Promise<Checked> {
  const [wallStart, steadyStart] = [wall.now(), elapsedMs()]
  await sleep(wall, LOOK_MS)
  const apart = Math.abs(wall.now() - wallStart - (elapsedMs() - steadyStart))
  const now = new Date(wall.now()).toISOString()
  if (wallStart < EARLIEST_MS || wallStart > LATEST_MS)
    return bad(
      'clock',
      `컴퓨터의 시각이 이상합니다: ${now}`,
      `the machine's clock is wrong: ${now}`,
      '시간 동기화(NTP)를 켜세요',
      'switch on time synchronisation (NTP)',
    )
  if (apart > JUMP_MS)
    return warning(
      'clock',
      `시각이 ${Math.round(apart)}ms 튀었습니다`,
      `the clock jumped by ${Math.round(apart)} ms`,
      '시간 동기화가 자주 크게 맞추는지, 컴퓨터가 과부하인지 보세요',
      'see whether time synchronisation steps often, or the machine is overloaded',
    )
  return good('clock', `시각 ${now} (UTC), 고르게 흐름`, `clock ${now}, steady`)
}

/** A journal that waits longer than this for the disk holds up every order. */
const SLOW_SYNC_MS = 50
const SYNCS = 5
const LEAST_FREE_BYTES = 1024 ** 3

/** Every order waits until its record is on the disk: the folder must take writes, and quickly. */
export async function checkDisk(
  folder: string,
  wall: Clock,
  elapsedMs: () => number,
): Promise<readonly Checked[]> {
  const path = resolve(folder)
  const probe = join(path, `.garam-doctor-${process.pid}`)
  try {
    await mkdir(path, { recursive: true })
    const syncMs = await medianSync(probe, elapsedMs)
    const skewMs = Math.abs((await stat(probe)).mtimeMs - wall.now())
    return [syncChecked(path, syncMs), ...(await freeSpace(path)), ...fileClock(skewMs)]
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [
      bad(
        'disk',
        `기록 폴더에 쓸 수 없습니다: ${reason}`,
        `the record's folder takes no writes: ${reason}`,
        `${path} 의 권한과 남은 공간을 보거나 journal.folder를 바꾸세요`,
        `look at the permissions and free space of ${path}, or change journal.folder`,
      ),
    ]
  } finally {
    await rm(probe, { force: true })
  }
}

async function medianSync(probe: string, elapsedMs: () => number): Promise<number> {
  const handle = await open(probe, 'w')
  try {
    const times: number[] = []
    for (let i = 0; i < SYNCS; i++) {
      const from = elapsedMs()
      await handle.write('가람 doctor\n')
      await handle.datasync()
      times.push(elapsedMs() - from)
    }
    return times.sort((a, b) => a - b)[Math.floor(SYNCS / 2)] ?? 0
  } finally {
    await handle.close()
  }
}

const syncChecked = (path: string, syncMs: number): Checked =>
  syncMs <= SLOW_SYNC_MS
    ? good(
        'disk',
        `${path}: 쓰기와 fsync ${syncMs.toFixed(1)}ms`,
        `${path}: write and fsync ${syncMs.toFixed(1)} ms`,
      )
    : warning(
        'disk',
        `${path}: fsync가 느립니다 (${syncMs.toFixed(0)}ms): 주문마다 그만큼 늦습니다`,
        `${path}: fsync is slow (${syncMs.toFixed(0)} ms), and every order waits for it`,
        '기록 폴더를 내장 SSD로 옮기세요',
        'move the record to an internal SSD',
      )

async function freeSpace(path: string): Promise<readonly Checked[]> {
  const { bavail, bsize } = await statfs(path)
  const free = bavail * bsize
  return free >= LEAST_FREE_BYTES
    ? []
    : [
        warning(
          'disk',
          `남은 공간이 ${count(Math.round(free / 1024 ** 2))} MB 뿐입니다`,
          `only ${count(Math.round(free / 1024 ** 2))} MB free`,
          '하루 기록은 수백 MB가 될 수 있습니다: 공간을 비우세요',
          'one day of record can take hundreds of MB: make room',
        ),
      ]
}

/** A folder on another machine stamps files with that machine's clock. */
const fileClock = (skewMs: number): readonly Checked[] =>
  skewMs < 2_000
    ? []
    : [
        warning(
          'disk',
          `폴더의 시각이 ${Math.round(skewMs / 1000)}초 다릅니다: 네트워크 폴더인가요?`,
          `the folder's clock is ${Math.round(skewMs / 1000)} s off: a network folder?`,
          '기록은 이 컴퓨터의 디스크에 두세요',
          'keep the record on a disk of this machine',
        ),
      ]

/** Can a server of ours listen there? */
export function checkPort(port: number): Promise<Checked> {
  return new Promise((resolved) => {
    const server = createServer()
    server.once('error', (error) =>
      resolved(
        warning(
          'port',
          `포트 ${port} 을(를) 쓸 수 없습니다 (${error.message})`,
          `port ${port} is not free (${error.message})`,
          '이미 켜진 시뮬레이터를 끄거나 --port 로 다른 포트를 쓰세요',
          'stop the simulator that runs already, or choose another --port',
        ),
      ),
    )
    server.listen(port, '127.0.0.1', () =>
      server.close(() => resolved(good('port', `포트 ${port} 사용 가능`, `port ${port} is free`))),
    )
  })
}
