import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openJournal } from '../adapters/journal/journal.ts'
import { tradingDay } from '../model/time.ts'
import { runCommandLine } from './command-line.ts'
import { configTemplate } from './config/template.ts'
import { openControl } from './control.ts'
import { writeCrashReport } from './crash.ts'
import { inFolder, recordingIo } from './testing/recording-io.ts'

async function garam(...words: readonly string[]) {
  const io = recordingIo()
  const code = await runCommandLine(words, io)
  return { code, out: io.outText, err: io.errText }
}

const COMMANDS = [
  'demo',
  'init',
  'run',
  'stop',
  'orders',
  'web',
  'simulate',
  'replay',
  'report',
  'journal',
  'data',
  'backtest',
  'sweep',
  'worker',
  'walkforward',
  'trials',
  'holdout',
  'secret',
  'user',
  'deadman',
  'doctor',
]

describe('the command line', () => {
  it('lists exactly the commands that exist', async () => {
    const { code, out } = await garam('--help')
    expect(code).toBe(0)
    const listed = [...out.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1])
    expect(listed.filter((name) => name !== 'help').sort()).toEqual([...COMMANDS].sort())
  })

  it.each([
    ...['demo', 'init', 'run', 'stop', 'web', 'replay', 'deadman', 'doctor'].map((name) => [name]),
    ['simulate', 'kiwoom'],
    ['report', 'day'],
    ['journal', 'verify'],
    ['journal', 'show'],
    ['journal', 'export'],
    ['data', 'import'],
    ['data', 'list'],
    ['data', 'check'],
    ['data', 'export'],
    ['backtest'],
    ['sweep'],
    ['worker'],
    ['walkforward'],
    ['trials'],
    ['holdout', 'seal'],
    ['secret', 'set'],
    ['secret', 'list'],
    ['secret', 'remove'],
    ['user', 'list'],
    ['user', 'add'],
    ['user', 'reset'],
  ])('explains %s %s with an example', async (...words) => {
    const { code, out } = await garam(...words.filter(Boolean), '--help')
    expect(code).toBe(0)
    expect(out).toMatch(/예 · examples?:\n {2}garam /)
    expect(out).toMatch(/[가-힣]/)
  })

  it('prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(await garam('--version')).toMatchObject({ code: 0, out: version })
  })

  it.each([
    [['fly']],
    [['demo', '--speed', 'fast']],
    [['demo', '--for', '90']],
    [['replay']],
    [['init', '--environment', 'live']],
    [['doctor', '--nothing']],
    [['journal', 'show', 'x', '--kind', 'zebra']],
  ])('ends with 2 on bad usage: %j', async (words) => {
    const { code, err } = await garam(...words)
    expect(code).toBe(2)
    expect(err).toMatch(/error:/)
  })
})

describe('garam init', () => {
  it('writes a file that run accepts, and does not overwrite it', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'garam.yaml')
      expect(await garam('init', '-e', 'simulated', '-o', file)).toMatchObject({ code: 0 })
      expect(await readFile(file, 'utf8')).toBe(configTemplate('simulated'))
      await writeFile(file, 'mine')
      const again = await garam('init', '-o', file)
      expect(again).toMatchObject({ code: 1, out: '' })
      expect(again.err).toMatch(/--force/)
      expect(await readFile(file, 'utf8')).toBe('mine')
      expect((await garam('init', '-o', file, '--force', '--json')).out).toBe(
        JSON.stringify({ written: file, environment: 'paper' }),
      )
    }))

  it('refuses a folder that is not there', async () => {
    expect(await garam('init', '-o', '/nowhere/at/all/garam.yaml')).toMatchObject({ code: 1 })
  })

  it('prints a schema that names every block', async () => {
    const { code, out } = await garam('init', '--schema')
    expect(code).toBe(0)
    expect(Object.keys(JSON.parse(out).properties)).toEqual([
      'broker',
      'buy',
      'sell',
      'strategies',
      'exits',
      'unfilled',
      'limits',
      'hours',
      'orders',
      'excluded',
      'corporate_actions',
      'topology',
      'deadman',
      'web',
      'journal',
    ])
  })
})

