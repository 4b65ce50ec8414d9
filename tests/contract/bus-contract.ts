import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bus, PeerNotice, Question, Topic } from '../../src/ports/bus.ts'
import { createRecorder, eventually } from './recorder.ts'

/** Three peers of one bus, each by its own end, and how one of them dies. */
export interface BusStand {
  /** `a` and `b` are in the hands of the test; `c` answers what it is asked (see `busPeer`). */
  readonly a: Bus
  readonly b: Bus
  /** `c` ends without a word; resolves when the system has seen it. */
  kill(): Promise<void>
  /** The middle is gone. */
  cut(): void
  close(): Promise<void>
}

const text = (body: unknown): string | undefined => (typeof body === 'string' ? body : undefined)
const numbers = (body: unknown): readonly number[] | undefined =>
  Array.isArray(body) && body.every((each): each is number => typeof each === 'number') ? body : undefined

const NEWS: Topic<string> = { name: 'news', read: text }
const OTHER: Topic<string> = { name: 'other', read: text }
/** The same name with another idea of its content: what a wrong version would send. */
const WRONG_NEWS: Topic<number> = {
  name: 'news',
  read: (body) => (typeof body === 'number' ? body : undefined),
}
/** The newest number counts. */
export const PRICES: Topic<readonly number[]> = {
  name: 'prices',
  read: numbers,
  conflate: (_, later) => later,
}
const ECHO: Question<string, string> = { name: 'echo', readQuestion: text, readAnswer: text }
const SILENCE: Question<string, string> = { name: 'silence', readQuestion: text, readAnswer: text }
const NOBODY: Question<string, string> = { name: 'nobody', readQuestion: text, readAnswer: text }
const WRONG_ECHO: Question<string, number> = {
  name: 'echo',
  readQuestion: text,
  readAnswer: (body) => (typeof body === 'number' ? body : undefined),
}

/** What the third peer does, in whatever process it lives. */
export function busPeer(bus: Bus): void {
  bus.answer(ECHO, async (question) => {
    if (question === 'throw') throw new Error('no echo today')
    return question
  })
  bus.answer(SILENCE, () => new Promise(() => undefined))
  bus.ready()
}

const MANY = 3_000

/** What every bus promises, whatever carries it. */
export function busContract(name: string, open: () => Promise<BusStand>): void {
  describe(`the bus ${name}`, () => {
    let stand: BusStand
    const begin = async () => {
      stand = await open()
      await eventually('the third peer is up', () => stand.a.peer('c') === 'up' || undefined)
    }
    // A process takes its time to begin: one serves all but those that end it.
    beforeAll(begin)
    afterAll(() => stand.close())

    it('brings messages in the order they were sent, to those who listen', async () => {
      const heard = createRecorder<string>()
      stand.b.subscribe(NEWS, heard.sink)
      await settled(stand)
      for (let i = 0; i < MANY; i++) {
        stand.a.publish(NEWS, String(i))
        stand.a.publish(OTHER, 'not for you')
      }
      await heard.until('the last', (told) => told === String(MANY - 1))
      expect(heard.heard).toEqual(Array.from({ length: MANY }, (_, i) => String(i)))
    })

    it('lets the newest stand for what a slow reader has not read, where that is allowed', async () => {
      const heard: (readonly number[])[] = []
      stand.b.subscribe(PRICES, (prices) => heard.push(prices))
      await settled(stand)
      for (let i = 1; i <= MANY; i++) stand.a.publish(PRICES, [i])
      await eventually('the newest', () => heard.at(-1)?.[0] === MANY || undefined)
      expect(heard.length).toBeLessThan(MANY)
      expect(heard.map(([price]) => price)).toEqual(
        [...heard.map(([price]) => price)].sort((x, y) => Number(x) - Number(y)),
      )
    })

    it('leaves out what its reader cannot read, and goes on', async () => {
      const heard = createRecorder<string>()
      stand.b.subscribe(NEWS, heard.sink)
      await settled(stand)
      stand.a.publish(WRONG_NEWS, 7)
      stand.a.publish(NEWS, 'readable')
      await heard.until('the readable one', (told) => told === 'readable')
      expect(heard.heard).toEqual(['readable'])
    })

    it('answers a question by the one who can', async () => {
      const answers = await Promise.all(['x', 'y', 'z'].map((word) => stand.a.ask(ECHO, word, 5_000)))
      expect(answers).toEqual(['x', 'y', 'z'].map((value) => ({ ok: true, value })))
    })

    it('says that a question nobody answers never left', async () => {
      expect(await stand.a.ask(NOBODY, 'x', 5_000)).toMatchObject({ ok: false, error: { kind: 'notSent' } })
    })

    it('gives a question up when its time is over', async () => {
      expect(await stand.a.ask(SILENCE, 'x', 50)).toMatchObject({ ok: false, error: { kind: 'unanswered' } })
    })

    it.each([
      ['a question that cannot be answered', () => stand.a.ask(ECHO, 'throw', 5_000)],
      ['an answer that cannot be read', () => stand.a.ask(WRONG_ECHO, 'x', 5_000)],
    ])('refuses %s', async (_, ask) => {
      expect(await ask()).toMatchObject({ ok: false, error: { kind: 'refused' } })
    })

    it('says of a peer that dies that it is down, and of its questions that they are gone', async () => {
      const notices = createRecorder<PeerNotice>()
      stand.a.onPeer(notices.sink)
      const asked = stand.a.ask(SILENCE, 'x', 20_000)
      await settled(stand)
      await stand.kill()
      expect(await asked).toMatchObject({ ok: false, error: { kind: 'gone' } })
      await notices.until('c is down', ({ peer, state }) => peer === 'c' && state === 'down')
      expect(stand.a.peer('c')).toBe('down')
      expect(await stand.a.ask(ECHO, 'x', 5_000)).toMatchObject({ ok: false, error: { kind: 'notSent' } })
    })

    it('begins anew with a peer of the same name', async () => {
      await stand.close()
      await begin()
      expect(await stand.a.ask(ECHO, 'again', 5_000)).toEqual({ ok: true, value: 'again' })
    })

    it('tells when the way is cut: what was asked may still be done, what is asked then never leaves', async () => {
      const asked = stand.a.ask(SILENCE, 'x', 20_000)
      await settled(stand)
      const cut = new Promise((resolve) => stand.a.onCut(resolve))
      stand.cut()
      await cut
      expect(await asked).toMatchObject({ ok: false, error: { kind: 'unanswered' } })
      expect(stand.a.peer('c')).not.toBe('up')
      expect(await stand.a.ask(ECHO, 'x', 5_000)).toMatchObject({ ok: false, error: { kind: 'notSent' } })
    })
  })
}

/** Whatever was sent before has reached the middle: a question goes the same way. */
const settled = async (stand: BusStand) => {
  await stand.a.ask(ECHO, 'settled', 5_000)
  await stand.b.ask(ECHO, 'settled', 5_000)
}
