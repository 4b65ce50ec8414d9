import { describe, expect, it } from 'vitest'
import { orderId, venueOrderId } from '../../model/ids.ts'
import { price, quantity } from '../../model/money.ts'
import type { AmendRequest, CancelRequest, VenueOrder } from '../../ports/execution-client.ts'
import { type HttpReply, NetworkError } from '../../ports/network.ts'
import { failReply, okReply, RATE_LIMITED, settle } from './testing/fake-network.ts'
import { fillFrameOf, fillRowOf, orderFrameOf, orderRowOf } from './testing/frames.ts'
import { at, createHarness, type KiwoomHarness, orderOf, SAMSUNG } from './testing/harness.ts'

const ORDER = orderOf()
const ID = ORDER.orderId
const SECOND = orderId('20261120-000002')
const NUMBER = venueOrderId('0000123')
const LOST = new NetworkError('no reply within 5000 ms', true)
const CANCEL: CancelRequest = { orderId: ID, venueOrderId: NUMBER, instrument: SAMSUNG, venue: 'KRX' }
const AMEND: AmendRequest = {
  ...orderOf({ orderId: SECOND, limit: price(71_300), createdAt: at('10:05:00') }),
  replaces: ID,
  replacesVenueOrderId: NUMBER,
}

const placed = (number = '0000123') => okReply({ ord_no: number, dmst_stex_tp: 'KRX' })
const amended = (number = '0000125') =>
  okReply({ ord_no: number, base_orig_ord_no: '0000123', mdfy_qty: '000000000005' })
const orders = (...rows: Record<string, string>[]) =>
  okReply({ acnt_ord_cntr_prps_dtl: rows.map(orderRowOf) })
const fillList = (...rows: Record<string, string>[]) =>
  okReply({ acnt_ord_cntr_prst_array: rows.map(fillRowOf) })

const accepted = (orderIdOf = ID, number: string = NUMBER, moved?: number) => ({
  kind: 'accepted',
  orderId: orderIdOf,
  venueOrderId: number,
  ...(moved !== undefined && { quantity: moved }),
})
const filled = (each: number, size: number, cumulative: number, orderIdOf = ID, number: string = NUMBER) => ({
  kind: 'fill',
  orderId: orderIdOf,
  venueOrderId: number,
  price: each,
  quantity: size,
  cumulative,
  venue: 'KRX',
})
const closed = (why: string, orderIdOf = ID) => ({ kind: 'closed', orderId: orderIdOf, why })

const started = async (environment: 'simulated' | 'paper' = 'simulated') => {
  const harness = createHarness(environment)
  await harness.start()
  return harness
}
/** With one order accepted under 0000123. */
const working = async () => {
  const harness = await started()
  harness.network.script('kt10000', placed())
  harness.execution.place(ORDER)
  await settle()
  expect(harness.told()).toEqual([accepted()])
  harness.reports.length = 0
  return harness
}
const say = (harness: KiwoomHarness, ...frames: Parameters<KiwoomHarness['network']['line']['say']>[0][]) => {
  for (const frame of frames) harness.network.line.say(frame)
}
const first = fillFrameOf(2, 71_400, 2, 5, 142_800)
const last = fillFrameOf(3, 71_500, 5, 5, 357_300)

