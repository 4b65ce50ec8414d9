import { create } from 'zustand'
import type { SettingEdit } from '../../../contract/settings.ts'
import { type SettingPath, withEdit } from './view.ts'

interface Draft {
  readonly edits: readonly SettingEdit[]
}

/** What was changed on the screen and is not written yet; it outlives going to another page. */
export const useDraft = create<Draft>(() => ({ edits: [] }))

export const edit = (
  path: SettingPath,
  value: unknown,
  was: { readonly saved: unknown; readonly preset: unknown },
): void => useDraft.setState(({ edits }) => ({ edits: withEdit(edits, path, value, was) }))

export const dropEdits = (): void => useDraft.setState({ edits: [] })
