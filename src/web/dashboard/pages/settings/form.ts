import { createContext, useContext } from 'react'
import type { SettingFinding } from '../../../contract/settings.ts'
import { at, type SettingsValues } from '../../../contract/settings-changes.ts'
import { defaultAt, nodeAt, pathText, type SchemaNode, type SettingPath } from './view.ts'

/** Where controls read and write: the settings of the file, or a rule that is being made. */
export interface SettingsForm {
  /** With what was changed on the screen. */
  readonly values: SettingsValues
  readonly saved: SettingsValues
  readonly defaults: SettingsValues
  readonly schema: SchemaNode
  readonly isLocked: boolean
  /** What the server says against the changes so far. */
  readonly findings: readonly SettingFinding[]
  /** `undefined` takes the value out, so that its default holds. */
  set(path: SettingPath, value: unknown): void
}

const FormContext = createContext<SettingsForm | undefined>(undefined)
export const FormProvider = FormContext.Provider

export function useForm(): SettingsForm {
  const form = useContext(FormContext)
  if (!form) throw new Error('a control of the settings stands in a form')
  return form
}

/** Everything a control asks about its setting. */
export function useSetting(path: SettingPath) {
  const form = useForm()
  const [value, saved] = [at(form.values, path), at(form.saved, path)]
  return {
    value,
    saved,
    node: nodeAt(form.schema, path),
    preset: defaultAt(form.defaults, form.schema, path),
    isLocked: form.isLocked,
    finding: form.findings.find((finding) => finding.path === pathText(path)),
    isChanged: JSON.stringify(value ?? null) !== JSON.stringify(saved ?? null),
    set: (next: unknown) => form.set(path, next),
  }
}
