import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../../../std/virtual-clock.ts'
import type { LiveState, ToScreen } from '../../contract/live.ts'
import { applyPatch } from '../../contract/merge-patch.ts'
import { createCannedLine } from '../testing/canned-line.ts'
import { createHub, type Screen } from './hub.ts'
import { liveStateOf } from './live-state.ts'

const wall = createVirtualClock(1_795_000_000_000)

/** States of a moving trader, one after the other. */
function states(): () => LiveState {
  const line = createCannedLine(wall)
  return () => {
    line.move()
    const shown = line.shown()
    if (!shown) throw new Error('a canned line always shows something')
    return liveStateOf(shown, 'up')
  }
}

function screen(): Screen & { readonly heard: ToScreen[]; stuck: number; wasCut: boolean } {
  const heard: ToScreen[] = []
  return {
    heard,
    stuck: 0,
    wasCut: false,
    send: (text) => heard.push(JSON.parse(text)),
    waiting() {
      return this.stuck
    },
    cut() {
      this.wasCut = true
    },
  }
}

const hub = () => createHub({ wall, stream: 's1' })

/** What a screen that follows the protocol has on its glass. */
function seen(heard: readonly ToScreen[]): LiveState | undefined {
  let state: LiveState | undefined
  let seq = -1
  for (const message of heard) {
    if (message.type === 'snapshot') {
      state = message.state
      seq = message.seq
    } else if (message.type === 'patch' && state) {
      expect(message.seq).toBe(seq + 1)
      seq = message.seq
      state = applyPatch(state, message.patch)
    }
  }
  return state
}

describe('the hub', () => {
  it('gives each screen the whole state once and then what changes', () => {
    const [next, live, one] = [states(), hub(), screen()]
    live.show(next())
    live.join(one)
    let last = next()
    live.show(last)
    for (let i = 0; i < 20; i++) {
      last = next()
      live.show(last)
    }
    expect(one.heard.filter(({ type }) => type === 'snapshot')).toHaveLength(1)
    expect(seen(one.heard)).toEqual(last)
    live.close()
  })

  it('lets a screen that was away go on behind the last patch it had', () => {
    const [next, live, one] = [states(), hub(), screen()]
    live.show(next())
    const member = live.join(one)
    live.show(next())
    member.leave()
    const had = one.heard.at(-1)
    if (had?.type !== 'patch') throw new Error('the last message is a patch')
    live.show(next())
    const last = next()
    live.show(last)
    const back = screen()
    live.join(back, { stream: 's1', seq: had.seq })
    expect(back.heard.map(({ type }) => type)).toEqual(['patch', 'patch'])
    expect(seen([...one.heard, ...back.heard])).toEqual(last)
    live.close()
  })

  it('gives the whole state to a screen of another run, or one that was away for too long', () => {
    const [next, live] = [states(), hub()]
    for (let i = 0; i < 300; i++) live.show(next())
    for (const from of [
      { stream: 'other', seq: 299 },
      { stream: 's1', seq: 3 },
      { stream: 's1', seq: 9_999 },
    ]) {
      const back = screen()
      live.join(back, from)
      expect(back.heard.map(({ type }) => type)).toEqual(['snapshot'])
    }
    live.close()
  })

  it('sends a slow screen nothing, and everything once it has caught up, while the others go on', () => {
    const [next, live, slow, quick] = [states(), hub(), screen(), screen()]
    live.show(next())
    live.join(slow)
    live.join(quick)
    slow.stuck = 10_000_000
    for (let i = 0; i < 10; i++) live.show(next())
    expect(slow.heard).toHaveLength(1)
    expect(quick.heard).toHaveLength(11)
    slow.stuck = 0
    const last = next()
    live.show(last)
    expect(slow.heard.at(-1)?.type).toBe('snapshot')
    expect(seen(slow.heard)).toEqual(last)
    live.close()
  })

  it('cuts off a screen that takes nothing for half a minute', () => {
    const [next, live, slow] = [states(), hub(), screen()]
    live.show(next())
    live.join(slow)
    slow.stuck = 10_000_000
    live.show(next())
    wall.advance(29_000)
    live.show(next())
    expect(slow.wasCut).toBe(false)
    wall.advance(2_000)
    live.show(next())
    expect(slow.wasCut).toBe(true)
    live.close()
  })

  it('beats every second, so that silence means a cut line', () => {
    const [live, one] = [hub(), screen()]
    live.join(one)
    wall.advance(5_500)
    expect(one.heard.map(({ type }) => type)).toEqual(Array.from({ length: 5 }, () => 'beat'))
    live.close()
    wall.advance(5_000)
    expect(one.heard).toHaveLength(5)
  })
})
