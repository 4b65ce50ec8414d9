import { describe, expect, it } from 'vitest'
import { percent } from '../../std/numbers.ts'
import { rise } from './ansi.ts'
import { signed, span } from './numbers.ts'
import { grid, spread, stretch, table } from './table.ts'
import { clip, clipStyled, displayWidth, left, plain, right } from './width.ts'

describe('width', () => {
  it.each([
    ['abc', 3],
    ['가람', 4],
    ['삼성전자 A', 10],
    ['한글', 4], // one precomposed word and one of separate Jamo take the same room
    ['각', 2],
    ['日本', 4],
    ['ＡＢ', 4],
    ['é', 1],
    ['▲1', 2],
    [rise('가'), 2],
    ['', 0],
  ])('counts the cells of %s as %i', (text, cells) => {
    expect(displayWidth(text)).toBe(cells)
  })

  it.each([
    ['삼성전자', 8, '삼성전자'],
    ['삼성전자', 7, '삼성전…'],
    ['삼성전자', 6, '삼성…'],
    ['ab', 0, ''],
  ])('clips %s to %i cells', (text, cells, expected) => {
    expect(clip(text, cells)).toBe(expected)
  })

  it('cuts coloured text by what is seen and ends the colour', () => {
    const cut = clipStyled(`가나${rise('다라')}마`, 7)
    expect(plain(cut)).toBe('가나다…')
    expect(cut.endsWith('[0m')).toBe(true)
    expect(clipStyled(rise('가'), 2)).toBe(rise('가'))
  })

  it('fills to the exact cells on either side, also where a wide letter leaves half a place', () => {
    expect(left('가', 5)).toBe('가   ')
    expect(right('가', 5)).toBe('   가')
    for (let cells = 1; cells < 12; cells++) {
      expect(displayWidth(left('가나다라마바', cells))).toBe(cells)
      expect(displayWidth(right('가나다라마바', cells))).toBe(cells)
    }
  })
})

describe('table', () => {
  const columns = [
    { head: '이름', cells: 6, align: 'left' as const },
    { head: '값', cells: 4, align: 'right' as const },
  ]

  it('puts every row on the same cells', () => {
    const lines = table(columns, [
      ['가람', '1'],
      ['x', { text: '22', paint: rise }],
    ]).map(plain)
    expect(lines).toEqual(['이름     값', '가람      1', 'x        22'])
  })

  it('widens one column to fill the line', () => {
    expect(table(stretch(columns, 0, 20), [['a', 'b']]).map((line) => displayWidth(line))).toEqual([20, 20])
  })

  it('lays short texts side by side as often as they fit', () => {
    expect(grid(['a', 'b', 'c'], 12, 5)).toEqual(['a      b    ', 'c    '])
    expect(grid(['a', 'b'], 4, 5)).toEqual(['a   ', 'b   '])
  })

  it('spreads two texts over a line and cuts the first', () => {
    expect(spread('가나다라', '끝', 8)).toBe('가나… 끝')
    expect(displayWidth(spread('a', 'b', 30))).toBe(30)
  })
})

describe('numbers', () => {
  it.each([
    [percent(0.0312), '+3.12%'],
    [percent(-0.00001), '0.00%'],
    [signed(-1200), '-1,200'],
    [signed(0), '0'],
    [span(754_000), '12분 34초'],
    [span(9_000), '9초'],
    [span(3_720_000), '1시간 2분'],
  ])('writes %s', (written, expected) => {
    expect(written).toBe(expected)
  })
})
