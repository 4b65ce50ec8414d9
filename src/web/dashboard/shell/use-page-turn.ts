import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { useSay } from '../state/say.ts'
import { baseOf } from './page-link.tsx'
import { PAGES } from './pages.ts'

/** A page that is turned has its name in the tab, begins at its top and takes the focus, as a new document would. */
export function usePageTurn(): void {
  const say = useSay()
  const [location] = useLocation()
  const page = PAGES.find(({ path }) => baseOf(path) === baseOf(location))
  const shown = useRef(location)
  const title = page ? `${say(page.ko, page.en)} · ${say('가람', 'Garam')}` : say('가람', 'Garam')
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    if (shown.current === location) return
    shown.current = location
    scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [location])
}
