import { describe, expect, it } from 'vitest'
import { conditionId, type InstrumentId, instrumentId } from '../../model/ids.ts'
import type { Book, MarketEvent } from '../../model/market-event.ts'
import type { Want, WantPriority } from '../../ports/market-feed.ts'
import { failReply, okReply, politeServer, settle } from './testing/fake-network.ts'
import { real } from './testing/frames.ts'
import { at, createHarness, type KiwoomHarness, SAMSUNG } from './testing/harness.ts'
import type { JsonObject } from './wire.ts'

const code = (n: number): InstrumentId => instrumentId(String(100_000 + n))
const want = (priority: WantPriority, from: number, to: number): Want[] =>
  Array.from({ length: to - from }, (_, i) => ({ instrument: code(from + i), priority }))
const started = async (more?: (harness: KiwoomHarness) => void, first = false) => {
  const harness = createHarness('simulated', first)
  more?.(harness)
  await harness.start()
  return harness
}
const items = (frame: JsonObject | undefined) =>
  ((frame?.data ?? []) as { item: string[]; type: string[] }[])[0]?.item ?? []
const row = (id: string, last = '+71500') => ({
  stk_cd: id,
  cur_prc: last,
  sel_bid: '+71500',
  buy_bid: '+71400',
  pri_sel_req: '10',
  pri_buy_req: '20',
})
const answerPolls = (harness: KiwoomHarness) =>
  harness.network.always('ka10095', ({ body }) =>
    okReply({ atn_stk_infr: (body.stk_cd ?? '').split('|').map((id) => row(id.slice(0, 6))) }),
  )
const screens = (events: readonly MarketEvent[]) =>
  events.flatMap((event) =>
    event.kind === 'screen'
      ? `${event.condition} ${event.change} ${event.instrument}${event.initial ? ' initial' : ''}`
      : [],
  )

describe('the feed', () => {
  it('registers the streams before it is live and says so', async () => {
    const { sent, events, feed } = await started()
    expect(sent('REG')).toEqual([
      {
        trnm: 'REG',
        grp_no: '1',
        refresh: '1',
        data: [
          { item: [''], type: ['00', '0s', '1h'] },
          { item: ['001', '101'], type: ['0J'] },
        ],
      },
    ])
    expect(events).toEqual([
      { kind: 'feed', at: at('10:05:00'), receivedAt: at('10:05:00'), state: 'live', detail: '' },
    ])
    expect(feed.health()).toMatchObject({ state: 'live', registered: 0, slots: 95 })
  })

  it('gives out trades and quotes in the order of the frame, several in one', async () => {
    const { network, events, feed } = await started()
    network.line.say({
      data: [
        { type: '0B', item: '005930', values: { '20': '100459', '10': '+71500', '15': '+12', '13': '100' } },
        {
          type: '0D',
          item: '005930',
          values: { '21': '100500', '41': '71600', '61': '1', '51': '71500', '71': '2' },
        },
        { type: '0J', item: '101', values: { '20': '100500', '10': '+901.20', '11': '+1.20' } },
      ],
      trnm: 'REAL',
    })
    expect(events.slice(1).map((event) => event.kind)).toEqual(['trade', 'quote', 'index'])
    expect(feed.health()).toMatchObject({ messages: 4, lastMessageAt: at('10:05:00') })
  })

  it('tells the whole book of what is wanted so, behind its quote, and of nothing else', async () => {
    const { network, events, feed } = await started()
    const books: Book[] = []
    const deaf = feed.onBook?.((book) => void books.push(book))
    feed.want([
      { instrument: SAMSUNG, priority: 'watch', wholeBook: true },
      { instrument: code(1), priority: 'watch' },
    ])
    const values =
      '"21":"100500","41":"+71600","61":"12","42":"71700","62":"30","43":"71800","63":"0","51":"-71500","71":"7","52":"71400","72":"9","291":"0","292":"0","23":"0","24":"0"'
    // As the server writes them: the fast path would take them.
    const say = (item: string) =>
      network.line.say(
        `{"trnm":"REAL","data":[{"type":"0D","name":"주식호가잔량","item":"${item}","values":{${values}}}]}`,
      )
    say(SAMSUNG)
    say(code(1))
    expect(events.filter(({ kind }) => kind === 'quote')).toHaveLength(2)
    expect(books).toMatchObject([
      {
        instrument: SAMSUNG,
        at: at('10:05:00'),
        asks: [
          { price: 71_600, quantity: 12 },
          { price: 71_700, quantity: 30 },
        ],
        bids: [
          { price: 71_500, quantity: 7 },
          { price: 71_400, quantity: 9 },
        ],
      },
    ])
    feed.want([{ instrument: SAMSUNG, priority: 'watch' }])
    say(SAMSUNG)
    expect(books).toHaveLength(1)
    feed.want([{ instrument: SAMSUNG, priority: 'watch', wholeBook: true }])
    deaf?.()
    say(SAMSUNG)
    expect(books).toHaveLength(1)
  })

  it('says a session phase once, however often it is counted down', async () => {
    const { network, events } = await started()
    for (const left of ['000500', '000400'])
      network.line.say(real('0s', '', { '215': '0', '20': '085500', '214': left }))
    network.line.say(real('0s', '', { '215': '3', '20': '090000', '214': '000000' }))
    expect(events.slice(1)).toMatchObject([{ phase: 'openingCall' }, { phase: 'continuous' }])
  })

  it('survives frames it cannot read', async () => {
    const { network, events, log } = await started()
    network.line.say(
      '{"trnm":"REAL","data":[null,{"type":"0B"},{"type":"0B","item":"005930","values":{"10":"x"}}]}',
    )
    network.line.say('{"trnm":"REAL"}')
    expect(events).toHaveLength(1)
    expect(log).toHaveLength(2)
  })
})

