import { describe, expect, it } from 'vitest'
import { createOrderOracle } from './order-oracle.ts'

const ORDER = {
  orderId: 'o-1',
  instrument: '005930',
  side: 'buy',
  type: 'limit',
  limit: 71_500,
  quantity: 14,
}
const REQUEST = JSON.stringify({ stk_cd: '005930', ord_qty: '14', ord_uv: '71500', trde_tp: '0' })
const line = (effects: unknown[]) =>
  `${JSON.stringify({ kind: 'effects', body: { of: 1, effects } }).replace('{', '{"seq":1,')}\n`
const answer = (body: unknown, status = 200) => ({ status, headers: {}, body: JSON.stringify(body) })
const TAKEN = answer({ return_code: 0, ord_no: '0000001' })

function stage() {
  const broken: string[] = []
  return {
    oracle: createOrderOracle(
      (law) => broken.push(law),
      { wrongWith: () => undefined },
      () => 0,
    ),
    broken,
  }
}

describe('the order oracle', () => {
  it('allows one request and one order for each durable intent', () => {
    const { oracle, broken } = stage()
    const text = line([{ do: 'place', order: ORDER }])
    oracle.onDurable('d.jsonl', text.slice(0, 20))
    oracle.onDurable('d.jsonl', text.slice(20))
    oracle.onPost('kt10000', REQUEST)
    oracle.onAnswer('kt10000', REQUEST, TAKEN)
    expect(broken).toEqual([])
  })

  it('sees a request that leaves before its intent is durable', () => {
    const { oracle, broken } = stage()
    oracle.onPost('kt10000', REQUEST)
    expect(broken).toEqual(['journalBeforeAct'])
  })

  it('sees a request that is sent again, but not one turned away for its token', () => {
    const { oracle, broken } = stage()
    oracle.onDurable('d.jsonl', line([{ do: 'place', order: ORDER }]))
    oracle.onPost('kt10000', REQUEST)
    oracle.onAnswer('kt10000', REQUEST, answer({ return_code: 3, return_msg: '[8005:x]' }))
    oracle.onPost('kt10000', REQUEST)
    oracle.onAnswer('kt10000', REQUEST, TAKEN)
    expect(broken).toEqual([])
    oracle.onPost('kt10000', REQUEST)
    oracle.onAnswer('kt10000', REQUEST, TAKEN)
    expect(broken).toEqual(['journalBeforeAct', 'oneOrderPerIntent'])
  })

  it('counts an order that was called absent against the next intent', () => {
    const gone = '{"seq":2,"kind":"event","body":{"kind":"absent","orderId":"o-1"}}\n'
    const again = line([{ do: 'place', order: { ...ORDER, orderId: 'o-2' } }])
    const { oracle, broken } = stage()
    oracle.onDurable('d.jsonl', line([{ do: 'place', order: ORDER }]))
    oracle.onPost('kt10000', REQUEST)
    oracle.onDurable('d.jsonl', gone + again)
    oracle.onPost('kt10000', REQUEST)
    oracle.onAnswer('kt10000', REQUEST, TAKEN)
    expect(broken).toEqual([])
    oracle.onAnswer('kt10000', REQUEST, TAKEN)
    expect(broken).toEqual(['oneOrderPerIntent'])
  })

  it('wants the sale that follows one called absent to leave, though the first was turned away unseen', () => {
    const sale = { ...ORDER, side: 'sell', type: 'market', limit: undefined }
    const request = JSON.stringify({ stk_cd: '005930', ord_qty: '14', ord_uv: '', trde_tp: '3' })
    const { oracle, broken } = stage()
    oracle.onDurable('d.jsonl', line([{ do: 'place', order: sale }]))
    oracle.onPost('kt10001', request)
    oracle.onAnswer('kt10001', request, answer({ return_code: 3, return_msg: '[8005:x]' }))
    oracle.onDurable('d.jsonl', '{"seq":2,"kind":"event","body":{"kind":"absent","orderId":"o-1"}}\n')
    oracle.onDurable('d.jsonl', line([{ do: 'place', order: { ...sale, orderId: 'o-2' } }]))
    oracle.onPost('kt10001', request)
    for (let at = 1; at < 60; at++) oracle.look(at * 1_000, false)
    expect(broken).toEqual([])
    oracle.onDurable('d.jsonl', line([{ do: 'place', order: { ...sale, orderId: 'o-3' } }]))
    for (let at = 60; at < 120; at++) oracle.look(at * 1_000, false)
    expect(new Set(broken)).toEqual(new Set(['saleLeaves']))
  })

  it('does not let a new life send what the dead one had decided', () => {
    const { oracle, broken } = stage()
    oracle.onLife()
    oracle.onDurable('d.jsonl', line([{ do: 'place', order: ORDER }]))
    oracle.onDurable('d.jsonl', '{"seq":2,"kind":"event","body":{"kind":"restarted"}}\n')
    oracle.onPost('kt10000', REQUEST)
    expect(broken).toEqual(['journalBeforeAct'])
  })

  it('sees an order that breaks the rules of the exchange', () => {
    const { oracle, broken } = stage()
    oracle.onAnswer('kt10000', REQUEST, answer({ return_code: 20, return_msg: '[2000](571489:closed)' }))
    expect(broken).toEqual(['orderRules'])
  })
})
