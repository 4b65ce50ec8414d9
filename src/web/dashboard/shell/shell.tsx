import { Suspense } from 'react'
import { Link, Route, Switch, useLocation } from 'wouter'
import { Empty, Loading } from '../parts/notes.tsx'
import { Toasts } from '../parts/toasts.tsx'
import { useLive } from '../state/live.ts'
import { useSay } from '../state/say.ts'
import { Account } from './account.tsx'
import { Appearance } from './appearance.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { EmergencyButton } from './emergency.tsx'
import { MoreTab } from './more.tsx'
import { PageGuard } from './page-guard.tsx'
import { PageLink } from './page-link.tsx'
import { PAGES } from './pages.ts'
import { TopBar } from './top-bar.tsx'
import { UpdateNote } from './update-note.tsx'
import { usePageTurn } from './use-page-turn.ts'

/** Everything around a page: navigation, clock, health, emergency stop. */
export function Shell() {
  const say = useSay()
  const isOld = useLive(({ connection, state }) => connection !== 'live' || state?.health.line === 'down')
  const [location] = useLocation()
  usePageTurn()
  return (
    <div className={isOld ? 'shell old' : 'shell'}>
      <a className="button skip" href="#main">
        {say('본문으로', 'Skip to content')}
      </a>
      <nav className="nav" aria-label={say('페이지', 'Pages')}>
        <Link className="brand" href="/">
          {say('가람', 'Garam')} <small>Garam</small>
        </Link>
        {PAGES.map((each) => (
          <PageLink key={each.path} page={each} className="item" />
        ))}
        <div className="foot">
          <Appearance />
          <Account />
        </div>
      </nav>
      <TopBar />
      <main className="main" id="main" tabIndex={-1}>
        <ConnectionBanner />
        <UpdateNote />
        <PageGuard page={location}>
          <Suspense fallback={<Loading />}>
            <Switch>
              {PAGES.map(({ path, route = path, Page }) => (
                <Route key={path} path={route}>
                  <Page />
                </Route>
              ))}
              <Route>
                <Empty title={say('그런 페이지가 없습니다', 'There is no such page')} />
              </Route>
            </Switch>
          </Suspense>
        </PageGuard>
      </main>
      <nav className="tabs" aria-label={say('바로 가기', 'Shortcuts')}>
        {PAGES.filter(({ onPhone }) => onPhone).map((each) => (
          <PageLink key={each.path} page={each} />
        ))}
        <MoreTab />
        <EmergencyButton asTab />
      </nav>
      <Toasts />
    </div>
  )
}
