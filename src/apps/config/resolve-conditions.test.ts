import { describe, expect, it } from 'vitest'
import { conditionId } from '../../model/ids.ts'
import { parseConfig } from './parse.ts'
import { resolveConditions } from './resolve-conditions.ts'

const LIST = [
  { id: conditionId('0'), name: '거래량 급증' },
  { id: conditionId('1'), name: '신고가' },
  { id: conditionId('2'), name: '쌍둥이' },
  { id: conditionId('3'), name: '쌍둥이' },
]

function settingsFor(...conditions: readonly string[]) {
  const rules = conditions.map((name) => `  - { condition: "${name}", amount_krw: 100000 }\n`).join('')
  const parsed = parseConfig(
    `broker: { name: kiwoom, environment: paper, appkey: env:A, secretkey: env:B }\nbuy:\n${rules}`,
  )
  if (!parsed.ok) throw new Error('the test is wrong')
  return parsed.value.settings
}

describe('conditions of the broker', () => {
  it('are found by name and by number', () => {
    const resolved = resolveConditions(settingsFor('거래량 급증', '1'), LIST)
    expect(resolved.ok && resolved.value.buys.map((rule) => [rule.condition, rule.name])).toEqual([
      ['0', '거래량 급증'],
      ['1', '신고가'],
    ])
  })

  it.each([
    ['거래량급증', /"거래량 급증"인가요/],
    ['쌍둥이', /번호로 쓰세요 \("2", "3"\)/],
    ['전혀 다른 이름입니다', /거래량 급증, 신고가/],
  ])('that are not there (%s) are named with what to do', (name, words) => {
    const resolved = resolveConditions(settingsFor(name), LIST)
    expect(resolved.ok ? '' : resolved.error[0]?.ko).toMatch(words)
  })

  it('says to save one in the HTS when the broker has none', () => {
    const resolved = resolveConditions(settingsFor('신고가'), [])
    expect(resolved.ok ? '' : resolved.error[0]?.ko).toMatch(/영웅문4/)
  })
})