describe('realtime slots', () => {
  it('are registered with trade and book, and looked at once by REST', async () => {
    const harness = await started(answerPolls)
    harness.feed.want(want('candidate', 0, 3))
    await harness.run(500)
    expect(harness.sent('REG').at(-1)).toEqual({
      trnm: 'REG',
      grp_no: '2',
      refresh: '1',
      data: [{ item: [code(0), code(1), code(2)], type: ['0B', '0D'] }],
    })
    await harness.run(2_000)
    expect(harness.network.of('ka10095').at(-1)?.body.stk_cd?.split('|').sort()).toEqual([
      code(0),
      code(1),
      code(2),
    ])
    const polls = harness.network.of('ka10095').length
    await harness.run(10_000)
    expect(harness.network.of('ka10095')).toHaveLength(polls)
    expect(harness.feed.health()).toMatchObject({ registered: 3, polled: 0 })
  })

  it('get a second word by REST twice a minute where a stop hangs on the price', async () => {
    const harness = await started(answerPolls)
    harness.feed.want([...want('position', 0, 2), ...want('candidate', 2, 4)])
    await harness.run(20_000)
    const polls = harness.network.of('ka10095').length
    // Wants change all day long, and that puts no check off.
    for (let i = 0; i < 14; i++) {
      harness.feed.want([...want('position', 0, 2), ...want('candidate', 2, 4 + i)])
      await harness.run(5_000)
    }
    const checks = harness.network
      .of('ka10095')
      .slice(polls)
      .filter(({ body }) => body.stk_cd?.startsWith(`${code(0)}|${code(1)}`))
    expect(checks.length).toBeGreaterThanOrEqual(2)
    expect(checks.length).toBeLessThanOrEqual(3)
  })

  it('are looked at again when that one look fails', async () => {
    const harness = await started(answerPolls)
    harness.network.script('ka10095', { status: 503, headers: {}, body: '' })
    harness.feed.want(want('candidate', 0, 1))
    await harness.run(4_000)
    expect(harness.network.of('ka10095').map(({ body }) => body.stk_cd)).toEqual([code(0), code(0)])
    expect(harness.events.at(-1)).toMatchObject({ kind: 'quote', instrument: code(0), last: 71_500 })
  })

  it('are 95; the rest is polled at most once a second, 100 codes at a time', async () => {
    const harness = await started(answerPolls)
    harness.feed.want([...want('position', 0, 10), ...want('watch', 10, 300)])
    await harness.run(3_000)
    expect(harness.feed.health()).toMatchObject({ registered: 95, polled: 205, slots: 95 })
    const before = harness.network.of('ka10095').length
    await harness.run(10_000)
    const polls = harness.network.of('ka10095').slice(before)
    expect(polls.length).toBeGreaterThan(2)
    expect(polls.length).toBeLessThanOrEqual(10)
    for (const { body } of polls) expect(body.stk_cd?.split('|').length).toBeLessThanOrEqual(100)
    const seen = new Set(polls.flatMap(({ body }) => body.stk_cd?.split('|') ?? []))
    expect(seen.size).toBe(205)
    expect(harness.events.filter((event) => event.kind === 'trade')).toEqual([])
    expect(harness.events.filter((event) => event.kind === 'quote').at(-1)).toMatchObject({
      last: 71_500,
      bid: 71_400,
    })
  })

  it('are spelled for the venue whose prices are wanted, and registered anew when that changes', async () => {
    const harness = await started(answerPolls)
    const board = (...boards: (Want['board'] | undefined)[]): Want[] =>
      boards.map((each, i) => ({ instrument: code(i), priority: 'position', ...(each && { board: each }) }))
    harness.feed.want(board(undefined, 'NXT', 'SOR'))
    await harness.run(1_500)
    expect(items(harness.sent('REG').at(-1))).toEqual([code(0), `${code(1)}_NX`, `${code(2)}_AL`])
    const polled = harness.network.of('ka10095').at(-1)?.body.stk_cd?.split('|')
    expect(polled?.sort()).toEqual([code(0), `${code(1)}_NX`, `${code(2)}_AL`])
    // Answers may leave the suffix out: the board is the one that was asked for.
    const venues = harness.events.flatMap((event) => (event.kind === 'quote' ? [event.venue] : []))
    expect(new Set(venues)).toEqual(new Set(['KRX', 'NXT', 'SOR']))
    harness.network.line.sent.length = 0
    harness.feed.want(board(undefined, undefined, 'SOR'))
    await harness.run(1_500)
    const frames = harness.network.line.sent
    expect(frames.map((frame) => [frame.trnm, items(frame)])).toEqual([
      ['REMOVE', [`${code(1)}_NX`]],
      ['REG', [code(1)]],
    ])
  })

  it('make room for a position: REMOVE first, then REG', async () => {
    const harness = await started(answerPolls)
    harness.feed.want(want('watch', 0, 95))
    await harness.run(500)
    harness.network.line.sent.length = 0
    harness.feed.want([...want('watch', 0, 95), ...want('position', 200, 201)])
    await harness.run(1_000)
    const frames = harness.network.line.sent
    expect(frames.map((frame) => frame.trnm)).toEqual(['REMOVE', 'REG'])
    expect(items(frames[0])).toHaveLength(1)
    expect(items(frames[1])).toEqual([code(200)])
  })

  it('stay for 30 s after nobody wants them', async () => {
    const harness = await started(answerPolls)
    harness.feed.want(want('watch', 0, 2))
    await harness.run(500)
    harness.feed.want(want('watch', 0, 1))
    await harness.run(29_000)
    expect(harness.sent('REMOVE')).toEqual([])
    await harness.run(2_000)
    expect(items(harness.sent('REMOVE')[0])).toEqual([code(1)])
  })

  it('are all made anew when the line broke while it registered', async () => {
    const harness = await started(answerPolls)
    harness.feed.want(want('position', 0, 4))
    await harness.run(1_000)
    const breaking = harness.network.lines.length + 1
    harness.network.onFrame = (frame, line) => {
      if (harness.network.lines.length !== breaking || frame.trnm !== 'REG' || frame.grp_no !== '2')
        return politeServer(frame)
      // The batch is refused, its first half taken, and then the line breaks.
      if (items(frame).length === 4) return { trnm: 'REG', return_code: 1, return_msg: '오류' }
      if (items(frame)[0] === code(0)) return politeServer(frame)
      line.close()
      return undefined
    }
    await harness.reconnect()
    await harness.run(10_000)
    expect(harness.network.lines).toHaveLength(breaking + 1)
    const there = harness.sent('REG').filter((frame) => frame.grp_no === '2')
    expect(new Set(there.flatMap(items))).toEqual(new Set([code(0), code(1), code(2), code(3)]))
  })

  it('find the one instrument the server refuses, poll it, and keep the others', async () => {
    const harness = await started(answerPolls)
    harness.network.onFrame = (frame) =>
      frame.trnm === 'REG' && items(frame).includes(code(5))
        ? { trnm: 'REG', return_code: 1, return_msg: '종목코드 오류' }
        : politeServer(frame)
    harness.feed.want(want('position', 0, 8))
    await harness.run(5_000)
    expect(harness.feed.health()).toMatchObject({ registered: 7, polled: 1, slots: 95 })
    expect(harness.network.of('ka10095').at(-1)?.body.stk_cd).toBe(code(5))
  })

  it('learn a lower limit from the server and give the places to the positions', async () => {
    const harness = await started(answerPolls)
    const there = new Set<string>()
    harness.network.onFrame = (frame) => {
      if (frame.trnm === 'REMOVE') for (const item of items(frame)) there.delete(item)
      if (frame.trnm !== 'REG' || frame.grp_no !== '2') return politeServer(frame)
      if (there.size + items(frame).length > 60)
        return { trnm: 'REG', return_code: 1, return_msg: '등록 개수 초과' }
      for (const item of items(frame)) there.add(item)
      return politeServer(frame)
    }
    harness.feed.want([...want('watch', 0, 90), ...want('position', 100, 105)])
    await harness.run(10_000)
    expect(harness.feed.health()).toMatchObject({ slots: 60, registered: 60 })
    for (const position of want('position', 100, 105)) expect(there.has(position.instrument)).toBe(true)
    harness.feed.want([...want('watch', 0, 90), ...want('position', 100, 106)])
    await harness.run(3_000)
    expect(there.has(code(105))).toBe(true)
  })

  it('are polled while the line stands but says nothing, until it speaks again', async () => {
    const harness = await started(answerPolls)
    harness.feed.want(want('position', 0, 3))
    await harness.run(3_000)
    const before = harness.network.of('ka10095').length
    harness.wall.advance(26_000)
    await harness.run(3_000)
    const quiet = harness.network.of('ka10095').length
    expect(quiet).toBeGreaterThanOrEqual(before + 2)
    expect(harness.feed.health()).toMatchObject({ state: 'live', registered: 3, polled: 3 })
    harness.network.line.say({ trnm: 'PING' })
    await harness.run(10_000)
    expect(harness.network.of('ka10095').length).toBeLessThanOrEqual(quiet + 1)
  })

  it('are all polled while the line is down, positions in every round, and come back with it', async () => {
    const harness = await started(answerPolls)
    harness.feed.want([...want('watch', 0, 150), ...want('position', 200, 202)])
    await harness.run(2_000)
    harness.network.autoOpen = false
    harness.network.line.close(1006, 'reset')
    expect(harness.events.at(-1)).toMatchObject({
      kind: 'feed',
      state: 'down',
      detail: expect.stringContaining('1006'),
    })
    const before = harness.network.of('ka10095').length
    await harness.run(6_000)
    const polls = harness.network.of('ka10095').slice(before + 1)
    expect(polls.length).toBeGreaterThanOrEqual(3)
    for (const { body } of polls) expect(body.stk_cd).toContain(code(201))
    harness.network.autoOpen = true
    await harness.run(30_000)
    expect(harness.feed.health()).toMatchObject({ state: 'live', registered: 95, polled: 57 })
    expect(harness.events.filter((event) => event.kind === 'feed').map((event) => event.state)).toEqual([
      'live',
      'down',
      'live',
    ])
  })

  it('are registered again before the feed calls itself live', async () => {
    const harness = await started(answerPolls)
    harness.feed.want(want('position', 0, 2))
    await harness.run(1_000)
    const seen: string[] = []
    harness.network.onFrame = (frame) => {
      seen.push(`${frame.trnm} ${harness.feed.health().state}`)
      return politeServer(frame)
    }
    await harness.reconnect()
    await harness.run(500)
    expect(seen.slice(0, 4)).toEqual([
      'LOGIN connecting',
      'CNSRLST connecting',
      'REG connecting',
      'REG connecting',
    ])
    expect(harness.feed.health()).toMatchObject({ state: 'live', registered: 2 })
  })
})

