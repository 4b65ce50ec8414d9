import { useEffect } from 'react'
import { create } from 'zustand'
import { useLive } from '../state/live.ts'
import { entryOf } from './entry-of.ts'

const EVERY_MS = 15 * 60_000

/** Whether the server has another build of this screen than the one that is shown. */
export const useNewVersion = create<{ readonly isThere: boolean }>(() => ({ isThere: false }))

const shownEntry = (): string | undefined => entryOf(document.documentElement.outerHTML)

async function look(): Promise<void> {
  const shown = shownEntry()
  const answer = await fetch('/', { cache: 'no-store' }).catch(() => undefined)
  if (shown === undefined || !answer?.ok) return
  const offered = entryOf(await answer.text())
  if (offered !== undefined && offered !== shown) useNewVersion.setState({ isThere: true })
}

/** Looks now and then, and whenever the line comes back: that is when a new server may stand there. */
export function useLookForVersion(): void {
  const isLive = useLive(({ connection }) => connection === 'live')
  useEffect(() => {
    if (!isLive) return
    void look()
    const timer = setInterval(() => void look(), EVERY_MS)
    return () => clearInterval(timer)
  }, [isLive])
}
