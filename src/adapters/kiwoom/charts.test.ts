import { describe, expect, it } from 'vitest'
import { failReply, okReply, settle } from './testing/fake-network.ts'
import { at, createHarness, SAMSUNG } from './testing/harness.ts'

const minute = (cntr_tm: string, close = '-71500', more: Record<string, string> = {}) => ({
  cur_prc: close,
  trde_qty: '7913',
  cntr_tm,
  open_pric: '-71400',
  high_pric: '+71600',
  low_pric: '-71300',
  ...more,
})
const day = (dt: string, more: Record<string, string> = {}) => ({
  cur_prc: '71500',
  trde_qty: '8123456',
  dt,
  open_pric: '71200',
  high_pric: '71700',
  low_pric: '70800',
  ...more,
})

async function ask(interval: '1m' | '5m' | '10s' | '1d', body: Record<string, unknown> | undefined) {
  const harness = createHarness()
  await harness.start()
  const api = interval === '1d' ? 'ka10081' : 'ka10080'
  harness.network.always(api, () =>
    body ? okReply({ stk_cd: '005930', ...body }) : failReply(2, '입력 값 오류입니다[1511:x]'),
  )
  const answer = harness.history.bars(SAMSUNG, interval)
  await settle()
  return { answer: await answer, posts: harness.network.of(api) }
}

describe('bars of the broker', () => {
  it('come oldest first, without signs and without the bar that is not over', async () => {
    // It is 10:05:00.
    const rows = [minute('20261120100500'), minute('20261120100400', '+71450'), minute('20261120100300')]
    const { answer, posts } = await ask('1m', { stk_min_pole_chart_qry: rows })
    expect(posts[0]?.body).toEqual({ stk_cd: '005930', tic_scope: '1', upd_stkpc_tp: '1' })
    expect(answer).toEqual({
      ok: true,
      value: [
        {
          openAt: at('10:03'),
          closeAt: at('10:04'),
          open: 71400,
          high: 71600,
          low: 71300,
          close: 71500,
          volume: 7913,
        },
        expect.objectContaining({ openAt: at('10:04'), close: 71450 }),
      ],
    })
  })

  it('begin where their stretch begins, though the wire may tell its middle', async () => {
    const rows = [minute('20261120095530'), minute('20261120095030')]
    const { answer } = await ask('5m', { stk_min_pole_chart_qry: rows })
    expect(answer).toMatchObject({ value: [{ openAt: at('09:50') }, { openAt: at('09:55') }] })
  })

  it('of days end before today, and leave out a day without a trade', async () => {
    const untraded = { open_pric: '0', high_pric: '0', low_pric: '0', trde_qty: '0' }
    const rows = [day('20261120'), day('20261119'), day('20261118', untraded), day('20261117')]
    const { answer, posts } = await ask('1d', { stk_dt_pole_chart_qry: rows })
    expect(posts[0]?.body).toEqual({ stk_cd: '005930', base_dt: '20261120', upd_stkpc_tp: '1' })
    expect(answer).toMatchObject({ value: [{ close: 71500, volume: 8123456 }, { open: 71200 }] })
  })

  it.each([
    ['a price that is none', { stk_min_pole_chart_qry: [minute('20261120100300', 'x')] }],
    ['a high below the close', { stk_min_pole_chart_qry: [minute('20261120100300', '71700')] }],
    ['a time that is none', { stk_min_pole_chart_qry: [minute('2026112010')] }],
    ['the newest last', { stk_min_pole_chart_qry: [minute('20261120100200'), minute('20261120100300')] }],
    ['another instrument', { stk_cd: '000660', stk_min_pole_chart_qry: [] }],
    ['no list', {}],
  ])('are unknown when the answer has %s', async (_, body) => {
    const { answer } = await ask('1m', body)
    expect(answer).toMatchObject({ ok: false, error: { kind: 'unavailable', code: 'oddChart' } })
  })

  it('of a length that Kiwoom has not are not asked for, and a refusal is passed on', async () => {
    expect((await ask('10s', {})).answer).toMatchObject({ error: { code: 'noSuchInterval' } })
    expect((await ask('1m', undefined)).answer).toMatchObject({ ok: false })
  })
})
