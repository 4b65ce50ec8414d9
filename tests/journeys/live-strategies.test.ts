import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selfArguments } from '../../src/apps/self.ts'

const KEYS = { GARAM_APPKEY: 'key', GARAM_SECRETKEY: 'secret' }

/** A strategy file that throws at its first bar. */
const THROWS = `import { defineStrategy } from 'garam/strategy'
export default defineStrategy({ id: 'loop', title: { ko: '반복', en: 'loop' }, parameters: {}, needs: () => ({ warmUpBars: 0 }),
  each: () => ({ onBar: () => { throw new Error('no such luck') } }) })
`

const config = (rest: string, socket: string) => `broker:
  name: kiwoom
  environment: simulated
  appkey: env:GARAM_APPKEY
  secretkey: env:GARAM_SECRETKEY
  hosts: { rest: ${rest}, socket: ${socket} }
strategies:
  - { name: 교차, use: ema-cross, params: { fast: 2, slow: 4 }, symbols: ["005930", "000660", "035420"], amount_krw: 1000000 }
  - { name: 내 조건식, entry: "close > ema(3)", exit: "close < ema(3)", symbols: ["005380", "035720"], amount_krw: 1000000 }
  - { name: 던지는 파일, use: ./throws.mjs, symbols: ["005930"], amount_krw: 1000000 }
limits: { rebuy: { not_today: false, not_after_loss: false } }
journal: { folder: ./journal }
`

describe('strategies while the market is open', () => {
  let folder: string
  let simulator: ChildProcess
  let errors = ''
  let output = ''
  let code: number | null

  const garam = (words: readonly string[]) =>
    spawn(process.execPath, [...selfArguments(), ...words], {
      cwd: folder,
      env: { ...process.env, ...KEYS, NODE_PATH: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'garam-live-'))
    const words = ['simulate', 'kiwoom', '--port', '0', '--speed', '40', '--start', '08:56', '--json']
    simulator = garam([
      ...words,
      '--day',
      '2026-11-20',
      '--appkey',
      KEYS.GARAM_APPKEY,
      '--secretkey',
      KEYS.GARAM_SECRETKEY,
    ])
    const line = await new Promise<string>((resolve) =>
      createInterface({ input: simulator.stdout as NonNullable<typeof simulator.stdout> }).once(
        'line',
        resolve,
      ),
    )
    const { restUrl, socketUrl } = JSON.parse(line)
    await writeFile(join(folder, 'throws.mjs'), THROWS)
    await writeFile(join(folder, 'garam.yaml'), config(restUrl, socketUrl))
    const run = garam(['run', '--no-web', '--headless', '--for', '50s', '--json'])
    run.stdout?.on('data', (chunk) => {
      output += String(chunk)
    })
    run.stderr?.on('data', (chunk) => {
      errors += String(chunk)
    })
    code = await new Promise((resolve) => run.once('exit', resolve))
  }, 150_000)

  afterAll(async () => {
    simulator.kill()
    await rm(folder, { recursive: true, force: true })
  })

  const events = async (kind: string) => {
    const text = await readFile(join(folder, 'journal', '2026-11-20.jsonl'), 'utf8')
    return text.split('\n').filter((line) => line.includes(`"kind":"${kind}"`))
  }

  it('become signals, orders and round trips, with the reasons they gave', async () => {
    expect({ code, errors: errors.match(/InvariantError/g) }).toEqual({ code: 0, errors: null })
    const { orders, roundTrips, exits } = JSON.parse(output.trim().split('\n').at(-1) ?? '')
    expect(orders).toBeGreaterThanOrEqual(3)
    expect(roundTrips).toBeGreaterThanOrEqual(1)
    expect(exits.signal).toBe(roundTrips)
    const signals = await events('signal')
    expect(signals.some((line) => line.includes('"strategy":"교차"'))).toBe(true)
    expect(signals.some((line) => line.includes('"strategy":"내 조건식"'))).toBe(true)
    expect(errors).toMatch(/^ *(교차: EMA2 > EMA4 상향 돌파|내 조건식: .+) → (교차|내 조건식): .+/m)
  })

  it('lose one that throws, and it alone', () => {
    expect(errors.match(/전략 .* 껐습니다/g)).toHaveLength(1)
    expect(errors).toMatch(/던지는 파일 을\(를\) 껐습니다: .*no such luck/)
  })

  it('are replayed to the same decisions without being played', async () => {
    const replay = garam(['replay', 'journal', '--verify'])
    let said = ''
    replay.stdout?.on('data', (chunk) => {
      said += String(chunk)
    })
    expect(await new Promise((resolve) => replay.once('exit', resolve))).toBe(0)
    expect(said).toContain(JSON.parse(output.trim().split('\n').at(-1) ?? '').decisionHash)
  })
})
