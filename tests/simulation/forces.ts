import type { KiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'
import type { Clock } from '../../src/std/clock.ts'
import { tradeByHand } from './by-hand.ts'
import type { Crash, Fault, ServerFault } from './faults.ts'
import { createMarketForces } from './market-forces.ts'
import type { SimulatedDisk } from './simulated-disk.ts'
import type { SimulatedNetwork } from './simulated-network.ts'
import type { Trouble } from './trouble.ts'

/** Strikes a world with everything but death. */
export interface Forces {
  strike(fault: Exclude<Fault, Crash>): void
  /** All of it is over. */
  calm(): void
}

/** The longest a lost answer keeps its asker waiting. */
const QUERY_MS = 12_000
/** A dead line that stands is noticed after a minute of silence, and taken up again. */
const DEAD_LINE_MS = 75_000
/**
 * A new token is had at once, or with the next issue: 10 s after one that failed, which may have waited 10 s for its answer.
 * A line that waits for it opens a few seconds later.
 */
const TOKEN_MS = 30_000
/** A planned fault of the server that meets nothing is forgotten after this. */
const SERVER_FAULT_MS = 20_000
/** What cannot be read is asked for again 8 s later at the latest, and answered within two. */
const SPOILED_MS = 10_000
const WRONG_BALANCE_MS = 75_000

const isBalance = (kind: string): boolean => kind === 'emptyBalance' || kind === 'phantomHolding'

/** A wrong balance matters only when it is told again and again. */
const durationOf = ({ kind, ms }: ServerFault): number =>
  isBalance(kind) ? WRONG_BALANCE_MS : kind === 'clockSkew' ? Math.max(ms, SERVER_FAULT_MS) : SERVER_FAULT_MS

export function createForces(parts: {
  readonly core: KiwoomSimulator
  readonly network: SimulatedNetwork
  readonly disk: SimulatedDisk
  readonly clock: Clock
  readonly trouble: Trouble
  readonly onHand: (instrument: string, ordNo: string) => void
  /** Two programs must not log in with one key: a person ends the one that was thrown out and starts it anew. */
  readonly restart: (afterMs: number) => void
}): Forces {
  const { core, network, disk, clock, trouble } = parts
  const market = createMarketForces(core.market, clock)

  const tell = (kind: string, more: object = {}) =>
    void core.control('POST', '/control/fault', '', JSON.stringify({ kind, ...more }))
  const forget = () => void core.control('DELETE', '/control/fault', '', '')

  const strikeServer = (fault: ServerFault) => {
    const { kind, do: _, ...more } = fault
    tell(kind, more)
    switch (kind) {
      case 'duplicateLogin':
        return parts.restart(fault.ms)
      case 'revokeToken':
        return trouble.holdsUp(TOKEN_MS)
      case 'maintenance':
        return trouble.holdsUp(fault.ms + TOKEN_MS)
      case 'killDuringFill':
        return
      default:
        clock.after(durationOf(fault), forget)
        trouble.holdsUp(durationOf(fault) + SPOILED_MS)
        if (fault.apiId === '00') trouble.losesNews()
    }
  }

  const strikeOutage = (ms: number, silent: boolean) => {
    network.outage = silent ? 'silent' : 'refused'
    if (silent) network.halfOpen()
    else tell('dropSocket')
    trouble.holdsUp(ms + (silent ? DEAD_LINE_MS : QUERY_MS))
    clock.after(ms, () => {
      network.outage = 'none'
    })
  }

  const strikeDisk = (kind: 'slow' | 'failSync' | 'full' | 'readOnly', ms: number) => {
    const { trouble: wrong } = disk
    if (kind === 'failSync') wrong.failNextSync = true
    else if (kind === 'slow') wrong.slowMs = ms
    else wrong[kind] = true
    trouble.holdsUp(ms + QUERY_MS)
    clock.after(ms, calmDisk)
  }

  const calmDisk = () => Object.assign(disk.trouble, { slowMs: 0, full: false, readOnly: false })

  /** What the account holds or waits for, else anything. */
  const targets = () => {
    const { holdings } = core.control('GET', '/control/account', '', '').body as {
      readonly holdings: readonly { readonly instrument: string }[]
    }
    const held = core.market.tapes.filter(({ id }) => holdings.some(({ instrument }) => instrument === id))
    return (held.length > 0 ? held : core.market.tapes).map(({ id }) => id)
  }

  return {
    strike: (fault) => {
      switch (fault.do) {
        case 'request':
        case 'frame':
          return network.arm(fault)
        case 'server':
          return strikeServer(fault)
        case 'line':
          if (fault.kind === 'drop') return tell('dropSocket')
          network.halfOpen()
          return trouble.holdsUp(DEAD_LINE_MS)
        case 'outage':
          return strikeOutage(fault.ms, fault.silent)
        case 'expireTokens':
          tell('expireToken')
          return trouble.holdsUp(TOKEN_MS)
        case 'disk':
          return strikeDisk(fault.kind, fault.ms)
        case 'market':
          return market.strike(fault, targets())
        case 'hand': {
          const traded = tradeByHand(core, fault, network.authorization)
          if (traded) parts.onHand(traded.instrument, traded.ordNo)
          return
        }
      }
    },
    calm: () => {
      network.calm()
      calmDisk()
      disk.trouble.failNextSync = false
      forget()
    },
  }
}
