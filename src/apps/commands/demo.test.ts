import { spawn } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCommandLine } from '../command-line.ts'
import { configTemplate } from '../config/template.ts'
import { askControl } from '../control.ts'
import { DEMO_KEY } from '../demo-settings.ts'
import { selfArguments } from '../self.ts'
import { startSimulatorProcess } from '../simulator-process.ts'
import { wallClock } from '../system.ts'
import { inFolder, recordingIo } from '../testing/recording-io.ts'

/** Runs a `garam` of its own, as a user would; `act` may talk to it while it runs. */
function garam(words: readonly string[], act: (child: ReturnType<typeof spawn>) => void = () => undefined) {
  const child = spawn(process.execPath, [...selfArguments(), ...words], { env: { ...process.env, ...KEYS } })
  const text = { out: '', err: '' }
  child.stdout.on('data', (data) => {
    text.out += data
  })
  child.stderr.on('data', (data) => {
    text.err += data
  })
  act(child)
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, ...text })),
  )
}

const KEYS = { GARAM_APPKEY: DEMO_KEY.appKey, GARAM_SECRETKEY: DEMO_KEY.secretKey }
const lastLine = (text: string) => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')
const FAST = ['--speed', '60', '--seed', '11']

describe('garam demo', () => {
  it('trades a simulated morning over real sockets, proves it to the won and replays to the same decisions', () =>
    inFolder(async (folder) => {
      const ended = await garam([
        'demo',
        '--no-web',
        '--headless',
        '--json',
        '--for',
        '12s',
        ...FAST,
        '--journal',
        folder,
      ])
      expect(ended.err).toMatch(/차이 0원/)
      expect(ended.code).toBe(0)
      const result = lastLine(ended.out)
      expect(result).toMatchObject({
        difference: { cash: 0, positions: 0, commission: 0, tax: 0 },
        journal: folder,
      })
      expect(result.fills).toBeGreaterThan(0)
      const io = recordingIo()
      expect(await runCommandLine(['replay', folder, '--verify', '--json'], io)).toBe(0)
      expect(JSON.parse(io.outText)).toMatchObject({ ok: true, decisionHash: result.decisionHash })
      const report = recordingIo()
      expect(await runCommandLine(['report', 'day', folder, '--json'], report)).toBe(0)
      expect(JSON.parse(report.outText)).toMatchObject({ roundTrips: result.roundTrips, fills: result.fills })
      const fills = recordingIo()
      expect(await runCommandLine(['journal', 'export', folder, '--what', 'fills'], fills)).toBe(0)
      expect(fills.outText.split('\n')).toHaveLength(result.fills + 1)
    }))

  it('still sums the day up when it is interrupted', () =>
    inFolder(async (folder) => {
      const ended = await garam(
        ['demo', '--no-web', '--headless', '--json', ...FAST, '--journal', folder],
        (child) => {
          // The first progress line: the trader stands.
          child.stderr?.once('data', () => child.kill('SIGINT'))
        },
      )
      expect(ended.code).toBe(0)
      expect(lastLine(ended.out).difference).toEqual({ cash: 0, positions: 0, commission: 0, tax: 0 })
    }))
})

