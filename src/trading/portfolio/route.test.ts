import { describe, expect, it } from 'vitest'
import type { Denial } from '../../model/denial.ts'
import type { Route } from '../../model/instrument.ts'
import type { OrderType } from '../../model/order.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { homeRoute, type RouteQuestion, routeFor } from './route.ts'

const DAY = tradingDay('2026-11-20')
const MARKET: readonly OrderType[] = ['market', 'best', 'limit']

const ask = (time: string, more: Partial<RouteQuestion> = {}) =>
  routeFor({
    routing: { route: 'KRX', hours: 'extended', extendedEntries: false },
    at: kstInstant(DAY, timeOfDay(time)),
    broker: 'kiwoom',
    environment: 'simulated',
    class: 'stock',
    designations: [],
    onNxt: true,
    inVi: false,
    purpose: { to: 'exit', kind: 'stopLoss' },
    types: MARKET,
    ...more,
  })

const by = (route: Route) => ({ routing: { route, hours: 'extended', extendedEntries: false } }) as const

describe('a stop that was to leave at market', () => {
  // Sessions: KRX 08:30–15:30 and 16:00–20:00; NXT 08:00–08:50, 09:00:30–15:20 and from 15:30 (rule book §1.3, §1.4).
  const rows: readonly (readonly [Route, string, Route | undefined, OrderType | undefined])[] = [
    ['KRX', '08:10', undefined, undefined],
    ['KRX', '08:35', 'KRX', 'market'],
    ['KRX', '10:00', 'KRX', 'market'],
    ['KRX', '15:25', 'KRX', 'market'],
    ['KRX', '15:50', undefined, undefined],
    ['KRX', '17:00', 'KRX', 'best'],
    ['NXT', '08:10', 'NXT', 'best'],
    ['NXT', '08:55', 'KRX', 'market'],
    ['NXT', '09:00:10', 'KRX', 'market'],
    ['NXT', '10:00', 'NXT', 'best'],
    ['NXT', '15:25', 'KRX', 'market'],
    ['NXT', '15:35', 'NXT', 'limit'],
    ['NXT', '17:00', 'NXT', 'best'],
    ['SOR', '08:10', 'SOR', 'best'],
    ['SOR', '10:00', 'SOR', 'market'],
    ['SOR', '15:25', 'SOR', 'market'],
    ['SOR', '17:00', 'SOR', 'best'],
    ['SOR', '20:30', undefined, undefined],
  ]

  it.each(rows)('by %s at %s goes to %s as %s', (route, time, venue, type) => {
    const routed = ask(time, by(route))
    expect(routed.ok ? [routed.value.venue, routed.value.type] : [undefined, undefined]).toEqual([
      venue,
      type,
    ])
  })

  it.each([
    ['is not on NXT’s list', { onNxt: false }],
    ['may not be on it', { onNxt: undefined }],
    ['is a fund', { class: 'etf' }],
  ] as const)('of an issue that %s goes to KRX', (_, more) => {
    expect(ask('10:00', { ...by('NXT'), ...more })).toMatchObject({ value: { venue: 'KRX', type: 'market' } })
  })

  it('goes as a limit where its own call auction takes nothing else', () => {
    expect(ask('10:00', { ...by('NXT'), inVi: true })).toMatchObject({
      value: { venue: 'NXT', type: 'limit' },
    })
    expect(ask('10:00', { inVi: true })).toMatchObject({ value: { venue: 'KRX', type: 'market' } })
  })

  it('with real money goes only where the broker is known to take it', () => {
    const live = { environment: 'live' } as const
    expect(ask('10:00', { ...by('NXT'), ...live })).toMatchObject({ value: { venue: 'KRX', type: 'market' } })
    expect(ask('17:00', { ...by('NXT'), ...live })).toMatchObject({ ok: false })
  })
})

describe('hours', () => {
  const regular = { routing: { route: 'SOR', hours: 'regular', extendedEntries: false } } as const
  const entry = { purpose: { to: 'enter', condition: undefined as never } } as const
  const rule = { to: 'enter', condition: '7' as never } as const

  it.each<[string, Partial<RouteQuestion>, boolean]>([
    ['an exit with regular hours', regular, false],
    ['an exit with extended hours', by('SOR'), true],
    ['an entry with extended hours', { ...by('SOR'), purpose: rule }, false],
    [
      'an entry where entries are extended',
      { routing: { route: 'SOR', hours: 'extended', extendedEntries: true }, purpose: rule },
      true,
    ],
    ['a buy by hand with regular hours', { ...regular, ...entry }, true],
    ['a sale by hand with regular hours', { ...regular, purpose: { to: 'exit', kind: 'manual' } }, true],
  ])('at 17:00 of %s: %s', (_, more, isOpen) => expect(ask('17:00', more).ok).toBe(isOpen))
})

describe('the reason of a no', () => {
  it.each<[string, Partial<RouteQuestion>, Denial]>([
    ['10:00', { types: ['preClose'] }, { code: 'wrongSession', phase: 'continuous', type: 'preClose' }],
    ['20:30', by('NXT'), { code: 'wrongSession', phase: 'closed', type: 'market' }],
    [
      '17:00',
      { types: ['best'], designations: ['warning'] },
      { code: 'designationForbidsSession', phase: 'afterMarket', designations: ['warning'] },
    ],
    [
      '17:00',
      { ...by('NXT'), onNxt: false, types: ['best'], environment: 'live' },
      { code: 'orderTypeNotOffered', type: 'best', venue: 'KRX', environment: 'live' },
    ],
  ])('at %s of %j', (time, more, error) => expect(ask(time, more)).toEqual({ ok: false, error }))

  it('is looked for on KRX while NXT may not trade the issue', () => {
    const { routing } = by('SOR')
    expect([true, false, undefined].map((onNxt) => homeRoute(routing, onNxt))).toEqual(['SOR', 'KRX', 'KRX'])
  })
})
