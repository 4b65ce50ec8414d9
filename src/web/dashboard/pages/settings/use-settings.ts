import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type {
  SettingEdit,
  SettingFinding,
  SettingsChecked,
  SettingsEdit,
  SettingsMessage,
  SettingsWritten,
} from '../../../contract/settings.ts'
import { at } from '../../../contract/settings-changes.ts'
import { api, get } from '../../api/client.ts'
import { useMay } from '../../state/may.ts'
import { edit, useDraft } from './draft.ts'
import type { SettingsForm } from './form.ts'
import { defaultAt, goesWith, type SchemaNode, type SettingPath, withEdits } from './view.ts'

/** The file may be changed by an editor at any time, so it is asked for again now and then. */
const AGAIN_MS = 15_000

const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => get<SettingsMessage>('/settings', signal),
  refetchInterval: AGAIN_MS,
})

export const useSettings = () => useQuery(settingsQuery)

/** The form of the whole file: what is in it, with what was changed on the screen. */
export function useFileForm(settings: SettingsMessage | undefined): SettingsForm | undefined {
  const edits = useDraft((draft) => draft.edits)
  const isLocked = !useMay('trade')
  const findings = useDraftFindings()
  return useMemo(() => {
    if (!settings) return undefined
    const { values: saved, defaults } = settings
    const schema = settings.schema as SchemaNode
    return {
      findings,
      values: withEdits(saved, edits, (path) => defaultAt(defaults, schema, path)),
      ...{ saved, defaults, schema, isLocked },
      set: (path, value) => {
        const was = (place: SettingPath) => ({
          saved: at(saved, place),
          preset: defaultAt(defaults, schema, place),
        })
        edit(path, value, was(path))
        for (const other of goesWith(path, value)) edit(other, undefined, was(other))
      },
    }
  }, [settings, edits, isLocked, findings])
}

const NO_FINDINGS: readonly SettingFinding[] = []

/** What is wrong with the changes so far, asked when the fingers rest. */
export function useDraftFindings(): readonly SettingFinding[] {
  const edits = useDraft((draft) => draft.edits)
  const { data: settings } = useSettings()
  const { data: checked } = useQuery({
    queryKey: ['settings-draft', settings?.etag, edits],
    queryFn: async ({ signal }) => {
      await resting(signal)
      return checkEdit({ edits: [...edits] }, signal)
    },
    enabled: edits.length > 0 && settings !== undefined,
    staleTime: 0,
    retry: false,
    placeholderData: (before) => before,
  })
  return edits.length === 0 ? NO_FINDINGS : (checked?.findings ?? NO_FINDINGS)
}

const QUIET_MS = 300

/** Until the fingers rest; rejects when something more was typed meanwhile. */
export const resting = (signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, QUIET_MS)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('aborted', 'AbortError'))
    })
  })

export const checkEdit = (edit: SettingsEdit, signal?: AbortSignal): Promise<SettingsChecked> =>
  api('POST', '/settings/check', edit, signal)

export const useCheck = (edit: SettingsEdit, etag: string) =>
  useQuery({
    queryKey: ['settings-check', etag, edit],
    queryFn: ({ signal }) => checkEdit(edit, signal),
    staleTime: 0,
    retry: false,
  })

/** Writes a change: what only lowers the risk goes the way that whoever trades may go. */
export function useWrite() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ edit, etag, lowers }: { edit: SettingsEdit; etag: string; lowers: boolean }) => {
      if ('text' in edit) return api<SettingsWritten>('PUT', '/settings/text', { etag, text: edit.text })
      const path = lowers ? '/settings/lower' : '/settings'
      return api<SettingsWritten>('PATCH', path, { etag, edits: edit.edits satisfies readonly SettingEdit[] })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: settingsQuery.queryKey }),
  })
}
