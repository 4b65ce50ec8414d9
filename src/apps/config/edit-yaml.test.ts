import { describe, expect, it } from 'vitest'
import { editYaml, type YamlEdit } from './edit-yaml.ts'
import { parseConfig } from './parse.ts'
import { configTemplate } from './template.ts'

const TEXT = configTemplate('paper')

const edited = (text: string, ...edits: readonly YamlEdit[]): string => {
  const made = editYaml(text, edits)
  expect(made).toMatchObject({ ok: true })
  return made.ok ? made.value : ''
}

/** The lines that differ, as `-` and `+`. */
function differences(before: string, after: string): readonly string[] {
  const [old, next] = [before.split('\n'), after.split('\n')]
  return [
    ...old.filter((line) => !next.includes(line)).map((line) => `- ${line}`),
    ...next.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ]
}

describe('a value in the file', () => {
  it('is replaced in its place, and its line keeps its comment', () => {
    expect(differences(TEXT, edited(TEXT, { path: ['exits', 'stop_loss_pct'], value: 3.5 }))).toEqual([
      '-   stop_loss_pct: 2.5              # 평균단가 대비 손절. 퍼센트로, 부호 없이 · percent, without a sign',
      '+   stop_loss_pct: 3.5              # 평균단가 대비 손절. 퍼센트로, 부호 없이 · percent, without a sign',
    ])
  })

  it('keeps the quotes that YAML needs, and a bare word stays bare', () => {
    const made = edited(
      TEXT,
      { path: ['buy', 0, 'window', 'from'], value: '09:10' },
      { path: ['buy', 0, 'order'], value: 'bid-2' },
      { path: ['buy', 0, 'condition'], value: '3' },
    )
    expect(made).toContain('    window: { from: "09:10", to: "11:00" }')
    expect(made).toContain('    order: bid-2 ')
    expect(made).toContain('  - condition: "3"\n')
  })

  it('is taken out, and the words above the next block stay', () => {
    const made = edited(TEXT, { path: ['exits', 'take_profit_pct'], value: null })
    expect(made).not.toContain('take_profit_pct')
    expect(made).toContain('# atr: { period: 14, multiple: 2.5 }')
    expect(made).toContain('# 매도 조건: 보유 종목이 편입되면 팝니다')
  })

  it('that was not there yet is written into its block, and no other block changes', () => {
    const made = edited(TEXT, { path: ['exits', 'max_hold_min'], value: 90 })
    const limits = (text: string) => text.slice(text.indexOf('unfilled:'))
    expect(limits(made)).toBe(limits(TEXT))
    expect(made).toContain('  max_hold_min: 90\n')
    expect(made).toContain('# 평균단가 대비 손절. 퍼센트로, 부호 없이')
  })
})

describe('a list of rules', () => {
  const NEW = {
    condition: '신고가',
    window: { from: '09:05', to: '10:00' },
    amount_krw: 500_000,
    order: 'market',
  }

  it('gets a new rule behind those that are there', () => {
    const made = edited(TEXT, { path: ['buy'], value: [{ ...rule(), priority: 10 }, NEW] })
    expect(made).toContain('- condition: "신고가"\n    window: { from: "09:05", to: "10:00" }\n')
    expect(made).toContain('# 또는 amount_pct: 5 (평가자산의 5 %)')
    expect(parseConfig(made)).toMatchObject({ ok: true })
  })

  it('knows a rule by its name when one above it goes', () => {
    const two = edited(TEXT, { path: ['buy'], value: [rule(), NEW] })
    const made = edited(two, { path: ['buy'], value: [NEW] })
    expect(made).toContain('- condition: "신고가"')
    expect(made).not.toContain('거래량 급증')
    expect(made).not.toContain('# 또는 amount_pct')
  })

  it('that is empty and on one line opens up', () => {
    const made = edited(TEXT, { path: ['sell'], value: [{ condition: '급락' }] })
    expect(made).toContain('sell:\n  - { condition: "급락" }\n')
  })

  it('takes one more at its end, and gives one up by its place', () => {
    const two = edited(TEXT, { path: ['buy', 1], value: NEW })
    expect(two).toContain('# 또는 amount_pct: 5 (평가자산의 5 %)')
    expect(two).toContain('- condition: "신고가"\n')
    const made = edited(two, { path: ['buy', 0], value: null })
    expect(made).not.toContain('거래량 급증')
    expect(parseConfig(made)).toMatchObject({ ok: true })
    expect(edited(TEXT, { path: ['sell', 0], value: { condition: '급락' } })).toContain(
      'sell:\n  - { condition:',
    )
    const play = { name: '교차', use: 'ema-cross', symbols: ['005930'], amount_krw: 500_000 }
    expect(parseConfig(edited(TEXT, { path: ['strategies', 0], value: play }))).toMatchObject({ ok: true })
  })

  it('of strategies is added where the file has none', () => {
    const strategy = {
      name: '교차',
      use: 'ema-cross',
      symbols: ['005930'],
      interval: '5m',
      amount_krw: 1_000_000,
    }
    const made = edited(TEXT, { path: ['strategies'], value: [strategy] })
    expect(made.startsWith(TEXT)).toBe(true)
    expect(made).toContain('    symbols: ["005930"]\n')
    expect(parseConfig(made)).toMatchObject({ ok: true })
  })

  it('of codes stays on its line', () => {
    const made = edited(TEXT, { path: ['excluded'], value: ['005930', '000660'] })
    expect(made).toContain('excluded: [ "005930", "000660" ]')
    expect(parseConfig(made)).toMatchObject({ ok: true })
  })
})

describe('what is refused', () => {
  it('is a text that is no YAML', () => {
    expect(editYaml('a: [', [{ path: ['a'], value: 1 }])).toMatchObject({ ok: false })
  })

  it('is a value that others share by an alias', () => {
    const shared = 'one: &w { from: "09:00", to: "10:00" }\ntwo: *w\n'
    expect(editYaml(shared, [{ path: ['one', 'to'], value: '11:00' }])).toMatchObject({ ok: false })
  })
})

const rule = () => ({
  condition: '거래량 급증',
  window: { from: '09:03', to: '11:00' },
  amount_krw: 1_000_000,
  order: 'last+1',
  priority: 10,
  cooldown_sec: 60,
  cancel_on_leave: true,
})
