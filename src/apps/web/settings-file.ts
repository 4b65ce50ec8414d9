import { createHash } from 'node:crypto'
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Sentence } from '../../model/sentence.ts'
import { err, ok, type Result } from '../../std/result.ts'
import type { SettingsChecked, SettingsEdit } from '../../web/contract/settings.ts'
import {
  changesOf,
  lowersRisk,
  raisesRisk,
  type SettingsValues,
} from '../../web/contract/settings-changes.ts'
import type {
  SettingsDone,
  SettingsFile,
  SettingsRefusal,
  SettingsWriting,
} from '../../web/server/settings.ts'
import { editYaml } from '../config/edit-yaml.ts'
import type { Finding } from '../config/finding.ts'
import { parseConfigFile } from '../config/parse.ts'
import { type ConfigFile, configJsonSchema, configSchema } from '../config/schema.ts'
import { maskKeys } from './mask-keys.ts'

const NO_FILE = {
  ko: '이 대시보드는 설정 파일을 모릅니다: garam web --config garam.yaml 로 켜면 설정과 전략을 볼 수 있습니다',
  en: 'This dashboard knows no settings file: started by garam web --config garam.yaml it shows settings and strategies',
}

/** Of a dashboard that was started for a journal folder alone. */
export const noSettingsFile: SettingsFile = {
  read: async () => err(NO_FILE),
  check: async () => err(NO_FILE),
  write: async () => err({ kind: 'unwritable', said: NO_FILE }),
}

/**
 * `garam.yaml` for the web: read, tried out and written by the rules of the command line. A write is checked as a whole before
 * anything happens, appears whole or not at all, and is refused when the file is not the one that it was made for.
 */
export function createSettingsFile(path: string): SettingsFile {
  let lastRight: ConfigFile | undefined
  let turn: Promise<unknown> = Promise.resolve()

  const look = (text: string): Result<ConfigFile, readonly Finding[]> => {
    const parsed = parseConfigFile(text)
    if (parsed.ok) lastRight = parsed.value
    return parsed
  }

  return {
    read: async () => {
      const text = await textOf(path)
      if (!text.ok) return text
      const masked = maskKeys(text.value)
      const parsed = look(masked)
      return ok({
        etag: etagOf(text.value),
        values: valuesOf(lastRight),
        defaults: DEFAULTS,
        schema: configJsonSchema(),
        text: masked,
        file: basename(path),
        findings: parsed.ok ? [] : [...parsed.error],
      })
    },
    check: async (edit) => {
      const text = await textOf(path)
      if (!text.ok) return text
      const next = edited(text.value, edit)
      if (!next.ok) return next
      const before = parseConfigFile(text.value)
      return ok(compared(before.ok ? before.value : undefined, parseConfigFile(next.value)))
    },
    write: (edit, how) => {
      // One after the other: between the look at the file and the new name nothing else of ours gets in.
      const mine = turn.then(() => write(path, edit, how))
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}

async function write(
  path: string,
  edit: SettingsEdit,
  { etag, onlyLowering = false }: SettingsWriting,
): Promise<Result<SettingsDone, SettingsRefusal>> {
  const text = await textOf(path)
  if (!text.ok) return err({ kind: 'unwritable', said: text.error })
  if (etagOf(text.value) !== etag) return err({ kind: 'changed' })
  const next = edited(text.value, edit)
  if (!next.ok) return err({ kind: 'unwritable', said: next.error })
  const parsed = parseConfigFile(next.value)
  if (!parsed.ok) return err({ kind: 'wrong', findings: parsed.error })
  const before = parseConfigFile(text.value)
  const checked = compared(before.ok ? before.value : undefined, parsed)
  if (onlyLowering && !checked.lowersRisk) return err({ kind: 'notLowering' })
  if (next.value !== text.value) {
    const isReplaced = await replace(path, text.value, next.value)
    if (!isReplaced.ok) return isReplaced
  }
  return ok({ etag: etagOf(next.value), changes: checked.changes })
}

/** Written beside its place, forced to the disk, then renamed. What an editor saved meanwhile is not written over. */
async function replace(path: string, was: string, text: string): Promise<Result<void, SettingsRefusal>> {
  try {
    const place = await realpath(path)
    const draft = `${place}.new`
    const handle = await open(draft, 'w', (await stat(place)).mode)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if ((await readFile(place, 'utf8')) !== was) {
      await rm(draft, { force: true })
      return err({ kind: 'changed' })
    }
    await rename(draft, place)
    return ok(undefined)
  } catch (error) {
    return err({ kind: 'unwritable', said: unusable('쓸', 'written', path, error) })
  }
}

function compared(
  before: ConfigFile | undefined,
  after: Result<ConfigFile, readonly Finding[]>,
): SettingsChecked {
  if (!after.ok) return { findings: [...after.error], changes: [], raisesRisk: false, lowersRisk: false }
  const [was, is] = [valuesOf(before), valuesOf(after.value)]
  return {
    findings: [],
    changes: changesOf(was, is).map(({ path, ...change }) => ({ path: [...path], ...change })),
    raisesRisk: raisesRisk(was, is),
    lowersRisk: lowersRisk(was, is),
  }
}

const edited = (text: string, edit: SettingsEdit): Result<string, Sentence> =>
  'text' in edit ? ok(edit.text) : editYaml(text, edit.edits)

async function textOf(path: string): Promise<Result<string, Sentence>> {
  try {
    return ok(await readFile(path, 'utf8'))
  } catch (error) {
    return err(unusable('읽을', 'read', path, error))
  }
}

const unusable = (ko: string, en: string, path: string, error: unknown): Sentence => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return {
    ko: `설정 파일 ${basename(path)}을(를) ${ko} 수 없습니다 (${code})`,
    en: `The settings file ${basename(path)} cannot be ${en} (${code})`,
  }
}

const etagOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)

const valuesOf = (file: ConfigFile | undefined): SettingsValues => ({ ...file })

/** What holds where the file says nothing. */
const DEFAULTS: SettingsValues = defaults()

function defaults(): SettingsValues {
  const { broker: _, ...rest } = configSchema.parse({
    broker: { name: 'kiwoom', environment: 'paper', appkey: 'env:A', secretkey: 'env:B' },
  })
  return rest
}
