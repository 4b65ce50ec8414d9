import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { configJsonSchema } from '../../src/apps/config/schema.ts'
import { RULES } from '../../src/web/dashboard/pages/why/rules.ts'

const union = readFileSync(new URL('../../src/model/denial.ts', import.meta.url), 'utf8')
const codes = [...union.matchAll(/code: '(\w+)'/g)].map(([, code]) => code)

describe('the names of refusing rules on the screen', () => {
  it('cover every denial there is, and nothing else', () => {
    expect(codes.length).toBeGreaterThan(40)
    expect(Object.keys(RULES).toSorted()).toEqual(codes.toSorted())
  })

  it('point to settings that exist', () => {
    const settings = Object.values(RULES).flatMap(({ setting }) => (setting === undefined ? [] : [setting]))
    expect(settings.length).toBeGreaterThan(15)
    expect(settings.filter((setting) => !isSetting(setting))).toEqual([])
    expect(isSetting('limits.max_position')).toBe(false)
  })
})

interface Described {
  readonly properties?: Readonly<Record<string, Described>>
}

function isSetting(path: string): boolean {
  let described: Described | undefined = configJsonSchema()
  for (const key of path.split('.')) described = described?.properties?.[key]
  return described !== undefined
}