describe('descriptions', () => {
  const listing = {
    code: '005930',
    name: '삼성전자',
    state: '증거금20%',
    auditInfo: '정상',
    lastPrice: '00071000',
    marketCode: '0',
  }
  const basics = {
    stk_cd: '005930',
    stk_nm: '삼성전자',
    base_pric: '71000',
    upl_pric: '+92300',
    lst_pric: '-49700',
    cur_prc: '+71500',
  }
  const answer = ({ network }: KiwoomHarness) => {
    network.always('ka10001', () => okReply(basics))
    network.always('ka10100', () => okReply(listing))
  }
  const answers = ({ events }: KiwoomHarness) =>
    events.filter((event) => event.kind.startsWith('description'))

  it('merge basics and listing, and ask for the listing once a day', async () => {
    const harness = await started(answer)
    harness.feed.describe(SAMSUNG)
    harness.feed.describe(SAMSUNG)
    await harness.run(500)
    expect(answers(harness)).toMatchObject([
      { kind: 'description', basePrice: 71_000, band: { upper: 92_300 } },
    ])
    harness.feed.describe(SAMSUNG)
    await harness.run(3_000)
    expect(answers(harness)).toHaveLength(2)
    expect(harness.network.of('ka10100')).toHaveLength(1)
    harness.wall.advance(60_000)
    harness.clock.advance(86_400_000)
    await harness.run(5_000)
    harness.feed.describe(SAMSUNG)
    await harness.run(3_000)
    expect(harness.network.of('ka10100')).toHaveLength(2)
  })

  it.each([
    ['an unknown code', 'ka10001', failReply(1, '오류[1902:종목 정보가 없습니다]'), 'noSuchInstrument'],
    ['an unknown listing', 'ka10100', failReply(1, '오류[1902:종목 정보가 없습니다]'), 'noSuchInstrument'],
    ['a blank listing', 'ka10100', okReply({}), 'noSuchInstrument'],
    ['a blank answer', 'ka10001', okReply({}), 'unknownInstrument'],
    ['another instrument', 'ka10100', okReply({ ...listing, code: '000660' }), 'unknownInstrument'],
    ['server trouble', 'ka10100', { status: 503, headers: {}, body: '' }, 'http503'],
  ])('fail with a code for %s', async (_, api, reply, failure) => {
    const harness = await started(answer)
    harness.network.script(api, reply)
    harness.feed.describe(SAMSUNG)
    await harness.run(500)
    expect(answers(harness)).toMatchObject([
      { kind: 'descriptionFailed', instrument: SAMSUNG, code: failure },
    ])
  })

  it('know every listing beforehand when that was asked for', async () => {
    const harness = await started((parts) => {
      answer(parts)
      parts.network.always('ka10099', ({ body }) => okReply({ list: body.mrkt_tp === '0' ? [listing] : [] }))
    }, true)
    await harness.run(1_000)
    harness.feed.describe(SAMSUNG)
    await harness.run(500)
    expect(answers(harness)).toMatchObject([{ kind: 'description' }])
    expect(harness.network.of('ka10100')).toEqual([])
  })
})

