import { runChild } from '../../src/apps/processes/child.ts'
import { isRole, type Role } from '../../src/apps/processes/setup.ts'
import { type CrashPoint, watched } from './points.ts'

/** One process of a split system under drill: it kills itself when its point is reached for the `nth` time. */
export interface PartTask {
  readonly role: Role
  readonly point: CrashPoint
  readonly nth: number
}

const task = JSON.parse(process.argv[2] ?? 'null') as PartTask | null
const role = process.argv[3]
if (!isRole(role)) process.exit(2)
let left = task?.role === role ? task.nth : 0

const reached = (point: CrashPoint) => {
  if (point !== task?.point || task.role !== role) return
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}

await runChild(role, { network: (network) => watched(network, reached), probe: reached })
