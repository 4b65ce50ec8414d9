import { linkToDesk } from './link-to-desk.ts'
import { type DashboardSetup, openDashboard } from './open-dashboard.ts'

export interface StartWeb extends Omit<DashboardSetup, 'line'> {
  /** When the port is taken, any free one does. */
  readonly orFree: boolean
}

export interface RunningWeb {
  readonly url: string
  /** Lets in once: there is nobody yet, or nothing real is traded. */
  readonly link?: string
  close(): Promise<void>
}

/** Connects the line to the trader of a journal folder and opens the dashboard. Errors: the port cannot be had. */
export async function startWeb(options: StartWeb): Promise<RunningWeb> {
  const { orFree, ...given } = options
  const line = linkToDesk({ journalFolder: options.journalFolder, wall: options.wall })
  const open = async (port: number) => {
    const server = await openDashboard({ ...given, port, line })
    try {
      return { server, ...(await server.listen()) }
    } catch (error) {
      await server.close().catch(() => undefined)
      throw error
    }
  }
  try {
    const { server, ...where } = await open(options.port).catch((error: unknown) => {
      if (orFree && options.port !== 0 && isTaken(error)) return open(0)
      throw error
    })
    return {
      ...where,
      close: async () => {
        line.close()
        await server.close()
      },
    }
  } catch (error) {
    line.close()
    throw error
  }
}

export const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
