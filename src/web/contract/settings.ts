import { z } from 'zod'

const sentence = { ko: z.string(), en: z.string() }
const words = z.object(sentence)
const etag = z.string().max(80).describe('names the content of the file')

const settingPathSchema = z
  .array(z.union([z.string().max(80), z.int().nonnegative()]))
  .min(1)
  .max(8)

/** `null` takes the setting out of the file, so that its default holds. */
export const settingEditSchema = z.object({ path: settingPathSchema, value: z.unknown() })
export type SettingEdit = z.infer<typeof settingEditSchema>

const edits = z.array(settingEditSchema).min(1).max(200)
const text = z.string().max(200_000)

export const settingsEditSchema = z.union([z.object({ edits }), z.object({ text })])
export type SettingsEdit = z.infer<typeof settingsEditSchema>

export const patchSettingsSchema = z.object({ etag, edits })
export const putSettingsSchema = z.object({ etag, text })

/** Something wrong in the file, at its place (both counted from 1). */
export const settingFindingSchema = z.object({
  line: z.int(),
  column: z.int(),
  path: z.string(),
  ...sentence,
})
export type SettingFinding = z.infer<typeof settingFindingSchema>

const settingChangeSchema = z.object({
  path: settingPathSchema,
  label: words,
  before: words,
  after: words,
  risk: z.enum(['raises', 'lowers', 'other']),
  restart: z.boolean(),
  ...sentence,
})

export const settingsSchema = z.object({
  etag,
  /** With every default filled in; as they were last right while the file has findings. */
  values: z.record(z.string(), z.unknown()),
  defaults: z.record(z.string(), z.unknown()),
  /** The JSON Schema of the file. */
  schema: z.record(z.string(), z.unknown()),
  /** Of the file. A key that stands in it by mistake is masked. */
  text: z.string(),
  file: z.string(),
  findings: z.array(settingFindingSchema),
})
export type SettingsMessage = z.infer<typeof settingsSchema>

export const settingsCheckedSchema = z.object({
  findings: z.array(settingFindingSchema),
  changes: z.array(settingChangeSchema),
  /** Something in it raises what can be lost: it needs the owner and a second factor. */
  raisesRisk: z.boolean(),
  /** All of it lowers what can be lost: whoever may trade may do it. */
  lowersRisk: z.boolean(),
})
export type SettingsChecked = z.infer<typeof settingsCheckedSchema>

export const settingsWrittenSchema = z.object({
  etag,
  changes: z.array(settingChangeSchema),
  ...sentence,
})
export type SettingsWritten = z.infer<typeof settingsWrittenSchema>