describe('placing', () => {
  it('reports the acceptance from the reply and each fill once', async () => {
    const harness = await working()
    say(harness, orderFrameOf({}), first, first, last, last)
    expect(harness.told()).toEqual([filled(71_400, 2, 2), filled(71_500, 3, 5)])
    expect(harness.reports[0]).toMatchObject({ at: at('10:05:02'), receivedAt: at('10:05:00') })
  })

  it('keeps frames that overtake the reply, and accepts before it fills', async () => {
    const harness = await started()
    let reply: (value: HttpReply) => void = () => undefined
    harness.network.script(
      'kt10000',
      new Promise<HttpReply>((resolve) => {
        reply = resolve
      }),
    )
    harness.execution.place(ORDER)
    await settle()
    say(harness, orderFrameOf({}), first, last)
    expect(harness.told()).toEqual([])
    reply(placed('00123'))
    await settle()
    expect(harness.told()).toEqual([accepted(), filled(71_400, 2, 2), filled(71_500, 3, 5)])
  })

  it('tells its own frames from those of another hand that came at the same time', async () => {
    const harness = await started()
    let reply: (value: HttpReply) => void = () => undefined
    harness.network.script(
      'kt10000',
      new Promise<HttpReply>((resolve) => {
        reply = resolve
      }),
    )
    harness.execution.place(ORDER)
    await settle()
    say(harness, fillFrameOf(1, 71_400, 1, 1, 71_400, { '9203': '0000122' }), first)
    say(harness, orderFrameOf({ '9203': '0000121', '9001': '000660' }))
    expect(harness.told()).toMatchObject([
      { kind: 'foreign', venueOrderId: '0000121', instrument: '000660', filled: 0, open: 5 },
    ])
    reply(placed())
    await settle()
    expect(harness.told().slice(1)).toEqual([
      accepted(),
      { kind: 'foreign', venueOrderId: '0000122', instrument: '005930', side: 'buy', filled: 1, open: 0 },
      filled(71_400, 2, 2),
    ])
  })

  it.each([
    [
      'a business refusal',
      failReply(20, '[2000](571557:주문단가를 잘못입력하셨습니다)'),
      'rejected',
      'rejected',
      '571557',
    ],
    ['a lost reply', LOST, 'lost', 'inDoubt', 'noReply'],
    ['1700, a ghost order perhaps', RATE_LIMITED, 'lost', 'inDoubt', '1700'],
    ['a gateway page', { status: 502, headers: {}, body: '<html/>' }, 'lost', 'inDoubt', 'http502'],
    ['a success without a number', okReply({ ord_no: '' }), 'lost', 'inDoubt', 'noNumber'],
    [
      'a refused connection',
      new NetworkError('ECONNREFUSED', false),
      'throttled',
      'throttled',
      'unreachable',
    ],
  ])('answers %s', async (_, answer, report, kind, code) => {
    const harness = await started()
    harness.network.script('kt10000', answer)
    harness.execution.place(ORDER)
    await settle()
    expect(harness.told()).toMatchObject([{ kind: report, orderId: ID, error: { kind, code } }])
    expect(harness.network.of('kt10000')).toHaveLength(1)
  })

  it('reports a refusal by the exchange after the acceptance', async () => {
    const harness = await working()
    say(harness, orderFrameOf({ '913': '거부', '902': '0', '919': '거래정지 종목' }))
    expect(harness.told()).toEqual([
      { kind: 'rejected', orderId: ID, error: { kind: 'rejected', code: 'refused', text: '거래정지 종목' } },
    ])
  })

  it('refuses NXT on paper without asking', async () => {
    const harness = await started('paper')
    harness.execution.place(orderOf({ venue: 'NXT' }))
    expect(harness.told()).toMatchObject([{ kind: 'rejected', error: { code: 'venueNotOffered' } }])
    expect(harness.network.of('kt10000')).toEqual([])
  })

  it('sends a sale before purchases that wait, and a cancel before both', async () => {
    const harness = await working()
    harness.network.always('kt10000', () => placed(String(harness.network.posts.length)))
    for (let i = 0; i < 6; i++) harness.execution.place(orderOf({ orderId: orderId(`b${i}`) }))
    harness.execution.place(orderOf({ orderId: orderId('s'), side: 'sell' }))
    harness.execution.cancel(CANCEL)
    await harness.run(3_000)
    const sent = harness.network.posts.filter((post) => post.lane === 'orders').map((post) => post.api)
    expect(sent.slice(0, 4).sort()).toEqual(['kt10000', 'kt10000', 'kt10001', 'kt10003'])
  })

  it('finds a fill that only the next frame betrays', async () => {
    const harness = await working()
    say(harness, fillFrameOf(1, 71_500, 5, 5, 357_100))
    expect(harness.told()).toEqual([filled(71_400, 4, 4), filled(71_500, 1, 5)])
  })

  it.each([
    ['that cannot be read', orderFrameOf({ '913': '체결분할', '902': '3' })],
    ['without its values', { trnm: 'REAL', data: [{ type: '00', item: '005930' }] }],
  ])('looks for what an order frame %s would have told', async (_, frame) => {
    const harness = await working()
    harness.network.always('kt00007', () => orders({ cntr_qty: '2', cntr_uv: '71400', ord_remnq: '3' }))
    harness.network.script('kt00009', fillList({ cntr_qty: '2' }))
    say(harness, frame)
    await harness.run(1_000)
    expect(harness.told()).toEqual([filled(71_400, 2, 2)])
  })

  it('asks the fill list when the frames cannot tell the price', async () => {
    const harness = await working()
    harness.network.script('kt00007', orders({ cntr_qty: '5', cntr_uv: '71440', ord_remnq: '0' }))
    harness.network.script(
      'kt00009',
      fillList(
        { cntr_qty: '2' },
        { cntr_no: '0002002', cntr_qty: '3', cntr_uv: '71500', cntr_tm: '10:05:03' },
      ),
    )
    say(harness, fillFrameOf(3, 71_500, 5, 5, 0))
    await harness.run(2_000)
    expect(harness.told()).toEqual([filled(71_400, 2, 2), filled(71_500, 3, 5)])
    expect(harness.reports.at(-1)).toMatchObject({ at: at('10:05:03') })
  })

  it('takes no fill for a 체결 frame that only ends the order', async () => {
    const harness = await working()
    const end = fillFrameOf(0, 71_400, 2, 5, 142_800, { '902': '0', '914': '', '915': '' })
    say(harness, first, end, end)
    expect(harness.told()).toEqual([filled(71_400, 2, 2), closed('cancelled')])
  })

  it('still counts a fill that arrives after the end', async () => {
    const harness = await working()
    say(harness, orderFrameOf({ '902': '0' }), first)
    expect(harness.told()).toEqual([closed('cancelled'), filled(71_400, 2, 2)])
  })
})

