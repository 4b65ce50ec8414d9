import { chmod, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SettingsEdit } from '../../web/contract/settings.ts'
import { SETTING_FIELDS } from '../../web/contract/settings-fields.ts'
import type { SettingsFile } from '../../web/server/settings.ts'
import { configJsonSchema } from '../config/schema.ts'
import { configTemplate } from '../config/template.ts'
import { inFolder } from '../testing/recording-io.ts'
import { createSettingsFile, noSettingsFile } from './settings-file.ts'

const TEXT = configTemplate('paper')

const withFile = (use: (file: SettingsFile, path: string, folder: string) => Promise<void>, text = TEXT) =>
  inFolder(async (folder) => {
    const path = join(folder, 'garam.yaml')
    await writeFile(path, text)
    await use(createSettingsFile(path), path, folder)
  })

const etagOf = async (file: SettingsFile): Promise<string> => {
  const read = await file.read()
  return read.ok ? read.value.etag : ''
}

const LOOSER: SettingsEdit = { edits: [{ path: ['exits', 'stop_loss_pct'], value: 5 }] }
const TIGHTER: SettingsEdit = { edits: [{ path: ['exits', 'stop_loss_pct'], value: 2 }] }

describe('reading', () => {
  it('gives values with their defaults, what would hold without them, and the text as it is', () =>
    withFile(async (file) => {
      const read = await file.read()
      expect(read).toMatchObject({
        ok: true,
        value: {
          text: TEXT,
          file: 'garam.yaml',
          findings: [],
          values: {
            limits: { max_positions: 5 },
            buy: [{ enabled: true }],
            broker: { appkey: 'env:KIWOOM_APPKEY' },
          },
          defaults: { limits: { max_quote_age_sec: 10 }, exits: { trailing: [] }, buy: [] },
        },
      })
      expect(read.ok && 'broker' in read.value.defaults).toBe(false)
    }))

  it.each([
    ['in its place', 'appkey: PS4bXq0zLMNOP'],
    ['in quotes', 'appkey: "PS4bXq0zLMNOP"'],
    ['on a line of its own', 'appkey: |\n    PS4bXq0zLMNOP'],
    ['behind an alias', 'name2: &k PS4bXq0zLMNOP\n  appkey: *k'],
  ])('never hands out a key that somebody wrote into the file %s', (_, line) =>
    withFile(
      async (file) => {
        const read = await file.read()
        expect(JSON.stringify(read)).not.toContain('LMNOP')
        expect(read.ok && read.value.findings.length).toBeGreaterThan(0)
      },
      TEXT.replace('appkey: env:KIWOOM_APPKEY', line),
    ),
  )

  it('keeps showing the last right values while somebody else has the file wrong, and says what is wrong', () =>
    withFile(async (file, path) => {
      await file.read()
      await writeFile(path, TEXT.replace('stop_loss_pct: 2.5', 'stop_loss_pct: 0.025'))
      expect(await file.read()).toMatchObject({
        ok: true,
        value: {
          values: { exits: { stop_loss_pct: 2.5 } },
          findings: [{ path: 'exits.stop_loss_pct', line: 35 }],
        },
      })
    }))
})

describe('checking', () => {
  it('tells the differences in words, what raises, and writes nothing', () =>
    withFile(async (file, path) => {
      expect(await file.check(LOOSER)).toMatchObject({
        ok: true,
        value: {
          findings: [],
          changes: [{ ko: '손절 2.5% → 5%', risk: 'raises' }],
          raisesRisk: true,
          lowersRisk: false,
        },
      })
      expect(await file.check(TIGHTER)).toMatchObject({ value: { raisesRisk: false, lowersRisk: true } })
      expect(await readFile(path, 'utf8')).toBe(TEXT)
    }))

  it('tells what is wrong with a new text, with line and column', () =>
    withFile(async (file) => {
      const text = TEXT.replace('max_positions: 5', 'max_positons: 5')
      expect(await file.check({ text })).toMatchObject({
        ok: true,
        value: { findings: [{ line: 52, column: 3, path: 'limits.max_positons' }], changes: [] },
      })
    }))
})

