import { spawn } from 'node:child_process'
import { selfArguments } from '../self.ts'
import { environmentVariables } from '../system.ts'

/** Starts a watcher of that journal folder that outlives us. It ends by itself when the trader was stopped on purpose. */
export function spawnDeadman(journal: string): void {
  const child = spawn(process.execPath, [...selfArguments(), 'deadman', '--journal', journal], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environmentVariables(),
  })
  // Without it trading goes on: garam doctor says that nobody watches.
  child.on('error', () => undefined)
  child.unref()
}
