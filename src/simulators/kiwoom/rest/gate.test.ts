import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APIS } from '../api-index.ts'
import { KEY, openStand, SECRET, type Stand } from '../testing/stand.ts'

describe('the REST gate', () => {
  let stand: Stand
  let bearer: string
  const QUOTE = '/api/dostk/stkinfo'

  beforeAll(async () => {
    stand = await openStand({ at: '08:31', marketSize: 3 })
    bearer = `Bearer ${await stand.token()}`
  })
  afterAll(() => stand.close())

  it('hands out the same token with the same expiry while it lives, 24 hours ahead in Korean time', async () => {
    const ask = () =>
      stand.post('/oauth2/token', {
        grant_type: 'client_credentials',
        appkey: KEY,
        secretkey: SECRET,
      })
    const [first, second] = [await ask(), await ask()]
    expect(Object.keys(first.body)).toEqual([
      'expires_dt',
      'token_type',
      'token',
      'return_code',
      'return_msg',
    ])
    expect(first.body).toMatchObject({ token_type: 'bearer', return_code: 0 })
    expect(second.body).toEqual(first.body)
    const text = String(first.body.expires_dt)
    expect(text).toMatch(/^\d{14}$/)
    const iso = text.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6+09:00')
    expect(Math.abs(Date.parse(iso) - Date.now() - 86_400_000)).toBeLessThan(60_000)
  })

  it.each([
    ['no grant type', { appkey: KEY, secretkey: SECRET }, 3, '8011'],
    ['another grant type', { grant_type: 'x', appkey: KEY, secretkey: SECRET }, 3, '8012'],
    ['no secret', { grant_type: 'client_credentials', appkey: KEY }, 2, '8020'],
    ['a wrong secret', { grant_type: 'client_credentials', appkey: KEY, secretkey: 'x' }, 3, '8001'],
  ])('refuses a token for %s without a token key', async (_, body, code, inner) => {
    const answer = await stand.post('/oauth2/token', body)
    expect(answer.status).toBe(200)
    expect(answer.body.return_code).toBe(code)
    expect(answer.body.return_msg).toContain(`[${inner}:`)
    expect(answer.body).not.toHaveProperty('token')
  })

  it.each([
    ['no api-id', QUOTE, {}, 2, '1501'],
    ['an id that does not exist', QUOTE, { 'api-id': 'ka99999' }, 1, '1505'],
    ['an id of another path', '/api/dostk/rkinfo', { 'api-id': 'ka10001' }, 1, '1504'],
    ['no authorization', QUOTE, { 'api-id': 'ka10001' }, 2, '1513'],
    ['too many words', QUOTE, { 'api-id': 'ka10001', authorization: 'Bearer a b' }, 2, '1514'],
    ['another grant', QUOTE, { 'api-id': 'ka10001', authorization: 'bearer abc' }, 2, '1515'],
    ['no token', QUOTE, { 'api-id': 'ka10001', authorization: 'Bearer' }, 2, '1516'],
    ['garbage', QUOTE, { 'api-id': 'ka10001', authorization: 'Bearer abc' }, 3, '8005'],
    ['a mock token', QUOTE, { 'api-id': 'ka10001', authorization: 'Bearer SM-abc' }, 3, '8031'],
  ])('answers %s in the order of the checks', async (_, path, headers, code, inner) => {
    const answer = await stand.post(path, {}, headers as Record<string, string>)
    expect(answer.status).toBe(200)
    expect(answer.body.return_code).toBe(code)
    expect(answer.body.return_msg).toContain(`[${inner}:`)
  })

  it('writes the texts as recorded', async () => {
    const headers = { 'api-id': 'ka10025' }
    const path = await stand.post('/api/dostk/rkinfo', {}, headers)
    expect(path.body.return_msg).toBe(
      '잘못된 요청입니다[1504:해당 URI에서는 지원하는 API ID가 아닙니다. API ID=ka10025, URI=/api/dostk/rkinfo]',
    )
    const token = await stand.post(QUOTE, {}, { 'api-id': 'ka10001', authorization: 'Bearer x' })
    expect(token.body.return_msg).toBe('인증에 실패했습니다[8005:Token이 유효하지 않습니다]')
    const field = await stand.call('ka10001', {})
    expect(field.body.return_msg).toBe(
      '입력 값 오류입니다[1511:필수 입력 값에 값이 존재하지 않습니다. 필수입력 파라미터=stk_cd]',
    )
  })

  it('does not know other paths and asks for POST', async () => {
    expect((await stand.post('/api/dostk/nothing', {})).status).toBe(404)
    expect((await fetch(`${stand.server.restUrl}${QUOTE}`)).status).toBe(405)
  })

  it('names the first missing field, and a number where text belongs', async () => {
    const missing = await stand.call('kt00018', { dmst_stex_tp: 'KRX' })
    expect(missing.body).toMatchObject({ return_code: 2 })
    expect(missing.body.return_msg).toContain('필수입력 파라미터=qry_tp')
    const number = await stand.call('kt00018', { qry_tp: 1, dmst_stex_tp: 'KRX' })
    expect(number.body.return_msg).toContain('[1517:')
    expect(number.body.return_msg).toContain('파라미터=qry_tp')
  })

  it('refuses the third call of one API in a second with 429, and the sixth query of all', async () => {
    stand.run(10_000)
    const ask = (id: string) => stand.post(QUOTE, { stk_cd: 'X' }, { 'api-id': id, authorization: bearer })
    const statuses = [await ask('ka10001'), await ask('ka10001'), await ask('ka10001')]
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(statuses[2]?.body).toEqual({
      return_code: 5,
      return_msg:
        '허용된 요청 개수를 초과하였습니다[1700:허용된 요청 개수를 초과하였습니다. 유량=5, API ID=ka10001]',
    })
    const others = [await ask('ka10003'), await ask('ka10003'), await ask('ka10100'), await ask('ka10095')]
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200, 429])
    stand.run(1_000)
    expect((await ask('ka10001')).status).toBe(200)
  })

  it('echoes the api-id and ends a list without a cursor', async () => {
    const { headers } = await stand.call('ka10099', { mrkt_tp: '0' })
    expect(headers.get('api-id')).toBe('ka10099')
    expect(headers.get('cont-yn')).toBe('N')
    expect(headers.get('next-key')).toBe('')
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8')
  })

  it('does not know a token after it was revoked, and makes a new one', async () => {
    const token = await stand.token()
    const revoked = await stand.post('/oauth2/revoke', { appkey: KEY, secretkey: SECRET, token })
    expect(revoked.body).toEqual({ return_code: 0, return_msg: '정상적으로 처리되었습니다' })
    const headers = { 'api-id': 'ka00001', authorization: `Bearer ${token}` }
    const after = await stand.post('/api/dostk/acnt', {}, headers)
    expect(after.body.return_msg).toContain('[8005:')
    expect(await stand.token()).not.toBe(token)
  })
})