describe('cancelling', () => {
  const cancelFrames = [
    orderFrameOf({ '9203': '0000126', '904': '0000123', '905': '매수취소', '902': '5' }),
    orderFrameOf({ '9203': '0000126', '904': '0000123', '905': '매수취소', '913': '확인', '902': '0' }),
    orderFrameOf({ '902': '0' }),
  ]

  it('is over with the confirmation, not with the reply, and is said once', async () => {
    const harness = await working()
    harness.network.script('kt10003', okReply({ ord_no: '0000126', cncl_qty: '000000000005' }))
    harness.execution.cancel(CANCEL)
    await settle()
    expect(harness.network.of('kt10003')[0]?.body).toMatchObject({ orig_ord_no: '0000123', cncl_qty: '0' })
    expect(harness.told()).toEqual([])
    say(harness, ...cancelFrames)
    expect(harness.told()).toEqual([closed('cancelled')])
  })

  it('is over with the original alone when the confirmation is lost', async () => {
    const harness = await working()
    harness.execution.cancel(CANCEL)
    await settle()
    say(harness, cancelFrames[2] as never)
    expect(harness.told()).toEqual([closed('cancelled')])
  })

  it('of a part by another hand leaves the order open', async () => {
    const harness = await working()
    const part = {
      '9203': '0000126',
      '904': '0000123',
      '905': '매수취소',
      '900': '2',
      '902': '0',
      '913': '확인',
    }
    say(harness, orderFrameOf(part), orderFrameOf({ '902': '3' }))
    expect(harness.told()).toEqual([])
    say(harness, fillFrameOf(3, 71_400, 3, 5, 214_200, { '902': '0' }))
    expect(harness.told()).toEqual([filled(71_400, 3, 3)])
  })

  it.each([
    ['a refusal', failReply(20, '[2000](000000:정정/취소할 수량이 없습니다)'), 'cancelRefused', 'rejected'],
    ['a request that never left', new NetworkError('ECONNREFUSED', false), 'cancelRefused', 'throttled'],
    ['a lost reply', LOST, 'cancelLost', 'inDoubt'],
    ['a throttled one', RATE_LIMITED, 'cancelLost', 'inDoubt'],
  ])('answers %s', async (_, answer, report, kind) => {
    const harness = await working()
    harness.network.script('kt10003', answer)
    harness.execution.cancel(CANCEL)
    await settle()
    expect(harness.told()).toMatchObject([{ kind: report, orderId: ID, error: { kind } }])
  })

  it('of an order it was never told of is refused, not forgotten', async () => {
    const harness = await started()
    harness.execution.cancel(CANCEL)
    expect(harness.told()).toMatchObject([
      { kind: 'cancelRefused', orderId: ID, error: { code: 'unknownOrder' } },
    ])
    expect(harness.network.of('kt10003')).toEqual([])
  })

  it('asked for again while it waits is sent once', async () => {
    const harness = await working()
    harness.network.always('kt10003', () => new Promise<HttpReply>(() => undefined))
    for (let i = 0; i < 80; i++) harness.execution.cancel(CANCEL)
    await harness.run(3_000)
    expect(harness.network.of('kt10003')).toHaveLength(1)
    harness.network.script('kt10001', placed('0000200'))
    harness.execution.place(orderOf({ orderId: SECOND, side: 'sell' }))
    await settle()
    expect(harness.told()).toEqual([accepted(SECOND, '0000200')])
  })

  it('refused by the exchange leaves the order working', async () => {
    const harness = await working()
    harness.execution.cancel(CANCEL)
    await settle()
    say(
      harness,
      orderFrameOf({
        '9203': '0000126',
        '904': '0000123',
        '905': '매수취소',
        '913': '거부',
        '919': '이미 체결',
      }),
    )
    expect(harness.told()).toMatchObject([{ kind: 'cancelRefused', error: { text: '이미 체결' } }])
  })

  it('that nothing confirms is looked up after 5 s', async () => {
    const harness = await working()
    harness.network.script(
      'kt00007',
      orders(
        { ord_remnq: '0' },
        { ord_no: '0000126', ori_ord: '0000123', mdfy_cncl: '취소', ord_remnq: '0', cnfm_qty: '5' },
      ),
    )
    harness.execution.cancel(CANCEL)
    await harness.run(4_500)
    expect(harness.told()).toEqual([])
    await harness.run(1_500)
    expect(harness.told()).toEqual([closed('cancelled')])
  })

  it('whose reply was lost is found not to have arrived, after two looks', async () => {
    const harness = await working()
    harness.network.script('kt10003', LOST)
    harness.network.always('kt00007', () => orders({}))
    harness.execution.cancel(CANCEL)
    await settle()
    harness.execution.ask({ ...ORDER, venueOrderId: NUMBER, filled: quantity(0) })
    await harness.run(1_000)
    expect(harness.told().slice(1)).toEqual([accepted()])
    await harness.run(6_000)
    expect(harness.told().at(-1)).toMatchObject({ kind: 'cancelRefused', error: { code: 'absent' } })
  })
})

