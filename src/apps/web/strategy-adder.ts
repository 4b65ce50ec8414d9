import { err, ok } from '../../std/result.ts'
import type { AddStrategy } from '../../web/server/research.ts'
import type { SettingsFile } from '../../web/server/settings.ts'

/** Appends an entry to `strategies:` of the settings, switched off, as a change like any other. */
export const strategyAdder =
  (file: SettingsFile): AddStrategy =>
  async (entry) => {
    const now = await file.read()
    if (!now.ok) return now
    const { strategies } = now.value.values
    const before: readonly unknown[] = Array.isArray(strategies) ? strategies : []
    const written = await file.write(
      { edits: [{ path: ['strategies', before.length], value: { ...entry } }] },
      { etag: now.value.etag },
    )
    if (written.ok) return ok(undefined)
    switch (written.error.kind) {
      case 'wrong': {
        const [first] = written.error.findings
        return err({
          ko: first?.ko ?? '설정에 맞지 않습니다',
          en: first?.en ?? 'it does not fit the settings',
        })
      }
      case 'unwritable':
        return err(written.error.said)
      case 'changed':
      case 'notLowering':
        return err({
          ko: '설정이 그사이 바뀌었습니다. 다시 하세요',
          en: 'The settings changed meanwhile. Try again',
        })
    }
  }
