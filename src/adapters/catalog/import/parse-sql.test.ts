import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Duck, openDuck, text } from '../duck.ts'
import {
  daySql,
  instantSql,
  isDaySql,
  isMidnightSql,
  labelSql,
  numberSql,
  offsetSql,
  symbolSql,
} from './parse-sql.ts'

let duck: Duck
beforeAll(async () => {
  duck = await openDuck()
  await duck.run(`SET TimeZone = 'Asia/Seoul'`)
})
afterAll(() => duck.close())

/** One expression over one text. */
const read = async (sql: (x: string) => string, written: string) => {
  const [row] = await duck.rows(`SELECT ${sql('x')} AS value FROM (SELECT ${text(written)} AS x)`)
  return row?.value
}

describe('what people write', () => {
  it.each([
    ['71500', 71500],
    ['71,500', 71500],
    ['1,234,567.5', 1234567.5],
    [' 12 ', 12],
    ['-3', -3],
    ['1e3', 1000],
    ['1,2', null],
    ['12,34', null],
    ['nan', null],
    ['inf', null],
    ['0x10', null],
    ['', null],
    ['-', null],
  ])('reads the number %j', async (written, value) => {
    expect(await read(numberSql, written)).toBe(value)
  })

  it.each([
    ['2024-01-02', '2024-01-02'],
    ['20240102', '2024-01-02'],
    ['2024/1/2', '2024-01-02'],
    ['2024.01.02', '2024-01-02'],
    ['2024-02-30', null],
    ['02/01/2024', null],
    ['0102', null],
  ])('reads the day %j', async (written, value) => {
    expect(await read((x) => `CAST(${daySql(x)} AS VARCHAR)`, written)).toBe(value)
  })

  // 2024-01-02 09:00 in Seoul is 00:00 UTC: 1,704,153,600,000 ms.
  it.each([
    ['2024-01-02 09:00', 1_704_153_600_000],
    ['2024-01-02T09:00:00', 1_704_153_600_000],
    ['2024/01/02 09:00:00', 1_704_153_600_000],
    ['2024.01.02 09:00:00', 1_704_153_600_000],
    ['2024-01-02T09:00:00.250', 1_704_153_600_250],
    ['2024-01-02T00:00:00Z', 1_704_153_600_000],
    ['2024-01-01 19:00:00-05:00', 1_704_153_600_000],
    ['202401020900', 1_704_153_600_000],
    ['20240102090000', 1_704_153_600_000],
    ['1704153600', 1_704_153_600_000],
    ['1704153600000', 1_704_153_600_000],
    ['1704153600000000', 1_704_153_600_000],
    ['yesterday', null],
    ['2024-01-02 25:00', null],
    ['12345', null],
  ])('reads the instant %j', async (written, value) => {
    expect(await read((x) => instantSql(x, 'Asia/Seoul'), written)).toBe(value)
  })

  it.each([
    ['20180116', '901', '2018-01-16 09:01'],
    ['20180116', '90130', '2018-01-16 09:01:30'],
    ['2018-01-16', '09:01', '2018-01-16 09:01'],
    ['2018/1/16', '1520', '2018-1-16 15:20'],
  ])('puts the day %s and the time %s together', async (day, time, label) => {
    expect(await read(() => labelSql(text(day), text(time)), '')).toBe(label)
  })

  it.each([
    ['2024-01-02', true, false, null],
    ['20240102', true, false, null],
    ['2024-01-02 00:00:00', false, true, null],
    ['2024-01-02T00:00:00Z', false, true, 'Z'],
    ['2024-01-02 09:00+0900', false, false, '+0900'],
    ['2024-01-02 09:00:00 -05:00', false, false, '-05:00'],
  ])('knows what %s leaves open', async (written, isDay, isMidnight, offset) => {
    expect(await read(isDaySql, written)).toBe(isDay)
    expect(await read(isMidnightSql, written)).toBe(isMidnight)
    expect(await read(offsetSql, written)).toBe(offset)
  })

  it.each([
    ['005930', 'KRX', '005930'],
    ['A005930', 'KRX', '005930'],
    ['0106J0', 'KRX', '0106J0'],
    ['5930', 'KRX', null],
    ['삼성전자', 'KRX', null],
    ['brk.b', 'US', 'BRK.B'],
    ['', 'US', null],
  ])('reads the symbol %j of %s', async (written, market, symbol) => {
    expect(await read((x) => symbolSql(x, market, 'bars'), written)).toBe(symbol)
  })
})