describe('amending', () => {
  const entered = { '9203': '0000125', '904': '0000123', '905': '매수정정', '901': '71300' }
  const newOrder = orderFrameOf({ ...entered, '900': '3', '902': '3' })
  const confirmed = orderFrameOf({ ...entered, '900': '3', '902': '3', '913': '확인' })
  const oldOrder = fillFrameOf(0, 71_400, 2, 5, 142_800, { '902': '0', '914': '', '915': '' })

  it('moves the open part to the new number when it is confirmed', async () => {
    const harness = await working()
    harness.network.script('kt10002', amended())
    say(harness, first)
    harness.execution.amend(AMEND)
    await settle()
    expect(harness.told()).toEqual([filled(71_400, 2, 2)])
    say(harness, newOrder, confirmed, oldOrder)
    expect(harness.told().slice(1)).toEqual([accepted(SECOND, '0000125', 3), closed('replaced')])
    say(harness, fillFrameOf(3, 71_300, 3, 3, 213_900, { ...entered, '905': '+매수' }))
    expect(harness.told().at(-1)).toEqual(filled(71_300, 3, 3, SECOND, '0000125'))
  })

  it('may be confirmed before its reply', async () => {
    const harness = await working()
    let reply: (value: HttpReply) => void = () => undefined
    harness.network.script(
      'kt10002',
      new Promise<HttpReply>((resolve) => {
        reply = resolve
      }),
    )
    harness.execution.amend(AMEND)
    await settle()
    say(harness, newOrder, confirmed)
    expect(harness.told()).toEqual([])
    reply(amended())
    await settle()
    expect(harness.told()).toEqual([accepted(SECOND, '0000125', 3), closed('replaced')])
  })

  it('ends the old order as replaced though its last word comes before the confirmation', async () => {
    const harness = await working()
    harness.network.script('kt10002', amended())
    harness.execution.amend(AMEND)
    await settle()
    say(harness, newOrder, orderFrameOf({ '902': '0' }), confirmed)
    expect(harness.told()).toEqual([closed('replaced'), accepted(SECOND, '0000125', 3)])
  })

  it.each([
    ['a refusal', failReply(20, '[2000](000000:정정/취소할 수량이 없습니다)'), 'rejected'],
    ['a request that never left', new NetworkError('ECONNREFUSED', false), 'throttled'],
  ])('that meets %s leaves the old order working', async (_, answer, kind) => {
    const harness = await working()
    harness.network.script('kt10002', answer)
    harness.execution.amend(AMEND)
    await settle()
    expect(harness.told()).toMatchObject([
      { kind, orderId: SECOND },
      { kind: 'cancelRefused', orderId: ID },
    ])
    say(harness, orderFrameOf({ '902': '0' }))
    expect(harness.told().at(-1)).toEqual(closed('cancelled'))
  })

  it('refused by the exchange leaves the old order working', async () => {
    const harness = await working()
    harness.network.script('kt10002', amended())
    harness.execution.amend(AMEND)
    await settle()
    say(harness, newOrder, orderFrameOf({ ...entered, '913': '거부', '919': '체결 완료' }))
    expect(harness.told()).toMatchObject([
      { kind: 'rejected', orderId: SECOND },
      { kind: 'cancelRefused', orderId: ID },
    ])
  })

  it('that nothing confirms is looked up after 5 s', async () => {
    const harness = await working()
    harness.network.script('kt10002', amended())
    harness.network.script(
      'kt00007',
      orders(
        { ord_remnq: '0' },
        { ord_no: '0000125', ori_ord: '0000123', mdfy_cncl: '정정', ord_uv: '71300', cnfm_qty: '5' },
      ),
    )
    harness.execution.amend(AMEND)
    await harness.run(6_000)
    expect(harness.told()).toEqual([accepted(SECOND, '0000125', 5), closed('replaced')])
  })

  it('whose reply was lost is settled by its parent, with the fills of both', async () => {
    const harness = await working()
    harness.network.script('kt10002', LOST)
    harness.network.always('kt00007', () =>
      orders(
        { cntr_qty: '2', cntr_uv: '71400', ord_remnq: '0' },
        {
          ord_no: '0000125',
          ori_ord: '0000123',
          mdfy_cncl: '정정',
          ord_qty: '3',
          ord_uv: '71300',
          cnfm_qty: '3',
          cntr_qty: '1',
          cntr_uv: '71300',
          ord_remnq: '2',
        },
      ),
    )
    harness.network.always('kt00009', () =>
      fillList({ cntr_qty: '2' }, { ord_no: '0000125', cntr_no: '0002002', cntr_qty: '1', cntr_uv: '71300' }),
    )
    harness.execution.amend(AMEND)
    await settle()
    harness.execution.ask({ ...AMEND, filled: quantity(0) })
    await harness.run(2_000)
    expect(harness.told().slice(1)).toEqual([
      accepted(SECOND, '0000125', 3),
      filled(71_300, 1, 1, SECOND, '0000125'),
      filled(71_400, 2, 2),
      closed('replaced'),
    ])
  })

  it('that never arrived is absent, and the old order works on', async () => {
    const harness = await working()
    harness.network.script('kt10002', LOST)
    harness.network.always('kt00007', () => orders({}))
    harness.execution.amend(AMEND)
    await settle()
    harness.execution.ask({ ...AMEND, filled: quantity(0) })
    await harness.run(6_000)
    expect(harness.told().slice(1)).toMatchObject([
      { kind: 'absent', orderId: SECOND },
      { kind: 'cancelRefused', orderId: ID },
    ])
  })

  it('of an order that was never adopted still ends it', async () => {
    const harness = await started()
    harness.network.script('kt10002', amended())
    harness.execution.amend(AMEND)
    await settle()
    say(harness, newOrder, confirmed)
    expect(harness.told()).toEqual([accepted(SECOND, '0000125', 3), closed('replaced')])
  })

  it('by another hand moves our order to a number that is not ours', async () => {
    const harness = await working()
    say(harness, newOrder, confirmed, orderFrameOf({ '902': '0' }))
    expect(harness.told()).toMatchObject([{ kind: 'foreign' }, { kind: 'foreign' }, closed('replaced')])
  })
})