describe('writing', () => {
  it('changes the one value and keeps every comment, the order and the rights of the file', () =>
    withFile(async (file, path, folder) => {
      await chmod(path, 0o600)
      expect(await file.write(LOOSER, { etag: await etagOf(file) })).toMatchObject({ ok: true })
      const wanted = TEXT.replace('stop_loss_pct: 2.5  ', 'stop_loss_pct: 5    ')
      expect(await readFile(path, 'utf8')).toBe(wanted)
      expect((await stat(path)).mode & 0o777).toBe(0o600)
      expect(await readdir(folder)).toEqual(['garam.yaml'])
    }))

  it('answers with the name of the new content, for the next change', () =>
    withFile(async (file) => {
      const first = await file.write(LOOSER, { etag: await etagOf(file) })
      const etag = first.ok ? first.value.etag : ''
      expect(etag).toBe(await etagOf(file))
      expect(await file.write(TIGHTER, { etag })).toMatchObject({ ok: true })
    }))

  it('refuses what was made for a file that has changed since, and leaves it alone', () =>
    withFile(async (file, path) => {
      const etag = await etagOf(file)
      await writeFile(path, `${TEXT}# from an editor\n`)
      expect(await file.write(LOOSER, { etag })).toEqual({ ok: false, error: { kind: 'changed' } })
      expect(await readFile(path, 'utf8')).toBe(`${TEXT}# from an editor\n`)
    }))

  it('lets only the first of two changes through that were made for the same file', () =>
    withFile(async (file) => {
      const etag = await etagOf(file)
      const both = await Promise.all([file.write(LOOSER, { etag }), file.write(TIGHTER, { etag })])
      expect(both.map(({ ok }) => ok)).toEqual([true, false])
    }))

  it('writes nothing when the new text is wrong, and says where', () =>
    withFile(async (file, path) => {
      const edit: SettingsEdit = { edits: [{ path: ['limits', 'max_positions'], value: 0 }] }
      expect(await file.write(edit, { etag: await etagOf(file) })).toMatchObject({
        ok: false,
        error: { kind: 'wrong', findings: [{ path: 'limits.max_positions', line: 52 }] },
      })
      expect(await readFile(path, 'utf8')).toBe(TEXT)
    }))

  it('as one that only lowers, refuses whatever raises', () =>
    withFile(async (file, path) => {
      const how = { etag: await etagOf(file), onlyLowering: true }
      expect(await file.write(LOOSER, how)).toEqual({ ok: false, error: { kind: 'notLowering' } })
      expect(await readFile(path, 'utf8')).toBe(TEXT)
      expect(await file.write(TIGHTER, how)).toMatchObject({ ok: true })
    }))

  it('writes through a link to where the file is', () =>
    withFile(async (_, path, folder) => {
      const link = join(folder, 'link.yaml')
      await symlink(path, link)
      const file = createSettingsFile(link)
      expect(await file.write(LOOSER, { etag: await etagOf(file) })).toMatchObject({ ok: true })
      expect(await readFile(path, 'utf8')).toContain('stop_loss_pct: 5 ')
    }))

  it('says in words when the file is not there', async () => {
    const file = createSettingsFile('/nowhere/garam.yaml')
    expect(await file.read()).toMatchObject({ ok: false, error: { ko: expect.stringContaining('ENOENT') } })
  })
})

it('has a name, a unit and a way of raising the risk for every setting of the file, and for nothing else', () => {
  expect(Object.keys(SETTING_FIELDS).sort()).toEqual([...leavesOf(configJsonSchema(), [])].sort())
})

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
}

function leavesOf(node: SchemaNode, path: readonly string[]): readonly string[] {
  if (node.properties)
    return Object.entries(node.properties).flatMap(([key, each]) => leavesOf(each, [...path, key]))
  return node.items?.properties ? leavesOf(node.items, [...path, '*']) : [path.join('.')]
}

describe('without a settings file', () => {
  it('says how the dashboard is started with one, and writes nothing', async () => {
    const edit = { text: configTemplate('paper') }
    const said = { ko: expect.stringContaining('--config'), en: expect.stringContaining('--config') }
    expect(await noSettingsFile.read()).toEqual({ ok: false, error: said })
    expect(await noSettingsFile.check(edit)).toEqual({ ok: false, error: said })
    expect(await noSettingsFile.write(edit, { etag: '' })).toEqual({
      ok: false,
      error: { kind: 'unwritable', said },
    })
  })
})