describe('the mock host', () => {
  let stand: Stand
  beforeAll(async () => {
    stand = await openStand({ at: '08:31', marketSize: 3, profile: 'mock' })
  })
  afterAll(() => stand.close())

  it('serves one query a second', async () => {
    const authorization = `Bearer ${await stand.token()}`
    stand.run(5_000)
    const ask = () => stand.post('/api/dostk/acnt', {}, { 'api-id': 'ka00001', authorization })
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 429])
  })

  it.each([
    ['kt00015', 20, 'RC9000'],
    ['kt10006', 1, '8104'],
  ])('does not offer %s', async (id, code, inner) => {
    stand.run(2_000)
    const answer = await stand.post(
      APIS.get(id)?.path ?? '',
      {},
      { 'api-id': id, authorization: `Bearer ${await stand.token()}` },
    )
    expect(answer.body.return_code).toBe(code)
    expect(answer.body.return_msg).toContain(inner)
  })

  it('takes a value that names what every object has for one it does not know', async () => {
    const asked = { mmcm_cd: '1', mrkt_tp: '1', qty_tp: '1', stex_tp: '1' }
    const unknown = await stand.call('ka10052', { ...asked, pric_tp: 'x' })
    for (const name of ['__proto__', 'constructor']) {
      const answer = await stand.call('ka10052', JSON.parse(JSON.stringify({ ...asked, pric_tp: name })))
      expect(answer.body.return_code).toBe(unknown.body.return_code)
    }
  })
})
