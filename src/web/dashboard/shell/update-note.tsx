import { useSay } from '../state/say.ts'
import { useLookForVersion, useNewVersion } from './new-version.ts'
import { startUpdate, useServiceWorker } from './service-worker.ts'

/** A newer screen is there. It never takes its place by itself: somebody may be in the middle of an order. */
export function UpdateNote() {
  const say = useSay()
  useLookForVersion()
  const isThere = useNewVersion((version) => version.isThere)
  const waiting = useServiceWorker((worker) => worker.waiting)
  if (!isThere && !waiting) return null
  return (
    <div className="banner update" role="status">
      {say('새 화면이 준비되었습니다.', 'A newer version of this screen is ready.')}
      <button
        type="button"
        className="button small push"
        onClick={() => (waiting ? startUpdate(waiting) : location.reload())}
      >
        {say('지금 바꾸기', 'Update now')}
      </button>
    </div>
  )
}