describe('asking about a lost order', () => {
  const lost = async (more: Partial<VenueOrder> = {}) => {
    const harness = await started()
    const order = orderOf(more)
    harness.network.script('kt10000', LOST)
    harness.execution.place(order)
    await settle()
    expect(harness.told()).toMatchObject([{ kind: 'lost' }])
    harness.reports.length = 0
    return { harness, ask: () => harness.execution.ask({ ...order, filled: quantity(0) }) }
  }

  it('finds it by its fingerprint, with its fills at their own prices', async () => {
    const { harness, ask } = await lost()
    harness.network.script(
      'kt00007',
      orders({ stk_cd: 'A000660' }, { ord_no: '0000124', cntr_qty: '5', cntr_uv: '71440', ord_remnq: '0' }),
    )
    harness.network.script(
      'kt00009',
      fillList(
        { ord_no: '0000124', cntr_qty: '2' },
        { ord_no: '0000124', cntr_no: '0002002', cntr_qty: '3', cntr_uv: '71500' },
      ),
    )
    ask()
    await harness.run(1_000)
    expect(harness.told()).toEqual([
      accepted(ID, '0000124'),
      filled(71_400, 2, 2, ID, '0000124'),
      filled(71_500, 3, 5, ID, '0000124'),
    ])
  })

  it('gives out the frames that waited for its number, once', async () => {
    const { harness, ask } = await lost()
    say(harness, orderFrameOf({}), first)
    harness.network.script('kt00007', orders({ cntr_qty: '2', cntr_uv: '71400', ord_remnq: '3' }))
    harness.network.script('kt00009', fillList({ cntr_qty: '2' }))
    ask()
    await harness.run(1_000)
    expect(harness.told()).toEqual([accepted(), filled(71_400, 2, 2)])
    say(harness, last)
    expect(harness.told().at(-1)).toEqual(filled(71_500, 3, 5))
  })

  it('reads every page of the list', async () => {
    const { harness, ask } = await lost()
    const page = orders({ ord_no: '0000050', stk_cd: 'A000660' })
    harness.network.script('kt00007', { ...page, headers: { 'cont-yn': 'Y', 'next-key': 'p2' } }, orders({}))
    ask()
    await harness.run(3_000)
    expect(harness.network.of('kt00007')[0]?.body).toMatchObject({
      qry_tp: '2',
      dmst_stex_tp: '%',
      stk_cd: '005930',
    })
    expect(harness.told()).toEqual([accepted()])
  })

  it.each([
    ['rejected', { acpt_tp: '주문거부', ord_remnq: '0' }, { kind: 'rejected', orderId: ID }],
    ['cancelled (an IOC)', { ord_remnq: '0' }, closed('cancelled')],
  ])('finds it %s', async (_, row, expected) => {
    const { harness, ask } = await lost()
    harness.network.script('kt00007', orders(row))
    ask()
    await harness.run(1_000)
    expect(harness.told().at(-1)).toMatchObject(expected)
  })

  it('stays in doubt between two that look the same, and says so', async () => {
    const { harness, ask } = await lost()
    harness.network.script('kt00007', orders({}, { ord_no: '0000124' }))
    ask()
    await harness.run(1_000)
    expect(harness.told()).toMatchObject([
      { kind: 'lost', orderId: ID, error: { kind: 'inDoubt', code: 'ambiguous' } },
    ])
  })

  it('gives one row to neither of two lost orders that look the same', async () => {
    const { harness, ask } = await lost()
    harness.network.script('kt10000', LOST)
    const twin = orderOf({ orderId: SECOND })
    harness.execution.place(twin)
    await settle()
    harness.network.always('kt00007', () => orders({}))
    ask()
    harness.execution.ask({ ...twin, filled: quantity(0) })
    await harness.run(12_000)
    const answers = harness.told().slice(1)
    expect(answers.some((report) => report.kind === 'accepted' || report.kind === 'absent')).toBe(false)
    expect(answers.filter((report) => report.kind === 'lost')).toHaveLength(2)
  })

  it('can be asked again from within the answer', async () => {
    const { harness, ask } = await lost()
    harness.network.script('kt00007', orders({}, { ord_no: '0000124' }), orders({}))
    const push = harness.reports.push.bind(harness.reports)
    let again = true
    harness.reports.push = (...reports) => {
      const size = push(...reports)
      if (again) {
        again = false
        ask()
      }
      return size
    }
    ask()
    await harness.run(6_000)
    expect(harness.told()).toMatchObject([{ kind: 'lost', error: { code: 'ambiguous' } }, accepted()])
  })

  it('does not take a number that another order of ours has', async () => {
    const { harness, ask } = await lost()
    harness.execution.adopt([{ ...orderOf({ orderId: SECOND }), venueOrderId: NUMBER, filled: quantity(0) }])
    harness.network.always('kt00007', () => orders({}))
    ask()
    await harness.run(6_000)
    expect(harness.told()).toEqual([{ kind: 'absent', orderId: ID }])
  })

  it('calls it absent after two whole looks 3 s apart, not earlier', async () => {
    const { harness, ask } = await lost()
    harness.network.always('kt00007', () => orders())
    ask()
    await harness.run(2_900)
    expect(harness.told()).toEqual([])
    await harness.run(2_000)
    expect(harness.told()).toEqual([{ kind: 'absent', orderId: ID }])
    const [one, two] = harness.network.of('kt00007').map((post) => post.at)
    expect((two as number) - (one as number)).toBeGreaterThanOrEqual(3_000)
  })

  it('wants the looks a wall second apart too when the market runs fast', async () => {
    const { harness, ask } = await lost()
    harness.network.always('kt00007', () => orders())
    ask()
    for (let i = 0; i < 30; i++) {
      await settle(1)
      harness.clock.advance(1_000)
      harness.wall.advance(16)
    }
    expect(harness.told()).toEqual([])
    harness.wall.advance(1_000)
    await harness.run(500)
    expect(harness.told()).toEqual([{ kind: 'absent', orderId: ID }])
  })

  it.each([
    ['fails', { status: 503, headers: {}, body: '' }],
    ['has no list', okReply({})],
    [
      'cannot be paged to its end',
      { ...orders({ stk_cd: 'A000660' }), headers: { 'cont-yn': 'Y', 'next-key': '' } },
    ],
    ['holds a row that cannot be read', orders({ io_tp_nm: '' })],
    ['is refused for another reason', failReply(20, '[RC9000]모의투자에서는 해당업무가 제공되지 않습니다.')],
  ])(
    'never calls it absent when the list %s, and says after many tries that it does not know',
    async (_, answer) => {
      const { harness, ask } = await lost()
      harness.network.always('kt00007', () => answer)
      ask()
      await harness.run(240_000, 1_000)
      expect(harness.told()).toMatchObject([{ kind: 'lost', orderId: ID }])
      expect(harness.network.of('kt00007').length).toBeGreaterThanOrEqual(10)
    },
  )

  it('finds it in a later look when the first one failed', async () => {
    const { harness, ask } = await lost()
    harness.network.script('kt00007', { status: 503, headers: {}, body: '' }, orders({}))
    ask()
    await harness.run(10_000)
    expect(harness.told()).toEqual([accepted()])
  })

  it('does not fill while the fill list cannot be read', async () => {
    const { harness, ask } = await lost()
    harness.network.always('kt00007', () => orders({ cntr_qty: '2', cntr_uv: '71400', ord_remnq: '3' }))
    harness.network.script('kt00009', { status: 500, headers: {}, body: '' }, fillList({ cntr_qty: '2' }))
    ask()
    await harness.run(1_000)
    expect(harness.told()).toEqual([])
    await harness.run(6_000)
    expect(harness.told()).toEqual([accepted(), filled(71_400, 2, 2)])
  })

  it('waits for the reply of its own request', async () => {
    const harness = await started()
    let reply: (value: HttpReply) => void = () => undefined
    harness.network.script(
      'kt10000',
      new Promise<HttpReply>((resolve) => {
        reply = resolve
      }),
    )
    harness.network.always('kt00007', () => orders())
    harness.execution.place(ORDER)
    harness.execution.ask({ ...ORDER, filled: quantity(0) })
    await harness.run(8_000)
    expect(harness.told()).toEqual([])
    reply(placed())
    await settle()
    expect(harness.told()).toEqual([accepted()])
  })

  it.each([
    ['does not show it', orders()],
    ['fails', { status: 503, headers: {}, body: '' }],
  ])('never calls an order lost whose request still waits, though the list %s', async (_, answer) => {
    const harness = await started()
    let reply: (value: HttpReply) => void = () => undefined
    harness.network.script(
      'kt10000',
      new Promise<HttpReply>((resolve) => {
        reply = resolve
      }),
    )
    harness.network.always('kt00007', () => answer)
    harness.execution.place(ORDER)
    for (let i = 0; i < 10; i++) {
      harness.execution.ask({ ...ORDER, filled: quantity(0) })
      await harness.run(30_000, 1_000)
    }
    expect(harness.told()).toEqual([])
    reply(placed())
    await settle()
    expect(harness.told()).toEqual([accepted()])
  })

  it.each([
    ['behind', '10:04:40'],
    ['ahead', '10:05:40'],
  ])('stays in doubt when its row shows that the broker is 20 s %s', async (_, time) => {
    const { harness, ask } = await lost()
    harness.network.always('kt00007', () => orders({ ord_tm: time }))
    ask()
    await harness.run(8_000)
    expect(harness.told()).toMatchObject([{ kind: 'lost', orderId: ID, error: { code: 'untimely' } }])
  })

  it('does not wait for the patience that another question has used up', async () => {
    const { harness, ask } = await lost()
    harness.network.always('kt00007', () => ({ status: 503, headers: {}, body: '' }))
    ask()
    await harness.run(60_000, 1_000)
    const other = orderOf({ orderId: SECOND, side: 'sell', createdAt: harness.clock.now() })
    harness.network.script('kt10001', LOST)
    harness.execution.place(other)
    await settle()
    harness.network.always('kt00007', () =>
      orders({ ord_no: '0000124', io_tp_nm: '현금매도', ord_tm: '10:06:00' }),
    )
    harness.execution.ask({ ...other, filled: quantity(0) })
    await harness.run(2_000)
    expect(harness.told().at(-1)).toEqual(accepted(SECOND, '0000124'))
  })

  it('is answered eight seconds after the list can be read again, however long that took', async () => {
    const { harness, ask } = await lost()
    harness.network.always('kt00007', () => ({ status: 503, headers: {}, body: '' }))
    ask()
    await harness.run(62_000, 1_000)
    harness.network.always('kt00007', () => orders({}))
    await harness.run(8_000, 1_000)
    expect(harness.told().at(-1)).toEqual(accepted())
  })

  it('one look answers all that were asked before it', async () => {
    const { harness, ask } = await lost()
    const other = orderOf({ orderId: SECOND, side: 'sell' })
    harness.network.script('kt10001', LOST)
    harness.execution.place(other)
    await settle()
    harness.network.always('kt00007', () => orders({}, { ord_no: '0000124', io_tp_nm: '현금매도' }))
    ask()
    harness.execution.ask({ ...other, filled: quantity(0) })
    await harness.run(3_000)
    expect(harness.told().slice(1)).toEqual([accepted(), accepted(SECOND, '0000124')])
    expect(harness.network.of('kt00007').length).toBeLessThanOrEqual(2)
  })
})