describe('garam run', () => {
  it('trades on a running simulator in its time, takes settings while it runs and stops on command', () =>
    inFolder(async (folder) => {
      const simulator = await startSimulatorProcess(['--port', '0', ...FAST], wallClock)
      if (!simulator.ok) throw new Error(simulator.error)
      const { restUrl, socketUrl } = simulator.value.addresses
      simulator.value.release(wallClock.now())
      const journal = join(folder, 'journal')
      const file = join(folder, 'garam.yaml')
      const text = configTemplate('simulated')
        .replace('http://127.0.0.1:9443', restUrl)
        .replace('ws://127.0.0.1:9443', socketUrl)
        .replace('.garam/journal', journal)
        .replace('"거래량 급증"', '"거래량급증"')
      await writeFile(file, text)
      let heard = ''
      let interrupt = () => {}
      const ended = garam(['run', '--no-web', '-c', file, '--headless', '--json'], (child) => {
        interrupt = () => child.kill('SIGINT')
        child.stderr?.on('data', (data) => {
          heard += data
        })
      })
      const until = async (holds: () => boolean | Promise<boolean>) => {
        for (let i = 0; i < 200 && !(await holds()); i++) await new Promise((go) => setTimeout(go, 100))
      }
      const said: string[] = []
      const ask = (what: 'status' | 'stop') => async () => {
        const asked = await askControl(journal, { do: what })
        if (asked.ok && asked.value.ok) said.push(asked.value.ko)
        return said.length > (what === 'stop' ? 1 : 0)
      }
      await until(ask('status'))
      await writeFile(file, text.replace('max_positions: 5', 'max_positions: 7'))
      await until(() => /설정을 적용했습니다/.test(heard))
      await until(ask('stop'))
      interrupt()
      const { code, err, out } = await ended
      await simulator.value.stop()
      expect(said[0]).toBe('실행 중')
      expect(said[1]).toMatch(/정지했습니다/)
      expect(err).toMatch(/설정을 적용했습니다/)
      expect(code).toBe(0)
      expect(lastLine(out)).toMatchObject({ day: expect.stringMatching(/^\d{4}-/), journal })
      const [dayFile = ''] = (await readdir(journal)).filter((name) => name.endsWith('.jsonl'))
      const recorded = await readFile(join(journal, dayFile), 'utf8')
      expect(recorded).toMatch(/"maxPositions":7/)
      expect(recorded).toMatch(/"state":"halted"/)
    }))

  it('says what to start when no simulator is there', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'garam.yaml')
      const text = configTemplate('simulated')
        .replaceAll('9443', '9')
        .replace('.garam/journal', join(folder, 'j'))
      await writeFile(file, text)
      const { code, err } = await garam(['run', '--no-web', '-c', file, '--headless'])
      expect(code).toBe(1)
      expect(err).toMatch(/garam simulate kiwoom/)
    }))

  it('explains a condition that the broker does not have', () =>
    inFolder(async (folder) => {
      const simulator = await startSimulatorProcess(['--port', '0', ...FAST], wallClock)
      if (!simulator.ok) throw new Error(simulator.error)
      const { restUrl, socketUrl } = simulator.value.addresses
      simulator.value.release(wallClock.now())
      const file = join(folder, 'garam.yaml')
      const text = configTemplate('simulated')
        .replace('http://127.0.0.1:9443', restUrl)
        .replace('ws://127.0.0.1:9443', socketUrl)
        .replace('.garam/journal', join(folder, 'j'))
      await writeFile(file, text)
      const { code, err } = await garam(['run', '--no-web', '-c', file, '--headless'])
      await simulator.value.stop()
      expect(code).toBe(1)
      expect(err).toMatch(/"거래량급증"인가요/)
    }))
})

describe('garam simulate kiwoom', () => {
  it('prints where it listens, answers there and ends on an interrupt', async () => {
    let status: unknown
    const ended = await garam(['simulate', 'kiwoom', '--port', '0', '--json', '--size', '40'], (child) => {
      child.stdout?.once('data', async (data) => {
        const { controlUrl } = JSON.parse(String(data))
        status = await (await fetch(`${controlUrl}/status`)).json()
        child.kill('SIGINT')
      })
    })
    expect(ended.code).toBe(0)
    expect(status).toMatchObject({ profile: 'real', speed: 1, seed: 7 })
  })

  it('refuses a port that is taken', async () => {
    const first = await startSimulatorProcess(['--port', '0', '--size', '40'], wallClock)
    if (!first.ok) throw new Error(first.error)
    const { port } = new URL(first.value.addresses.restUrl)
    const { code, err } = await garam(['simulate', 'kiwoom', '--port', port, '--size', '40'])
    await first.value.stop()
    expect(code).toBe(1)
    expect(err).toMatch(/--port 0/)
  })
})
