import type { CommandMessage } from '../../contract/commands.ts'
import type { SentenceMessage } from '../../contract/live.ts'
import { toast, toastProblem } from '../parts/toasts.tsx'
import { api } from './client.ts'

/** Gives the trader a command and says how that went. True when it took it. */
export async function command(wanted: CommandMessage): Promise<boolean> {
  try {
    toast('good', await api<SentenceMessage>('POST', '/commands', wanted))
    return true
  } catch (error) {
    toastProblem(error)
    return false
  }
}