describe('conditions', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, i) => conditionId(String(i)))
  const hits = (...codes: string[]) => codes.map((jmcode) => ({ jmcode: `A${jmcode}` }))
  const rows = (...codes: string[]) => codes.map((id) => ({ '9001': `A${id}`, '10': '000071500' }))
  const event = (seq: string, id: string, change: 'I' | 'D') =>
    real('02', id, { '841': `${seq}  `, '9001': id, '843': change, '20': '100501', '907': '2' })

  it('are listed by number and name', async () => {
    const { feed } = await started()
    expect(await feed.conditions()).toEqual({
      ok: true,
      value: [
        { id: '0', name: '조건A' },
        { id: '1', name: '조건B' },
      ],
    })
  })

  it('report the hits they had as initial and later ones as they come', async () => {
    const harness = await started(({ network }) => {
      network.onFrame = (frame) =>
        frame.trnm === 'CNSRREQ'
          ? { trnm: 'CNSRREQ', seq: '1  ', return_code: 0, data: hits('005930', '123450') }
          : politeServer(frame)
    })
    harness.feed.follow([conditionId('1')])
    await harness.run(250)
    harness.network.line.say(event('1', '000660', 'I'))
    harness.network.line.say(event('1', '005930', 'D'))
    harness.network.line.say(event('7', '005930', 'I'))
    expect(harness.sent('CNSRREQ')).toEqual([{ trnm: 'CNSRREQ', seq: '1', search_type: '1', stex_tp: 'K' }])
    expect(screens(harness.events)).toEqual([
      '1 enter 005930 initial',
      '1 enter 123450 initial',
      '1 enter 000660',
      '1 leave 005930',
    ])
    expect(harness.events.at(-1)).toMatchObject({ at: at('10:05:01') })
  })

  it('follow ten in real time and search the others once a minute, saying the difference', async () => {
    let members = ['005930', '000660']
    const harness = await started(({ network }) => {
      network.onFrame = (frame) =>
        frame.trnm === 'CNSRREQ' && frame.search_type === '0'
          ? {
              trnm: 'CNSRREQ',
              seq: frame.seq,
              cont_yn: 'N',
              next_key: '',
              return_code: 0,
              data: rows(...members),
            }
          : politeServer(frame)
    })
    harness.feed.follow(ids(11))
    await harness.run(5_000)
    const requests = harness.sent('CNSRREQ')
    expect(requests.filter((frame) => frame.search_type === '1').map((frame) => frame.seq)).toEqual(ids(10))
    expect(requests.filter((frame) => frame.search_type === '0').map((frame) => frame.seq)).toEqual(['10'])
    expect(screens(harness.events)).toEqual(['10 enter 005930 initial', '10 enter 000660 initial'])
    members = ['000660', '123450']
    await harness.run(50_000)
    expect(screens(harness.events)).toHaveLength(2)
    await harness.run(15_000)
    expect(screens(harness.events).slice(2)).toEqual(['10 leave 005930', '10 enter 123450'])
  })

  it('read a long search page by page', async () => {
    const harness = await started(({ network }) => {
      network.onFrame = (frame) => {
        if (frame.trnm !== 'CNSRREQ' || frame.search_type !== '0') return politeServer(frame)
        const base = { trnm: 'CNSRREQ', seq: frame.seq, return_code: 0 }
        return frame.cont_yn === 'Y'
          ? { ...base, cont_yn: 'N', next_key: '', data: rows('000660') }
          : { ...base, cont_yn: 'Y', next_key: 'p2', data: rows('005930') }
      }
    })
    harness.feed.follow(ids(11))
    await harness.run(5_000)
    expect(screens(harness.events)).toEqual(['10 enter 005930 initial', '10 enter 000660 initial'])
    expect(harness.sent('CNSRREQ').at(-1)).toMatchObject({ cont_yn: 'Y', next_key: 'p2' })
  })

  it('are cleared when they are not followed any more, and take the next one in', async () => {
    const harness = await started()
    harness.feed.follow(ids(11))
    await harness.run(5_000)
    harness.network.line.sent.length = 0
    harness.feed.follow(ids(11).slice(1))
    await harness.run(2_000)
    expect(harness.network.line.sent).toEqual([
      { trnm: 'CNSRCLR', seq: '0' },
      { trnm: 'CNSRREQ', seq: '10', search_type: '1', stex_tp: 'K' },
    ])
    harness.network.line.say(event('0', '005930', 'I'))
    expect(screens(harness.events)).toEqual([])
  })

  it('that are not answered are cleared and asked for once more, then after a minute', async () => {
    let answers = false
    const harness = await started(({ network }) => {
      network.onFrame = (frame) => (frame.trnm === 'CNSRREQ' && !answers ? undefined : politeServer(frame))
    })
    harness.feed.follow([conditionId('1')])
    await harness.run(15_500)
    expect(harness.network.line.sent.slice(3).map((frame) => frame.trnm)).toEqual([
      'CNSRREQ',
      'CNSRCLR',
      'CNSRREQ',
    ])
    await harness.run(15_000)
    answers = true
    await harness.run(61_000)
    expect(harness.sent('CNSRREQ')).toHaveLength(3)
    await harness.run(120_000)
    expect(harness.sent('CNSRREQ')).toHaveLength(3)
  })

  it('come back with the line: only what changed meanwhile is said', async () => {
    let members = ['005930', '000660']
    const harness = await started(({ network }) => {
      network.onFrame = (frame) =>
        frame.trnm === 'CNSRREQ'
          ? { trnm: 'CNSRREQ', seq: frame.seq, return_code: 0, data: hits(...members) }
          : politeServer(frame)
    })
    harness.feed.follow([conditionId('1')])
    await harness.run(250)
    members = ['000660', '123450']
    await harness.reconnect()
    await harness.run(500)
    expect(screens(harness.events).slice(2)).toEqual(['1 leave 005930', '1 enter 123450 initial'])
  })

  it('believe an event that overtakes the list more than the list', async () => {
    const harness = await started(({ network }) => {
      network.onFrame = (frame) => (frame.trnm === 'CNSRREQ' ? undefined : politeServer(frame))
    })
    harness.feed.follow([conditionId('1')])
    await settle()
    harness.network.line.say(event('1', '005930', 'I'))
    harness.network.line.say(event('1', '000660', 'D'))
    harness.network.line.say({ trnm: 'CNSRREQ', seq: '1', return_code: 0, data: hits('000660', '123450') })
    await settle()
    expect(screens(harness.events)).toEqual(['1 enter 005930', '1 leave 000660', '1 enter 123450 initial'])
  })

  it('take an absent list for no hits', async () => {
    const harness = await started(({ network }) => {
      network.onFrame = (frame) =>
        frame.trnm === 'CNSRREQ'
          ? { trnm: 'CNSRREQ', seq: '1', return_code: 0, data: null }
          : politeServer(frame)
    })
    harness.feed.follow([conditionId('1')])
    await harness.run(500)
    expect(screens(harness.events)).toEqual([])
    expect(harness.sent('CNSRREQ')).toHaveLength(1)
  })
})