describe('after a restart', () => {
  it('the pushes of adopted orders find them', async () => {
    const harness = await started()
    harness.execution.adopt([{ ...ORDER, venueOrderId: NUMBER, filled: quantity(2) }])
    say(harness, first, last)
    expect(harness.told()).toEqual([filled(71_500, 3, 5)])
  })

  it('what another hand did meanwhile is learnt, and is never taken for an order that is lost later', async () => {
    const harness = await started()
    const byHand = { ord_no: '0000101', cntr_qty: '5', ord_remnq: '0' }
    harness.network.always('kt00007', () => orders(byHand))
    harness.execution.adopt([])
    harness.execution.askAccount()
    await harness.run(2_000)
    expect(harness.told()).toMatchObject([{ kind: 'foreign', venueOrderId: '0000101', filled: 5, open: 0 }])
    harness.reports.length = 0
    harness.network.script('kt10000', LOST)
    harness.execution.place(ORDER)
    await settle()
    harness.execution.ask({ ...ORDER, filled: quantity(0) })
    await harness.run(8_000)
    expect(harness.told()).toMatchObject([{ kind: 'lost' }, { kind: 'absent', orderId: ID }])
  })

  it('an order without a number is looked for like a lost one', async () => {
    const harness = await started()
    harness.network.script('kt00007', orders({}))
    harness.execution.ask({ ...ORDER, filled: quantity(0) })
    await harness.run(1_000)
    expect(harness.told()).toEqual([accepted()])
  })

  it("an order without a number is not absent while the dead one's request may be on its way", async () => {
    const harness = await started()
    harness.network.always('kt00007', () => orders())
    harness.execution.ask({ ...ORDER, createdAt: harness.clock.now(), filled: quantity(0) })
    await harness.run(7_900)
    expect(harness.told()).toEqual([])
    await harness.run(4_000)
    expect(harness.told()).toEqual([{ kind: 'absent', orderId: ID }])
  })

  it('a numbered order tells what the asker has not heard', async () => {
    const harness = await started()
    harness.execution.adopt([{ ...ORDER, venueOrderId: NUMBER, filled: quantity(2) }])
    harness.network.script('kt00007', orders({ cntr_qty: '4', cntr_uv: '71450', ord_remnq: '0' }))
    harness.network.script(
      'kt00009',
      fillList({ cntr_qty: '2' }, { cntr_no: '0002002', cntr_qty: '2', cntr_uv: '71500' }),
    )
    harness.execution.ask({ ...ORDER, venueOrderId: NUMBER, filled: quantity(2) })
    await harness.run(2_000)
    expect(harness.told()).toEqual([accepted(), filled(71_500, 2, 4), closed('cancelled')])
  })

  it('a numbered order that is not listed stays in doubt', async () => {
    const harness = await started()
    harness.network.always('kt00007', () => orders())
    harness.execution.ask({ ...ORDER, venueOrderId: NUMBER, filled: quantity(0) })
    await harness.run(6_000)
    expect(harness.told()).toMatchObject([{ kind: 'lost', error: { code: 'notListed' } }])
  })

  it('a cancel that never arrived is found out', async () => {
    const harness = await started()
    harness.execution.adopt([{ ...ORDER, venueOrderId: NUMBER, filled: quantity(0), cancelling: true }])
    harness.network.always('kt00007', () => orders({}))
    harness.execution.ask({ ...ORDER, venueOrderId: NUMBER, filled: quantity(0) })
    await harness.run(8_000)
    expect(harness.told()).toMatchObject([accepted(), { kind: 'cancelRefused', error: { code: 'absent' } }])
  })
})

