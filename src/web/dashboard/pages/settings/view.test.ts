import { describe, expect, it } from 'vitest'
import { SETTING_FIELDS, type SettingField } from '../../../contract/settings-fields.ts'
import {
  codesOf,
  defaultAt,
  faultOf,
  fieldNote,
  goesWith,
  inputText,
  type SchemaNode,
  typedValue,
  withEdit,
  withEdits,
} from './view.ts'

const SCHEMA: SchemaNode = {
  properties: {
    limits: {
      properties: {
        max_positions: { type: 'integer', minimum: 1, maximum: 90, default: 5 },
        max_loss_per_day_krw: { type: 'integer', minimum: -9_007_199_254_740_991 },
      },
    },
    buy: {
      items: {
        properties: {
          priority: { type: 'integer', default: 0 },
          window: { default: { from: '09:00', to: '15:20' }, properties: { from: { type: 'string' } } },
        },
      },
    },
  },
}
const DEFAULTS = { limits: { max_positions: 5 }, buy: [] }
const SAVED = { limits: { max_positions: 8 }, buy: [{ condition: '급등' }, { condition: '신고가' }] }
const preset = (path: readonly (string | number)[]) => defaultAt(DEFAULTS, SCHEMA, path)
const field = (path: string): SettingField => {
  const found = SETTING_FIELDS[path]
  if (!found) throw new Error(path)
  return found
}

describe('settings with changes that wait', () => {
  it('show the new values and leave what was saved alone', () => {
    const edits = [
      { path: ['limits', 'max_positions'], value: 3 },
      { path: ['buy', 1, 'priority'], value: 7 },
    ]
    expect(withEdits(SAVED, edits, preset)).toEqual({
      limits: { max_positions: 3 },
      buy: [{ condition: '급등' }, { condition: '신고가', priority: 7 }],
    })
    expect(SAVED.limits.max_positions).toBe(8)
  })

  it('show the default where a value is taken out, one rule less where a rule is, and one more behind the last', () => {
    const cut = (path: (string | number)[]) => withEdits(SAVED, [{ path, value: null }], preset)
    expect(cut(['limits', 'max_positions'])).toMatchObject({ limits: { max_positions: 5 } })
    expect(cut(['buy', 0])).toMatchObject({ buy: [{ condition: '신고가' }] })
    const more = withEdits(SAVED, [{ path: ['buy', 2], value: { condition: '셋' } }], preset)
    expect(more).toMatchObject({ buy: [{}, {}, { condition: '셋' }] })
  })

  it('find the default of a rule in the schema, also inside a block that has one', () => {
    expect(preset(['buy', 1, 'priority'])).toBe(0)
    expect(preset(['buy', 1, 'window', 'from'])).toBe('09:00')
  })

  it('are the last change of each setting, and none when it is back where it was', () => {
    const was = { saved: 8, preset: 5 }
    const one = withEdit([], ['limits', 'max_positions'], 3, was)
    const two = withEdit(one, ['limits', 'max_positions'], 4, was)
    expect(two).toEqual([{ path: ['limits', 'max_positions'], value: 4 }])
    expect(withEdit(two, ['limits', 'max_positions'], 8, was)).toEqual([])
    expect(withEdit([], ['limits', 'max_positions'], undefined, { saved: 5, preset: 5 })).toEqual([])
    expect(withEdit([], ['limits', 'max_positions'], undefined, was)).toMatchObject([{ value: null }])
  })

  it('take along what would have no meaning beside them', () => {
    expect(goesWith(['unfilled', 'buy', 'then'], 'cancel')).toEqual([
      ['unfilled', 'buy', 'times'],
      ['unfilled', 'buy', 'finally'],
    ])
    expect(goesWith(['unfilled', 'buy', 'then'], 'reprice')).toEqual([])
    expect(goesWith(['buy', 2, 'amount_pct'], 5)).toEqual([['buy', 2, 'amount_krw']])
    expect(goesWith(['limits', 'rebuy', 'not_today'], true)).toEqual([['limits', 'rebuy', 'wait_min']])
  })
})

describe('what is typed', () => {
  it.each([
    ['limits.max_loss_per_day_krw', '1,500,000', 1_500_000],
    ['limits.max_loss_per_day_krw', '300000원', 300_000],
    ['limits.max_loss_per_day_krw', '', undefined],
    ['exits.stop_loss_pct', '2.5%', 2.5],
    ['limits.max_positions', 'five', 'five'],
    ['hours.from', ' 09:05 ', '09:05'],
  ])('into %s, “%s”, is %j', (path, text, value) => {
    expect(typedValue(field(path), text)).toBe(value)
  })

  it('comes back with its thousands apart', () => {
    expect(inputText(field('limits.max_loss_per_day_krw'), 1_500_000)).toBe('1,500,000')
    expect(inputText(field('exits.stop_loss_pct'), 2.5)).toBe('2.5')
  })

  it.each([
    ['limits.max_positions', 91, '90 이하여야 합니다'],
    ['limits.max_positions', 1.5, '정수가 와야 합니다'],
    ['limits.max_positions', 'five', '숫자가 와야 합니다'],
    ['limits.max_loss_per_day_krw', 300, '10,000 이상이어야 합니다'],
    ['limits.max_loss_per_day_krw', undefined, undefined],
    ['limits.max_positions', 5, undefined],
  ])('into %s, %j, is told at once: %s', (path, value, ko) => {
    const [block = '', key = ''] = path.split('.')
    expect(faultOf(field(path), SCHEMA.properties?.[block]?.properties?.[key], value, false)?.ko).toBe(ko)
  })

  it('is codes, each once, however they are parted', () => {
    expect(codesOf('005930, 000660 005930;0000d0\nabc')).toEqual(['005930', '000660', '0000D0'])
  })
})

it('says default, range and what it is for under a setting', () => {
  const node = SCHEMA.properties?.limits?.properties?.max_positions
  expect(fieldNote(field('limits.max_positions'), node, 5, false)).toEqual({
    ko: '기본 5종목 · 1–90',
    en: 'default 5 names · 1–90',
  })
  expect(fieldNote(field('exits.stop_loss_pct'), undefined, undefined, false).ko).toContain('기본 쓰지 않음')
})
