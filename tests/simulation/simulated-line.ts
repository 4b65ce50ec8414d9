import type { SocketHandlers, SocketLine } from '../../src/ports/network.ts'
import type { KiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'
import type { Clock } from '../../src/std/clock.ts'
import type { FrameFault } from './faults.ts'

/** One WebSocket with two ends, of which the process holds one. */
export interface SimulatedLine extends SocketLine {
  /** From now on nothing arrives at either end, and neither is told. */
  halfOpen(): void
}

export function createSimulatedLine(parts: {
  readonly core: KiwoomSimulator
  readonly world: Clock
  /** The process's: what is on its way to a dead process arrives nowhere. */
  readonly own: Clock
  readonly handlers: SocketHandlers
  readonly latency: () => number
  readonly strike: (text: string) => FrameFault | undefined
  readonly note: (text: string) => void
  readonly outage: () => 'none' | 'refused' | 'silent'
  readonly onGone: () => void
}): SimulatedLine {
  const { core, world, own, handlers, latency } = parts
  let cut = false
  let localOpen = true
  let session: ReturnType<KiwoomSimulator['openSession']> | undefined
  const down: { readonly at: number; readonly text: string }[] = []
  let downAt = 0
  let upAt = 0
  let running = false
  let swapped: string | undefined

  const dies = (code: number) => {
    if (!localOpen) return
    localOpen = false
    parts.onGone()
    handlers.onClose(code, '')
  }

  const deliver = () => {
    running = false
    for (let next = down[0]; next && next.at <= own.now(); next = down[0]) {
      down.shift()
      if (cut || !localOpen) continue
      parts.note(`frame ${next.text}`)
      handlers.onMessage(Buffer.from(next.text))
    }
    run()
  }

  const run = () => {
    const next = down[0]
    if (running || !next) return
    running = true
    own.after(next.at - own.now(), deliver)
  }

  const push = (text: string, extraMs = 0) => {
    downAt = Math.max(downAt, own.now() + latencyNow() + extraMs)
    down.push({ at: downAt, text })
    run()
  }

  /** What is sent in one moment travels together. */
  let drawnAt = -1
  let drawn = 0
  const latencyNow = () => {
    if (drawnAt !== own.now()) drawn = latency()
    drawnAt = own.now()
    return drawn
  }

  const send = (text: string) => {
    if (cut) return
    if (swapped !== undefined) {
      const held = swapped
      swapped = undefined
      push(text)
      return push(held)
    }
    const fault = text.includes('"PING"') ? undefined : parts.strike(text)
    switch (fault?.kind) {
      case undefined:
        return push(text)
      case 'lose':
        return
      case 'duplicate':
        push(text)
        return push(text)
      case 'swap':
        swapped = text
        return
      case 'corrupt':
        return push(text.slice(0, Math.floor(text.length / 2)))
      case 'delay':
        return push(text, fault.ms)
    }
  }

  world.after(latency(), () => {
    if (!localOpen) return
    const outage = parts.outage()
    // Into silence nobody knocks for ever: the process gives up by its own clock.
    if (outage === 'refused') own.after(latency(), () => dies(1006))
    if (outage !== 'none') return
    session = core.openSession(send, (code, abrupt) => {
      if (cut) return
      downAt = Math.max(downAt, own.now() + latency())
      own.after(downAt - own.now(), () => {
        if (!cut) dies(abrupt ? 1006 : code)
      })
    })
    own.after(latency(), () => {
      if (localOpen && !cut) handlers.onOpen()
    })
  })

  const leave = () => {
    if (!localOpen) return
    localOpen = false
    parts.onGone()
    if (!cut) world.after(latency(), () => session?.closed())
  }

  return {
    send: (text) => {
      if (cut || !localOpen) return
      upAt = Math.max(upAt, own.now() + latency())
      world.after(upAt - own.now(), () => {
        if (!cut) session?.receive(text)
      })
    },
    close: leave,
    terminate: leave,
    halfOpen: () => {
      cut = true
    },
  }
}
