import { describe, expect, it } from 'vitest'
import { orderId, venueOrderId } from '../../model/ids.ts'
import { price } from '../../model/money.ts'
import { okReply, settle } from './testing/fake-network.ts'
import { fillRowOf, orderFrameOf, orderRowOf } from './testing/frames.ts'
import { createHarness, orderOf } from './testing/harness.ts'

const ORDER = orderOf()
const OLD = venueOrderId('0000123')
const AMEND = orderOf({ orderId: orderId('20261120-000002'), limit: price(71_300) })

describe('an amend that is confirmed', () => {
  it('has the fills looked up that the old order had in between and no frame told', async () => {
    const harness = createHarness()
    await harness.start()
    harness.network.script('kt10000', okReply({ ord_no: OLD }))
    harness.execution.place(ORDER)
    await settle()
    harness.network.script(
      'kt10002',
      okReply({ ord_no: '0000125', base_orig_ord_no: OLD, mdfy_qty: '000000000003' }),
    )
    harness.execution.amend({ ...AMEND, replaces: ORDER.orderId, replacesVenueOrderId: OLD })
    await settle()
    const row = { cntr_qty: '0000000002', ord_remnq: '0000000000', cntr_uv: '0000071400' }
    harness.network.script('kt00007', okReply({ acnt_ord_cntr_prps_dtl: [orderRowOf(row)] }))
    harness.network.script('kt00009', okReply({ acnt_ord_cntr_prst_array: [fillRowOf({})] }))
    harness.network.line.say(
      orderFrameOf({
        '9203': '0000125',
        '904': OLD,
        '905': '매수정정',
        '900': '3',
        '902': '3',
        '913': '확인',
      }),
    )
    await harness.run(5_000)
    expect(harness.told().slice(-3)).toMatchObject([
      { kind: 'accepted', orderId: AMEND.orderId, quantity: 3 },
      { kind: 'closed', orderId: ORDER.orderId, why: 'replaced' },
      { kind: 'fill', orderId: ORDER.orderId, price: 71_400, quantity: 2, cumulative: 2 },
    ])
  })
})
