import { demoSettings } from '../../src/apps/demo-settings.ts'
import type { Role } from '../../src/apps/processes/setup.ts'
import type { Proof } from '../../src/apps/trader.ts'
import { eventually, pause } from '../contract/recorder.ts'
import { brokerAccount, compareBooks } from '../topology/books.ts'
import { type Host, openSplitStand, type SplitStand } from '../topology/stand.ts'
import type { DrillResult } from './drill.ts'
import type { PartTask } from './split-part.ts'

export type Victim = Role | 'supervisor' | 'allButTrader'

/** One death in a split system of real processes, against a real server. */
export interface SplitDrill {
  readonly seed: number
  /** A process kills itself at a point, or one (or more) is killed after so long (wall). */
  readonly death: PartTask | { readonly victim: Victim; readonly afterMs: number }
  readonly lose?: 'loseReplyAfterAccept' | 'loseRequestBeforeAccept'
}

const SPEED = 60
/** A point that is not reached for so long kills nobody: the day then has to be sound without a crash. */
const POINT_PATIENCE_MS = 15_000
/** The system goes on trading for so long after the death (wall). */
const AFTERMATH_MS = 4_000
const SETTLE_MS = 40_000
const PROOF_MS = 120_000
const REPLIES_LOST = 3

export async function runSplitDrill(drill: SplitDrill): Promise<DrillResult> {
  const stand = await openSplitStand({ at: '08:59:30', speed: SPEED, seed: drill.seed, marketSize: 60 })
  try {
    const { death } = drill
    const host = await stand.begin(demoSettings(), 'point' in death ? death : undefined)
    if (drill.lose) await planLosses(stand, drill.lose)
    const killed = 'point' in death ? await selfKill(host, death.role) : await kill(host, death)
    await fetch(`${stand.server.controlUrl}/fault`, { method: 'DELETE' })
    await pause(AFTERMATH_MS)
    const last = await survivorOf(stand, host, killed)
    return await settle(stand, last, killed.by)
  } finally {
    await stand.close()
  }
}

const planLosses = (stand: SplitStand, kind: string) =>
  Promise.all(
    ['kt10000', 'kt10001'].map((apiId) =>
      fetch(`${stand.server.controlUrl}/fault`, {
        method: 'POST',
        body: JSON.stringify({ kind, apiId, count: REPLIES_LOST }),
      }),
    ),
  )

interface Killed {
  readonly by: string | null
  /** The trader that its supervisor left behind. */
  readonly leftAlone?: number | undefined
}

async function selfKill(host: Host, role: Role): Promise<Killed> {
  const { pids } = await host.look()
  const gone = eventually(
    `${role} dies`,
    async () => (await host.look()).pids[role] !== pids[role] || undefined,
    { withinMs: POINT_PATIENCE_MS },
  )
  return { by: await gone.then(() => 'SIGKILL').catch(() => null) }
}

async function kill(host: Host, { victim, afterMs }: { victim: Victim; afterMs: number }): Promise<Killed> {
  await pause(afterMs)
  const { pids } = await host.look()
  const others = Object.entries(pids).filter(([role]) => role !== 'trader')
  const doomed =
    victim === 'allButTrader' ? others.map(([, pid]) => pid) : victim === 'supervisor' ? [] : [pids[victim]]
  for (const pid of doomed) if (pid !== undefined) process.kill(pid, 'SIGKILL')
  const isHeadless = victim === 'supervisor' || victim === 'allButTrader'
  if (isHeadless) host.process.kill('SIGKILL')
  return { by: 'SIGKILL', leftAlone: isHeadless ? pids.trader : undefined }
}

/** The system that settles the day: the one that was hit, or its successor when it lost its head. */
async function survivorOf(stand: SplitStand, host: Host, { leftAlone }: Killed): Promise<Host> {
  if (leftAlone === undefined) return host
  process.kill(leftAlone, 'SIGKILL')
  return stand.begin(demoSettings())
}

async function settle(stand: SplitStand, host: Host, killedBy: string | null): Promise<DrillResult> {
  await host.ask({ do: 'command', command: { do: 'pauseBuying' } })
  await host.ask({ do: 'command', command: { do: 'flatten' } })
  const isQuiet = async () => {
    const { view } = await host.look()
    const { holdings } = await brokerAccount(stand)
    const left =
      view.orders.length + view.positions.length + holdings.filter(({ quantity }) => quantity > 0).length
    return left === 0 || undefined
  }
  // Bounded; what is left is reported as it is.
  await eventually('everything is sold', isQuiet, { withinMs: SETTLE_MS }).catch(() => undefined)
  await pause(500)
  // On a busy machine the broker's answer may come too late: the question is asked again, a difference is not.
  const { difference } = await eventually(
    'the broker tells of its account',
    async () => {
      const proof: Partial<Proof> = await host.proof()
      return proof.difference && { difference: proof.difference }
    },
    { withinMs: PROOF_MS },
  )
  const { view } = await host.look()
  await host.stop()
  const books = await compareBooks(stand)
  return {
    killedBy,
    strangers: books.strangers,
    openAtBroker: books.openAtBroker,
    difference,
    fills: view.counts.fills,
    replayAgrees: books.replayAgrees,
    detail: host.errors(),
  }
}
