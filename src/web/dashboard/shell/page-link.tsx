import { Link, useLocation } from 'wouter'
import { useSay } from '../state/say.ts'
import { Icon } from './icon.tsx'
import type { PageEntry } from './pages.ts'

/** Of `/chart/005930` as of `/chart`: the page it belongs to. */
export const baseOf = (location: string): string => `/${location.split('/')[1] ?? ''}`

export function PageLink({ page, className }: { readonly page: PageEntry; readonly className?: string }) {
  const say = useSay()
  const [location] = useLocation()
  return (
    <Link
      href={page.path}
      className={className ?? ''}
      aria-current={baseOf(location) === page.path ? 'page' : undefined}
    >
      <Icon path={page.icon} />
      {say(page.ko, page.en)}
    </Link>
  )
}
