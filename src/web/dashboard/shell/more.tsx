import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { PushToggle } from '../parts/push-toggle.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { useSay } from '../state/say.ts'
import { Account } from './account.tsx'
import { Appearance } from './appearance.tsx'
import { Icon } from './icon.tsx'
import { baseOf, PageLink } from './page-link.tsx'
import { PAGES } from './pages.ts'

const MORE_ICON = 'M4 6.5h16M4 12h16M4 17.5h16'

/** On a phone: what has no place in the bar at its foot. */
export function MoreTab() {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const [location] = useLocation()
  const hasElsewhere = !PAGES.some(({ path, onPhone }) => onPhone && path === baseOf(location))
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-current={hasElsewhere ? 'page' : undefined}
        onClick={() => setOpen(true)}
      >
        <Icon path={MORE_ICON} />
        {say('더보기', 'More')}
      </button>
      {open && <MoreSheet onClose={() => setOpen(false)} />}
    </>
  )
}

function MoreSheet({ onClose }: { readonly onClose: () => void }) {
  const say = useSay()
  const [location] = useLocation()
  const opened = useRef(location)
  useEffect(() => {
    if (location !== opened.current) onClose()
  }, [location, onClose])
  return (
    <Sheet title={say('더보기', 'More')} onClose={onClose}>
      <nav className="more-pages" aria-label={say('다른 페이지', 'Other pages')}>
        {PAGES.filter(({ onPhone }) => !onPhone).map((each) => (
          <PageLink key={each.path} page={each} className="item" />
        ))}
      </nav>
      <h3>{say('알림', 'Notifications')}</h3>
      <PushToggle />
      <h3>{say('화면', 'Appearance')}</h3>
      <Appearance />
      <Account />
    </Sheet>
  )
}
