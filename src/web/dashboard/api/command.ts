import type { CommandMessage } from '../../contract/commands.ts'
import type { SentenceMessage } from '../../contract/live.ts'
import { toast, toastProblem } from '../parts/toasts.tsx'
import { api } from './client.ts'

/** The server itself gives the trader ten seconds. A line that is cut without a word would keep a person waiting for minutes. */
const PATIENCE_MS = 15_000

/** Gives the trader a command and says how that went. True when it took it. */
export async function command(wanted: CommandMessage): Promise<boolean> {
  try {
    toast('good', await api<SentenceMessage>('POST', '/commands', wanted, undefined, PATIENCE_MS))
    return true
  } catch (error) {
    toastProblem(error)
    return false
  }
}