describe('after a lost line', () => {
  it('open orders are looked up and only news is told', async () => {
    const harness = await working()
    harness.network.script('kt00007', orders({ cntr_qty: '2', cntr_uv: '71400', ord_remnq: '3' }))
    harness.network.script('kt00009', fillList({ cntr_qty: '2' }))
    await harness.reconnect()
    await harness.run(2_000)
    expect(harness.told()).toEqual([filled(71_400, 2, 2)])
    say(harness, first, last)
    expect(harness.told().slice(1)).toEqual([filled(71_500, 3, 5)])
  })

  it('the list is read no further down than the open orders lie', async () => {
    const harness = await working()
    const page = (...numbers: string[]) => {
      const reply = orders(...numbers.map((ord_no) => ({ ord_no, ord_remnq: ord_no === NUMBER ? '5' : '0' })))
      return { ...reply, headers: { 'cont-yn': 'Y', 'next-key': numbers.join() } }
    }
    harness.network.script('kt00007', page('0000130', '0000124'), page('0000123', '0000110'))
    harness.execution.ask({ ...ORDER, venueOrderId: NUMBER, filled: quantity(0) })
    await harness.run(2_000)
    expect(harness.told()).toEqual([accepted()])
    expect(harness.network.of('kt00007')).toHaveLength(2)
  })

  it('fills are looked up while it does not come back', async () => {
    const harness = await working()
    harness.network.always('kt00007', () => orders({ cntr_qty: '5', cntr_uv: '71400', ord_remnq: '0' }))
    harness.network.always('kt00009', () => fillList({ cntr_qty: '5' }))
    harness.network.line.say({ trnm: 'SYSTEM', code: 'R10001', message: '동일한 App key' })
    await harness.run(5_000)
    expect(harness.told()).toEqual([filled(71_400, 5, 5)])
    const looks = harness.network.of('kt00007').length
    await harness.run(20_000)
    expect(harness.network.of('kt00007')).toHaveLength(looks)
  })

  it('a purchase that waited too long for its turn is never sent, a sale is', async () => {
    const harness = await started()
    const late = { createdAt: harness.clock.now() - 5_001 }
    harness.network.script('kt10001', placed())
    harness.execution.place(orderOf(late))
    harness.execution.place(orderOf({ ...late, orderId: SECOND, side: 'sell' }))
    await harness.run(100)
    expect(harness.told()).toMatchObject([
      { kind: 'throttled', orderId: ID, error: { kind: 'throttled', code: 'expired' } },
      { kind: 'accepted', orderId: SECOND },
    ])
    expect(harness.network.of('kt10000')).toEqual([])
    expect(harness.network.of('kt10001')).toHaveLength(1)
  })

  it('an order of another hand is told once, though nothing of ours is open', async () => {
    const harness = await started()
    const stranger = {
      ord_no: '0000777',
      comm_ord_tp: '영웅문4',
      ord_qty: '7',
      ord_remnq: '4',
      cntr_qty: '3',
    }
    harness.network.always('kt00007', () => orders(stranger))
    await harness.reconnect()
    await harness.run(2_000)
    expect(harness.told()).toMatchObject([
      { kind: 'foreign', venueOrderId: '0000777', side: 'buy', filled: 3, open: 4 },
    ])
    await harness.reconnect()
    await harness.run(2_000)
    expect(harness.told()).toHaveLength(1)
    expect(harness.network.of('kt00007')).toHaveLength(2)
  })

  it('a look around that fails is repeated three times and no more', async () => {
    const harness = await started()
    harness.network.always('kt00007', () => okReply({}))
    await harness.reconnect()
    await harness.run(120_000)
    expect(harness.network.of('kt00007')).toHaveLength(3)
    expect(harness.told()).toEqual([])
  })

  it('an order whose reply came after the line was back is looked up as well', async () => {
    const harness = await started()
    let reply: (value: HttpReply) => void = () => undefined
    harness.network.script(
      'kt10000',
      new Promise<HttpReply>((resolve) => {
        reply = resolve
      }),
    )
    harness.network.script('kt00007', orders({ cntr_qty: '5', cntr_uv: '71400', ord_remnq: '0' }))
    harness.network.script('kt00009', fillList({ cntr_qty: '5' }))
    harness.execution.place(ORDER)
    await settle()
    await harness.reconnect()
    reply(placed())
    await harness.run(2_000)
    expect(harness.told()).toEqual([accepted(), filled(71_400, 5, 5)])
  })
})

