import type { ChildProcess } from 'node:child_process'
import type { Channel } from './channel.ts'

/** The supervisor's end of the IPC line to a child (spawned with `ipc`). */
export const channelToChild = (child: ChildProcess): Channel => ({
  send: (message, done) => {
    if (!child.connected) return done()
    child.send(message as object, () => done())
  },
  onMessage: (hear) => void child.on('message', hear),
  onClose: (hear) => void child.once('disconnect', () => hear('the line to the process closed')),
  close: () => {
    if (child.connected) child.disconnect()
  },
})

/** A child's end; `undefined` in a process that was not started with one. */
export function channelToParent(): Channel | undefined {
  if (!process.send) return undefined
  return {
    send: (message, done) => {
      if (!process.connected) return done()
      process.send?.(message, () => done())
    },
    onMessage: (hear) => void process.on('message', hear),
    onClose: (hear) => void process.once('disconnect', () => hear('the line to the supervisor closed')),
    close: () => {
      if (process.connected) process.disconnect?.()
    },
  }
}
