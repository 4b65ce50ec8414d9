import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import type { CommandContext } from '../command-context.ts'
import { runCommandLine } from '../command-line.ts'
import { inFolder, recordingIo } from '../testing/recording-io.ts'
import { openWebState } from '../web-state.ts'
import { secretCommand } from './secret.ts'

async function garam(...words: readonly string[]) {
  const io = recordingIo()
  const code = await runCommandLine(words, io)
  return { code, out: io.outText, err: io.errText }
}

const LINK = /^http:\/\/localhost:8787\/enter\/[A-Za-z0-9_-]{43}$/

describe('garam user', () => {
  it('adds somebody with a link, lists them, and gives a new link', () =>
    inFolder(async (folder) => {
      const state = ['--state', join(folder, 'web')]
      expect(await garam('user', 'list', ...state)).toMatchObject({ code: 0, out: '' })
      const added = await garam('user', 'add', 'minsu', '--role', 'owner', ...state)
      expect([added.code, added.out]).toEqual([0, expect.stringMatching(LINK)])
      expect((await garam('user', 'list', ...state)).out).toMatch(/^minsu +owner +초대함 · invited$/)
      const reset = await garam(
        'user',
        'reset',
        'MINSU',
        '--json',
        '--url',
        'https://garam.example/',
        ...state,
      )
      expect(JSON.parse(reset.out).link).toMatch(/^https:\/\/garam\.example\/enter\//)
      expect(JSON.parse((await garam('user', 'list', '--json', ...state)).out)).toEqual([
        { name: 'minsu', role: 'owner', disabled: false, active: false, secondFactor: false },
      ])
      expect((await stat(join(folder, 'web', 'web.json'))).mode & 0o777).toBe(0o600)
    }))

  it('refuses what cannot be, and says why', () =>
    inFolder(async (folder) => {
      const state = ['--state', join(folder, 'web')]
      await garam('user', 'add', 'minsu', ...state)
      expect(await garam('user', 'add', 'Minsu', ...state)).toMatchObject({ code: 1, err: /already/ })
      expect(await garam('user', 'add', '-', ...state)).toMatchObject({ code: 1, err: /2 to 32/ })
      expect(await garam('user', 'reset', 'nobody', ...state)).toMatchObject({
        code: 1,
        err: /there are: minsu/,
      })
      expect((await garam('user', 'add', 'jiwoo', '--role', 'god', ...state)).code).toBe(2)
    }))

  it('leaves the users of a running Garam to that', () =>
    inFolder(async (folder) => {
      const running = await openWebState(join(folder, 'web'))
      const tried = await garam('user', 'add', 'minsu', '--state', join(folder, 'web'))
      expect([tried.code, tried.err]).toEqual([1, expect.stringMatching(/another Garam uses/)])
      if (running.ok) await running.value.close()
      expect((await garam('user', 'add', 'minsu', '--state', join(folder, 'web'))).code).toBe(0)
    }))
})

describe('garam secret', () => {
  afterEach(() => {
    delete process.env.GARAM_SECRETS
  })

  async function secret(piped: string, ...words: readonly string[]) {
    const io = recordingIo()
    let code: unknown
    const context: CommandContext = { io, finish: (ended) => (code = ended) }
    const command = secretCommand(context, Readable.from([Buffer.from(piped)]))
    const failed = await command.parseAsync(['node', 'secret', ...words]).then(
      () => undefined,
      (error: unknown) => String(error),
    )
    return { code, out: io.outText, err: io.errText, failed }
  }

  it('seals what is piped in, shows names only, and forgets', () =>
    inFolder(async (folder) => {
      process.env.GARAM_SECRETS = join(folder, 'secrets.json')
      expect(await secret('PLANTED-KEY\n', 'set', 'kiwoom.appkey')).toMatchObject({
        code: 0,
        failed: undefined,
      })
      const listed = await garam('secret', 'list')
      expect(listed).toEqual({ code: 0, out: 'kiwoom.appkey', err: '' })
      expect(await garam('secret', 'remove', 'kiwoom.appkey')).toMatchObject({ code: 0 })
      expect(await garam('secret', 'remove', 'kiwoom.appkey')).toMatchObject({ code: 1, err: /no secret/ })
      expect((await garam('secret', 'list', '--json')).out).toBe('[]')
    }))

  it('refuses an empty value, an odd name and a value on the command line', () =>
    inFolder(async (folder) => {
      process.env.GARAM_SECRETS = join(folder, 'secrets.json')
      expect((await secret('\n', 'set', 'kiwoom.appkey')).failed).toMatch(/empty/)
      expect((await secret('x', 'set', 'a/b')).failed).toMatch(/a name begins/)
      expect((await garam('secret', 'set', 'kiwoom.appkey', 'my-key')).code).toBe(2)
    }))
})
