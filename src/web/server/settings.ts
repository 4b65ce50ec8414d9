import type { FastifyRequest } from 'fastify'
import type { Sentence } from '../../model/sentence.ts'
import type { Result } from '../../std/result.ts'
import {
  patchSettingsSchema,
  putSettingsSchema,
  type SettingFinding,
  type SettingsChecked,
  type SettingsEdit,
  type SettingsMessage,
  settingsCheckedSchema,
  settingsEditSchema,
  settingsSchema,
  settingsWrittenSchema,
} from '../contract/settings.ts'
import type { Routes } from './routes.ts'
import type { AuditEntry } from './security/audit.ts'
import { by } from './security/guard.ts'
import { Trouble } from './trouble.ts'

/** Why nothing was written. */
export type SettingsRefusal =
  /** Somebody else changed the file since it was read. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'wrong'; readonly findings: readonly SettingFinding[] }
  /** Not all of it lowers what can be lost. */
  | { readonly kind: 'notLowering' }
  | { readonly kind: 'unwritable'; readonly said: Sentence }

export interface SettingsWriting {
  /** Of the content that the change was made for. */
  readonly etag: string
  /** Refuses whatever does not lower what can be lost. */
  readonly onlyLowering?: boolean
}

export interface SettingsDone {
  readonly etag: string
  readonly changes: SettingsChecked['changes']
}

/** The one place where settings live: a file that the running trader follows. */
export interface SettingsFile {
  read(): Promise<Result<SettingsMessage, Sentence>>
  /** What it would change; nothing is written. */
  check(edit: SettingsEdit): Promise<Result<SettingsChecked, Sentence>>
  /** Whole or not at all, and only when the new text is without findings. */
  write(edit: SettingsEdit, how: SettingsWriting): Promise<Result<SettingsDone, SettingsRefusal>>
}

export interface SettingsRoutesOptions {
  readonly file: SettingsFile
  readonly audit: (entry: AuditEntry) => void
}

const CHANGED = {
  ko: '그사이 설정 파일이 바뀌었습니다. 새로 읽은 뒤 다시 하세요',
  en: 'The settings changed meanwhile. Read them anew and try again',
}
const WRONG = {
  ko: '설정에 맞지 않는 값이 있어 아무것도 쓰지 않았습니다',
  en: 'Some settings are wrong, so nothing was written',
}
const NOT_LOWERING = {
  ko: '잃을 수 있는 금액이 줄어드는 변경만 이렇게 할 수 있습니다. 소유자가 2단계 인증으로 바꿔야 합니다',
  en: 'Only changes that lower what can be lost go this way. The owner has to make this one, with a second factor',
}
const SAVED = {
  ko: '저장했습니다. 실행 중인 가람이 바로 따릅니다',
  en: 'Saved. A running Garam follows at once',
}
const SAVED_FOR_RESTART = {
  ko: '저장했습니다. 일부는 가람을 다시 시작해야 바뀝니다',
  en: 'Saved. Some of it changes when Garam starts again',
}

/** Settings: looking, trying out, and writing them into the file. What raises the risk needs the owner and a second factor. */
export const settingsRoutes =
  ({ file, audit }: SettingsRoutesOptions): Routes =>
  (server) => {
    const write = async (request: FastifyRequest, edit: SettingsEdit, how: SettingsWriting) => {
      const written = await file.write(edit, how)
      if (!written.ok) throw troubleOf(written.error)
      const { etag, changes } = written.value
      for (const { path, before, after } of changes)
        audit({
          ...by(request),
          what: 'settings',
          about: path.join('.'),
          before: before.ko,
          after: after.ko,
        })
      const said = changes.some(({ restart }) => restart) ? SAVED_FOR_RESTART : SAVED
      return { etag, changes: [...changes], ...said }
    }

    server.get(
      '/settings',
      {
        config: { access: 'read' },
        schema: {
          tags: ['settings'],
          summary: 'The settings, what they may be, and the file they stand in',
          response: { 200: settingsSchema },
        },
      },
      async () => orUnavailable(await file.read()),
    )
    server.post(
      '/settings/check',
      {
        config: { access: 'read' },
        schema: {
          tags: ['settings'],
          summary: 'What a change would do, in words; nothing is written',
          body: settingsEditSchema,
          response: { 200: settingsCheckedSchema },
        },
      },
      async ({ body }) => orUnavailable(await file.check(body)),
    )
    server.patch(
      '/settings',
      {
        config: { access: 'admin', raisesRisk: true, audited: true },
        schema: {
          tags: ['settings'],
          summary: 'Changes single settings',
          body: patchSettingsSchema,
          response: { 200: settingsWrittenSchema },
        },
      },
      async (request) => write(request, { edits: request.body.edits }, { etag: request.body.etag }),
    )
    server.patch(
      '/settings/lower',
      {
        config: { access: 'trade', audited: true },
        schema: {
          tags: ['settings'],
          summary: 'Changes single settings, when each of them lowers what can be lost',
          body: patchSettingsSchema,
          response: { 200: settingsWrittenSchema },
        },
      },
      async (request) =>
        write(request, { edits: request.body.edits }, { etag: request.body.etag, onlyLowering: true }),
    )
    server.put(
      '/settings/text',
      {
        config: { access: 'admin', raisesRisk: true, audited: true },
        schema: {
          tags: ['settings'],
          summary: 'Replaces the whole file',
          body: putSettingsSchema,
          response: { 200: settingsWrittenSchema },
        },
      },
      async (request) => write(request, { text: request.body.text }, { etag: request.body.etag }),
    )
  }

function orUnavailable<T>(result: Result<T, Sentence>): T {
  if (result.ok) return result.value
  throw new Trouble(422, 'settings-unusable', result.error)
}

function troubleOf(refusal: SettingsRefusal): Trouble {
  switch (refusal.kind) {
    case 'changed':
      return new Trouble(409, 'settings-changed', CHANGED)
    case 'wrong':
      return new Trouble(
        422,
        'settings-wrong',
        WRONG,
        refusal.findings.map(({ line, column, path, ko, en }) => ({
          path: `${line}:${column} ${path}`.trim(),
          ko,
          en,
        })),
      )
    case 'notLowering':
      return new Trouble(403, 'raises-risk', NOT_LOWERING)
    case 'unwritable':
      return new Trouble(422, 'settings-unusable', refusal.said)
    default:
      return refusal satisfies never
  }
}
