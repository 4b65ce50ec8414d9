import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOCUMENTED_FIDS } from '../testing/documented.ts'
import { eventually, type Line, openStand, type Stand } from '../testing/stand.ts'
import { STANDARD_CONDITIONS } from './rules.ts'

describe('condition search', () => {
  let stand: Stand
  let line: Line

  const ask = async (message: Record<string, unknown>) => {
    line.send(message)
    return line.take(({ trnm }) => trnm === message.trnm, String(message.trnm))
  }
  const request = (seq: string, type: string, more: Record<string, unknown> = {}) =>
    ask({ trnm: 'CNSRREQ', seq, search_type: type, stex_tp: 'K', ...more })

  beforeAll(async () => {
    stand = await openStand({ at: '09:15', marketSize: 60 })
    line = await stand.loggedIn()
  })
  afterAll(() => stand.close())

  it('is silent to a request before the list', async () => {
    line.send({ trnm: 'CNSRREQ', seq: '0', search_type: '1', stex_tp: 'K' })
    const list = await ask({ trnm: 'CNSRLST' })
    expect(line.frames.some(({ trnm }) => trnm === 'CNSRREQ')).toBe(false)
    expect(list).toEqual({
      trnm: 'CNSRLST',
      return_code: 0,
      return_msg: '',
      data: STANDARD_CONDITIONS.map(({ seq, name }) => [seq, name]),
    })
  })

  it('answers a plain search with nine-digit rows of who is inside now', async () => {
    const busy = STANDARD_CONDITIONS.find(
      ({ seq }) => stand.core.control('GET', '/control/status', '', '') && seq === '7',
    )
    const answer = await request(busy?.seq ?? '7', '0', { cont_yn: 'N', next_key: '' })
    expect(answer).toMatchObject({ seq: '7  ', cont_yn: 'N', next_key: '', return_code: 0 })
    expect(answer).not.toHaveProperty('return_msg')
    const rows = answer.data as Record<string, string>[]
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      const tape = stand.core.market.tape((row['9001'] ?? '').slice(1))
      expect(row['9001']).toMatch(/^[AQ][0-9A-Z]{6}$/)
      expect(row['10']).toBe(String(tape?.last).padStart(9, '0'))
      expect(row['11']).toMatch(/^(-\d{8}|\d{9})$/)
      expect(
        Math.abs(Number(row['12']) / 1000 - ((tape?.last ?? 0) / (tape?.base ?? 1) - 1) * 100),
      ).toBeLessThan(0.006)
    }
  })

  it('follows a condition: first who is inside, then every entry and exit', async () => {
    const first = await request('4', '1')
    expect(first).toMatchObject({ trnm: 'CNSRREQ', seq: '4  ', return_code: 0 })
    const inside = new Set((first.data as { jmcode: string }[]).map(({ jmcode }) => jmcode.slice(1)))
    for (let minute = 0; minute < 30; minute++) stand.run(60_000)
    await eventually(() => line.events('02').some(({ values }) => values['843'] === 'D'), 'an exit')
    const documented = (DOCUMENTED_FIDS['02'] ?? '').split(' ').sort()
    for (const { item, values } of line.events('02')) {
      expect(Object.keys(values).sort()).toEqual(documented)
      expect(values).toMatchObject({ '841': '4', '9001': item })
      if (values['843'] === 'I') {
        expect(inside.has(item)).toBe(false)
        inside.add(item)
      } else expect(inside.delete(item)).toBe(true)
    }
    const now = (await request('4', '0')).data as Record<string, string>[]
    expect(now.map((row) => row['9001']?.slice(1)).sort()).toEqual([...inside].sort())
  })

  it('is silent to a condition that already runs, and ends it on CNSRCLR', async () => {
    line.send({ trnm: 'CNSRREQ', seq: '4', search_type: '1', stex_tp: 'K' })
    const cleared = await ask({ trnm: 'CNSRCLR', seq: '4' })
    expect(cleared).toEqual({
      trnm: 'CNSRCLR',
      seq: '4  ',
      return_code: 0,
      return_msg: '정상종료되었습니다.',
    })
    const before = line.events('02').length
    for (let minute = 0; minute < 10; minute++) stand.run(60_000)
    expect(await ask({ trnm: 'CNSRCLR', seq: '4' })).toMatchObject({ return_code: 1 })
    expect(line.events('02')).toHaveLength(before)
  })

  it('follows ten conditions at a time', async () => {
    const codes: unknown[] = []
    for (const { seq } of STANDARD_CONDITIONS.slice(0, 11)) codes.push((await request(seq, '1')).return_code)
    expect(codes).toEqual([...Array(10).fill(0), 1])
  })

  it('refuses a condition that is not saved, and another exchange', async () => {
    expect(await request('99', '1')).toMatchObject({ seq: '99 ', return_code: 1 })
    expect(await request('0', '0', { stex_tp: 'N' })).toMatchObject({ return_code: 1 })
  })

  it('fires every condition repeatedly on a lively morning', async () => {
    stand.core.market.advanceTo(stand.clock.now() + 90 * 60_000)
    const { conditions } = (await stand.control('GET', '/status')) as { conditions: Record<string, number> }
    for (const { seq, name } of STANDARD_CONDITIONS) expect(conditions[seq], name).toBeGreaterThanOrEqual(3)
  })
})
