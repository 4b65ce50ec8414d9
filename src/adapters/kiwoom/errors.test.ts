import { describe, expect, it } from 'vitest'
import type { HttpReply } from '../../ports/network.ts'
import { classify, orderError, queryError, type Verdict } from './errors.ts'
import { failReply, okReply, RATE_LIMITED, TOKEN_REFUSED } from './testing/fake-network.ts'

const html = (status: number): HttpReply => ({
  status,
  headers: {},
  body: '<html><body>점검중</body></html>',
})
const text = (body: string, status = 200): HttpReply => ({ status, headers: {}, body })

/** Texts measured on the real server: wire reference §5.1, §5.3. */
describe('what an answer means', () => {
  it.each<[string, HttpReply, Verdict['kind'], string, string, string]>([
    // what, reply, verdict, code, for an order, for a query
    ['1700 with HTTP 429', RATE_LIMITED, 'throttle', '1700', 'inDoubt', 'unavailable'],
    ['1700 with HTTP 200', failReply(5, '허용[1700:초과]'), 'throttle', '1700', 'inDoubt', 'unavailable'],
    ['a bare 429', html(429), 'throttle', '429', 'inDoubt', 'unavailable'],
    [
      '1634, a batch too big',
      failReply(5, '허용[1634:초과]', 429),
      'refused',
      '1634',
      'rejected',
      'rejected',
    ],
    ['a refused token', TOKEN_REFUSED, 'token', '8005', 'throttled', 'unavailable'],
    ['HTTP 401', html(401), 'token', '401', 'throttled', 'unavailable'],
    [
      'a price off the tick',
      failReply(20, '[2000](571557:주문단가를 잘못입력하셨습니다)'),
      'refused',
      '571557',
      'rejected',
      'rejected',
    ],
    [
      'the mock market is closed',
      failReply(20, '[RC4058]모의투자 장종료'),
      'refused',
      'RC4058',
      'rejected',
      'rejected',
    ],
    [
      'a missing field',
      failReply(2, '입력 값 오류입니다[1511:필수 입력 값]'),
      'refused',
      '1511',
      'rejected',
      'rejected',
    ],
    ['an unknown class', failReply(77, '모르는 오류'), 'refused', '77', 'inDoubt', 'rejected'],
    [
      'an unexpected server error',
      failReply(1, '오류[1999:예기치 못한]'),
      'broken',
      '1999',
      'inDoubt',
      'unavailable',
    ],
    ['a page of HTML', html(200), 'broken', 'notJson', 'inDoubt', 'unavailable'],
    ['HTTP 502', html(502), 'broken', 'http502', 'inDoubt', 'unavailable'],
    [
      'HTTP 500 with a proper body',
      { ...okReply(), status: 500 },
      'broken',
      'http500',
      'inDoubt',
      'unavailable',
    ],
    ['an empty body', text(''), 'broken', 'notJson', 'inDoubt', 'unavailable'],
    ['JSON that is no object', text('[1]'), 'broken', 'notJson', 'inDoubt', 'unavailable'],
    ['null', text('null'), 'broken', 'notJson', 'inDoubt', 'unavailable'],
    ['no return_code', text('{"ord_no":"0000123"}'), 'broken', 'noReturnCode', 'inDoubt', 'unavailable'],
  ])('%s', (_, reply, kind, code, forOrder, forQuery) => {
    const verdict = classify(reply)
    expect(verdict).toMatchObject({ kind, code })
    if (verdict.kind === 'ok') throw new Error('a success')
    expect(orderError(verdict).kind).toBe(forOrder)
    expect(queryError(verdict).kind).toBe(forQuery)
  })

  it.each([
    ['a number', '{"return_code":0,"return_msg":""}'],
    ['text', '{"return_code":"0","return_msg":""}'],
    ['the other spelling', '{"returnCode":0,"returnMsg":""}'],
  ])('takes a success code that is %s', (_, body) => expect(classify(text(body)).kind).toBe('ok'))

  it('says that a request which never left may be repeated', () =>
    expect(orderError({ kind: 'unsent', code: 'unreachable', text: 'refused', retryAfterMs: 1_000 })).toEqual(
      {
        kind: 'throttled',
        code: 'unreachable',
        text: 'refused',
        retryAfterMs: 1_000,
      },
    ))

  it.each(['시스템 장애로 내역을 조회할 수 없습니다', '서비스 점검중입니다', ''])(
    'does not take "%s" for "no data"',
    (text) => expect(classify(failReply(20, text))).toMatchObject({ kind: 'refused', empty: false }),
  )

  it('tells "no data" from a business refusal', () => {
    expect(classify(failReply(20, '조회된 내역이 없습니다'))).toMatchObject({ kind: 'refused', empty: true })
    expect(classify(failReply(20, '[2000](407022:매매구분을 확인하십시요)'))).toMatchObject({ empty: false })
    expect(classify(failReply(20, '[RC9000]모의투자에서는 해당업무가 제공되지 않습니다.'))).toMatchObject({
      empty: false,
    })
  })
})