describe('garam run', () => {
  it('refuses a wrong file with the place of each fault', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'garam.yaml')
      await writeFile(file, configTemplate('paper').replace('stop_loss_pct: 2.5', 'stop_loss_pct: 0.025'))
      const { code, err } = await garam('run', '-c', file)
      expect(code).toBe(1)
      expect(err).toMatch(/garam\.yaml:\d+:\d+ exits\.stop_loss_pct: 비율/)
    }))

  it('refuses live before anything is opened', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'garam.yaml')
      await writeFile(file, configTemplate('paper').replace('environment: paper', 'environment: live'))
      const { code, err } = await garam('run', '-c', file)
      expect(code).toBe(1)
      expect(err).toMatch(/live is not open yet/)
    }))

  it('says how to get a file when there is none', async () => {
    const { code, err } = await garam('run', '-c', '/nowhere/garam.yaml')
    expect(code).toBe(1)
    expect(err).toMatch(/garam init/)
  })

  it('refuses an empty key variable by name', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'garam.yaml')
      const text = configTemplate('paper').replace('.garam/journal', join(folder, 'journal'))
      await writeFile(file, text.replace('KIWOOM_APPKEY', 'GARAM_TEST_NO_SUCH_KEY'))
      const { code, err } = await garam('run', '-c', file)
      expect(code).toBe(1)
      expect(err).toMatch(/GARAM_TEST_NO_SUCH_KEY/)
    }))
})

describe('garam web', () => {
  it('asks whose dashboard it is', async () => {
    const { code, err } = await garam('web', '--port', '0')
    expect(code).toBe(1)
    expect(err).toMatch(/--journal <folder>/)
  })

  it('opens to no other machine without a certificate or a proxy that has one', () =>
    inFolder(async (folder) => {
      const { code, err } = await garam('web', '--journal', folder, '--port', '0', '--host', '0.0.0.0')
      expect(code).toBe(1)
      expect(err).toMatch(/behind_proxy: true/)
    }))

  it('says when its port is taken', () =>
    inFolder(async (folder) => {
      const server = createServer()
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
      const { port } = server.address() as AddressInfo
      const { code, err } = await garam('web', '--journal', folder, '--port', String(port))
      await new Promise((closed) => server.close(closed))
      expect(code).toBe(1)
      expect(err).toMatch(/--port 0/)
    }))
})

describe('garam stop', () => {
  it('tells a running trader and prints its answer', () =>
    inFolder(async (folder) => {
      const control = await openControl(folder, (request) => ({
        ok: true,
        ko: `받음 ${request.do}`,
        en: 'heard',
      }))
      expect(await garam('stop', '--flatten', '--journal', folder)).toMatchObject({
        code: 0,
        out: '받음 flatten\nheard',
      })
      expect(JSON.parse((await garam('stop', '--journal', folder, '--json')).out)).toMatchObject({
        ko: '받음 stop',
      })
      if (control.ok) await control.value.close()
    }))

  it('says what to do when nobody runs', () =>
    inFolder(async (folder) => {
      const { code, err } = await garam('stop', '--journal', folder)
      expect(code).toBe(1)
      expect(err).toMatch(/증권사 앱/)
    }))

  it('refuses two orders at once', async () => {
    expect(await garam('stop', '--flatten', '--resume')).toMatchObject({ code: 1 })
  })
})

