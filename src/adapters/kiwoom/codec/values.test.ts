import { fc, it as prop } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import {
  bareCode,
  hundredths,
  isNoOrder,
  kstDateTime,
  leadingSign,
  magnitude,
  orderNumber,
  signed,
  timeOfDayMs,
} from './values.ts'

/** Examples of the wire reference §3.4, §8, §15; the US mock's `. 950` of §19. */
describe('numbers on the wire', () => {
  it.each([
    ['-71500', -71500],
    ['+71500', 71500],
    ['71000', 71000],
    ['--120', -120],
    ['-0', 0],
    [' 0', 0],
    ['0', 0],
    ['000000071500', 71500],
    ['-00000000013370', -13370],
    [' 12 ', 12],
    ['71500.00', 71500],
  ])('reads %j as %d', (text, value) => {
    expect(signed(text)).toBe(value)
    expect(magnitude(text)).toBe(Math.abs(value))
  })

  it.each([
    [''],
    ['  '],
    ['-'],
    ['. 950'],
    ['1.5'],
    ['12a'],
    ['1,000'],
    ['9007199254740993'],
    ['NaN'],
    ['0x10'],
  ])('takes %j for no number', (text) => {
    expect(signed(text)).toBeUndefined()
    expect(magnitude(text)).toBeUndefined()
  })

  prop.prop([
    fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }),
    fc.nat(20),
    fc.constantFrom('', ' ', '  '),
    fc.boolean(),
    fc.boolean(),
  ])('survives padding, spaces, plus signs and double minus', (value, width, space, plus, double) => {
    const digits = String(Math.abs(value)).padStart(width, '0')
    const sign = value < 0 ? (double ? '--' : '-') : plus ? '+' : ''
    expect(signed(`${space}${sign}${digits}${space}`)).toBe(value === 0 ? 0 : value)
    expect(magnitude(`${space}${sign}${digits}${space}`)).toBe(Math.abs(value))
  })

  it.each([
    ['+3120.55', 312055],
    ['-3098.7', -309870],
    ['18.24', 1824],
    ['3120', 312000],
    ['-0.05', -5],
  ])('reads the index value %j as %d hundredths', (text, value) => expect(hundredths(text)).toBe(value))

  it('takes three decimals for no index value', () => expect(hundredths('1.234')).toBeUndefined())

  it.each([
    ['+12', 1],
    ['-30', -1],
    ['12', 0],
    [' 0', 0],
    ['', 0],
  ])('reads the aggressor of %j as %d', (text, sign) => expect(leadingSign(text)).toBe(sign))
})

describe('codes', () => {
  it.each([
    ['005930', '005930'],
    ['A005930', '005930'],
    ['Q520057', '520057'],
    ['005930_AL', '005930'],
    ['005930_NX', '005930'],
    ['A005930_AL', '005930'],
    ['0106J0', '0106J0'],
    ['33626K', '33626K'],
    // Six characters are a code of their own, whatever letter they begin with.
    ['A00593', 'A00593'],
    [' 005930 ', '005930'],
  ])('strips %j to %j', (text, code) => expect(bareCode(text)).toBe(code))

  it.each([[''], ['001'], ['B005930'], ['00593'], ['A0059301'], ['_AL'], ['00593a']])(
    'takes %j for no code',
    (text) => expect(bareCode(text)).toBeUndefined(),
  )
})

describe('times and numbers of orders', () => {
  it.each([
    ['100503', 36_303_000],
    ['10:05:03', 36_303_000],
    ['000000', 0],
    ['235959', 86_399_000],
  ])('reads %j', (text, ms) => expect(timeOfDayMs(text)).toBe(ms))

  it.each([['888888'], ['999999'], [''], ['1005'], ['246000'], ['10050a']])(
    'takes the marker %j for no time',
    (text) => expect(timeOfDayMs(text)).toBeUndefined(),
  )

  it('reads expires_dt as Korean time', () =>
    expect(kstDateTime('20260711083015')).toBe(Date.UTC(2026, 6, 10, 23, 30, 15)))

  it('takes a date that does not exist for none', () => expect(kstDateTime('20261341083015')).toBeUndefined())

  it('gives order numbers their zeros back', () => {
    expect(orderNumber('00024')).toBe('0000024')
    expect(isNoOrder('0000000')).toBe(true)
    expect(isNoOrder('')).toBe(true)
    expect(isNoOrder('0000024')).toBe(false)
  })
})
