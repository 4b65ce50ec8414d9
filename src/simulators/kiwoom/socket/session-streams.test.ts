import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOCUMENTED_FIDS } from '../testing/documented.ts'
import { eventually, type Line, openStand, type Stand } from '../testing/stand.ts'

const FUND = '069500'
const STOCK = '005930'
const TYPES = ['0A', '0E', '0F', '0G', '0w'] as const

const value = (text = ''): number => Number(text.replace(/^\s/, ''))

/** From before the close into the after-hours session. */
describe('the slower streams of an instrument', () => {
  let stand: Stand
  let line: Line

  beforeAll(async () => {
    stand = await openStand({ at: '08:59', marketSize: 1, knownNames: true, flowProfile: 'normal' })
    line = await stand.loggedIn()
    line.send({
      trnm: 'REG',
      grp_no: '1',
      refresh: '1',
      data: [{ item: [STOCK, FUND], type: [...TYPES, '0I', '0m', '0u'] }],
    })
    expect(await line.take(({ trnm }) => trnm === 'REG', 'REG')).toMatchObject({ return_code: 0 })
    for (let minute = 0; minute < 5; minute++) stand.run(60_000)
    await eventually(() => line.events('0w').length > 5, 'program trades')
    line.send({
      trnm: 'REMOVE',
      grp_no: '1',
      data: [{ item: [STOCK, FUND], type: ['0F', '0G', '0w'] }],
    })
    await line.take(({ trnm }) => trnm === 'REMOVE', 'REMOVE')
    stand.run(400 * 60_000)
    const { tape } = stand.core.market
    expect(tape(STOCK)?.volume).toBeGreaterThan(0)
  }, 120_000)
  afterAll(() => stand.close())

  it.each(TYPES)('%s carries the documented FIDs', async (type) => {
    await eventually(() => line.events(type).length > 0, type)
    const documented = (DOCUMENTED_FIDS[type] ?? '').split(' ').sort()
    for (const { values } of line.events(type)) expect(Object.keys(values).sort()).toEqual(documented)
  })

  it('0w: net is bought less sold, changes add up, and all of it is a part of the volume', () => {
    let net = 0
    for (const { values: v } of line.events('0w').filter(({ item }) => item === STOCK)) {
      net += value(v['211'])
      expect(value(v['210'])).toBe(net)
      expect(value(v['206']) - value(v['202'])).toBe(net)
      expect(value(v['206'])).toBeLessThan(value(v['13']))
    }
  })

  it('0F: five firms a side, biggest first; foreigners net what they bought less what they sold', () => {
    for (const { values: v } of line.events('0F')) {
      for (const first of [161, 171])
        for (let n = 1; n < 5; n++) expect(value(v[first + n])).toBeLessThanOrEqual(value(v[first + n - 1]))
      expect(value(v['267'])).toBe(value(v['263']) - value(v['261']))
    }
  })

  it('0G comes for the fund alone, and its price is as far from the NAV as it says', () => {
    const events = line.events('0G')
    expect(new Set(events.map(({ item }) => item))).toEqual(new Set([FUND]))
    for (const { values: v } of events) {
      const nav = Math.abs(value(v['36']))
      expect(value(v['266'])).toBeCloseTo((Math.abs(value(v['10'])) / nav - 1) * 100, 1)
    }
  })

  it('0A says the day once more at its close', () => {
    const [closing] = line.events('0A').filter(({ item }) => item === STOCK)
    const { exchange, tape } = stand.core.market
    const id = tape(STOCK)?.id
    expect(Math.abs(value(closing?.values['10']))).toBe(id && exchange.state(id)?.close)
  })

  it('types without an instrument here stay silent', () => {
    for (const type of ['0I', '0m', '0u']) expect(line.events(type)).toEqual([])
  })
})