describe('garam doctor', () => {
  it('finds a sound machine good and names each fault with what to do', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'garam.yaml')
      await writeFile(file, configTemplate('simulated').replace('.garam/journal', join(folder, 'journal')))
      const { code, out } = await garam('doctor', '-c', file, '--port', '0', '--json')
      const found: { name: string; level: string; fix?: unknown }[] = JSON.parse(out)
      expect(new Set(found.map((one) => one.name))).toEqual(
        new Set(['node', 'clock', 'disk', 'config', 'keys', 'journal', 'stops', 'port']),
      )
      expect(found.filter((one) => one.level === 'bad').map((one) => one.name)).toEqual(['keys', 'keys'])
      for (const one of found) expect(one.fix === undefined).toBe(one.level === 'good')
      expect(code).toBe(1)
    }))

  it('points at the line of a wrong config', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'garam.yaml')
      await writeFile(file, 'broker: 3\n')
      const { code, out } = await garam('doctor', '-c', file, '--port', '0')
      expect(code).toBe(1)
      expect(out).toMatch(/garam\.yaml:1:9 broker:/)
    }))

  it('says that a port is taken', async () => {
    const server = createServer()
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { out } = await garam('doctor', '--port', String(port), '--json')
    expect(JSON.parse(out).find((one: { name: string }) => one.name === 'port')).toMatchObject({
      level: 'warning',
    })
    await new Promise((closed) => server.close(closed))
  })

  it('prints the order types with what is not confirmed, from the rules that refuse orders', async () => {
    const { code, out } = await garam('doctor', '--order-types', '--json')
    const rows: Record<string, unknown>[] = JSON.parse(out)
    const row = (phase: string, kind: string) =>
      rows.find((one) => one.venue === 'KRX' && one.phase === phase && one.type === kind)
    expect(code).toBe(0)
    expect(row('continuous', 'market')).toMatchObject({
      exchange: true,
      environments: { paper: { offered: true, verified: true, source: 'kiwoomExamples' } },
    })
    // Market rule book §1.3: the after-market since 2026-09-14 takes no market order.
    expect(row('afterMarket', 'market')).toMatchObject({ exchange: false })
    // Every route, session, type and time in force is a cell with its source.
    expect(rows).toHaveLength((9 + 8 + 8) * 9 * 4)
    const printed = (await garam('doctor', '--order-types')).out
    expect(printed).toMatch(/시장가 +··· +OOO +OOO +OOO +OOO +··· +··· +··· +···/)
    expect(printed).toMatch(/스톱지정가 +--- +--- +oxo/)
  })
})

describe('garam journal', () => {
  const day = tradingDay('2026-11-20')

  async function recorded(folder: string): Promise<string> {
    const { journal } = await openJournal({ folder, day, at: 1 })
    journal.append(1_795_132_800_000, 'note', '{"text":"안녕"}')
    journal.append(1_795_132_800_001, 'event', '{"kind":"timer","at":1,"receivedAt":1}')
    await journal.commit()
    await journal.close()
    return join(folder, `${day}.jsonl`)
  }

  it('verifies and shows records', () =>
    inFolder(async (folder) => {
      await recorded(folder)
      expect((await garam('journal', 'verify', folder)).out).toMatch(/2건이 온전합니다/)
      expect((await garam('journal', 'show', folder, '--kind', 'note')).out).toMatch(
        /^ +1 \d\d:\d\d:\d\d note +\{"text":"안녕"\}$/,
      )
      expect(JSON.parse((await garam('journal', 'show', folder, '--from', '2', '--json')).out)).toMatchObject(
        { seq: 2 },
      )
    }))

  it('names the record that was altered', () =>
    inFolder(async (folder) => {
      const file = await recorded(folder)
      await writeFile(
        file,
        (await readFile(file, 'utf8')).replace('"at":1,"receivedAt":1', '"at":2,"receivedAt":1'),
      )
      expect(await garam('journal', 'verify', folder, '--json')).toMatchObject({ code: 1 })
      const { code, err } = await garam('replay', folder, '--verify')
      expect(code).toBe(1)
      expect(err).toMatch(/2/)
      expect(err).toMatch(/손상/)
    }))

  it.each(['verify', 'show', 'export'])('%s refuses a place without a record', async (what) => {
    const { code, err } = await garam('journal', what, '/nowhere')
    expect(code).toBe(1)
    expect(err).toMatch(/기록/)
  })
})

describe('the crash report', () => {
  it('is written where it can be, with the stack and the command', () =>
    inFolder(async (folder) => {
      const noFolder = join(folder, 'file')
      await writeFile(noFolder, '')
      const at = 1_795_132_800_000
      const path = writeCrashReport(new Error('broken law'), at, ['demo'], [noFolder, folder])
      const text = await readFile(path, 'utf8')
      expect(path.startsWith(folder)).toBe(true)
      expect(text).toMatch(/garam demo/)
      expect(text).toMatch(/Error: broken law\n +at /)
      expect(text).toMatch(/2026-11-20T00:00:00\.000Z/)
    }))
})