describe('the account', () => {
  const cash = okReply({
    entr: '000000005000000',
    d1_entra: '000000004999900',
    d2_entra: '-00000000700100',
    ord_alow_amt: '000000004299900',
    '100stk_ord_alow_amt': '000000004299800',
  })
  const holding = {
    stk_cd: 'A005930',
    stk_nm: '삼성전자',
    rmnd_qty: '000000000000010',
    trde_able_qty: '000000000000007',
    pur_amt: '000000000700000',
  }
  const holdings = (...rows: object[]) => okReply({ acnt_evlt_remn_indv_tot: rows })

  it('is cash after settlement, buying power and holdings', async () => {
    const harness = await started()
    harness.network.script('kt00001', cash)
    harness.network.script(
      'kt00018',
      { ...holdings(holding), headers: { 'cont-yn': 'Y', 'next-key': 'p2' } },
      holdings(
        holding,
        { ...holding, stk_cd: 'A000660', stk_nm: 'SK하이닉스' },
        { ...holding, stk_cd: 'A035720', rmnd_qty: '0' },
      ),
    )
    harness.execution.askAccount()
    await harness.run(3_000)
    expect(harness.told()).toEqual([
      {
        kind: 'account',
        cash: -700_100,
        buyingPower: 4_299_800,
        settlement: { today: 5_000_000, d1: 4_999_900, d2: -700_100 },
        holdings: [
          { instrument: '005930', name: '삼성전자', quantity: 10, sellable: 7, cost: 700_000 },
          { instrument: '000660', name: 'SK하이닉스', quantity: 10, sellable: 7, cost: 700_000 },
        ],
      },
    ])
    expect(harness.network.of('kt00001')[0]?.body).toEqual({ qry_tp: '3' })
    expect(harness.network.of('kt00018')[0]?.body).toEqual({ qry_tp: '1', dmst_stex_tp: 'KRX' })
  })

  it('with no holdings says so', async () => {
    const harness = await started()
    harness.network.script('kt00001', cash)
    harness.network.script('kt00018', holdings())
    harness.execution.askAccount()
    await harness.run(500)
    expect(harness.told()).toMatchObject([{ kind: 'account', holdings: [] }])
  })

  it.each([
    ['cash is blank', okReply({ d2_entra: '', ord_alow_amt: '0' }), holdings(holding)],
    ['cash is refused', failReply(20, '[2000](000001:조회 불가)'), holdings(holding)],
    ['the holdings are missing', cash, okReply({})],
    ['there are "no data"', cash, failReply(20, '조회된 내역이 없습니다')],
    ['a page is lost', cash, { ...holdings(holding), headers: { 'cont-yn': 'Y', 'next-key': '' } }],
    ['a row cannot be read', cash, holdings({ ...holding, rmnd_qty: '?' })],
    ['the server is ill', cash, { status: 500, headers: {}, body: '' }],
  ])('is not reported when %s: unknown is not empty', async (_, money, shares) => {
    const harness = await started()
    harness.network.script('kt00001', money)
    harness.network.script('kt00018', shares)
    harness.execution.askAccount()
    await harness.run(2_000)
    expect(harness.told()).toEqual([])
    expect(harness.log).toContain('kiwoom: the account could not be read')
  })

  it('asked twice while a look runs is looked at once more, not twice', async () => {
    const harness = await started()
    harness.network.always('kt00001', () => cash)
    harness.network.always('kt00018', () => holdings())
    for (let i = 0; i < 5; i++) harness.execution.askAccount()
    await harness.run(5_000)
    expect(harness.told()).toHaveLength(2)
  })

  it('tells the costs of the day', async () => {
    const harness = await started()
    harness.network.script('ka10074', okReply({ trde_cmsn: '120', trde_tax: '286', dt_rlzt_pl: [] }))
    expect(await harness.execution.dayTotals()).toEqual({ ok: true, value: { commission: 120, tax: 286 } })
    expect(harness.network.of('ka10074')[0]?.body).toEqual({ strt_dt: '20261120', end_dt: '20261120' })
    harness.network.script('ka10074', okReply({ trde_cmsn: '' }))
    expect(await harness.execution.dayTotals()).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
  })
})

describe('stopping', () => {
  it('refuses the orders that wait, waits for those under way, and closes the line', async () => {
    const harness = await started()
    harness.network.always('kt10000', () => placed())
    for (let i = 0; i < 5; i++) harness.execution.place(orderOf({ orderId: orderId(`b${i}`) }))
    const stopping = harness.execution.stop()
    await harness.feed.stop()
    await stopping
    expect(
      harness
        .told()
        .map((report) => report.kind)
        .sort(),
    ).toEqual(['accepted', 'accepted', 'throttled', 'throttled', 'throttled'])
    expect(harness.network.line.terminated).toBe(true)
    harness.wall.advance(3_600_000)
    harness.clock.advance(3_600_000)
    await settle()
    expect(harness.network.lines).toHaveLength(1)
    expect(harness.clock.nextDue()).toBeUndefined()
    expect(harness.wall.nextDue()).toBeUndefined()
  })
})
