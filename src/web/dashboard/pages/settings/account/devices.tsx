import { useQuery } from '@tanstack/react-query'
import { deviceName } from '../../../api/push.ts'
import { ErrorNote, Loading } from '../../../parts/notes.tsx'
import { toastProblem } from '../../../parts/toasts.tsx'
import { useSay } from '../../../state/say.ts'
import { devicesQuery, signOutDevice, signOutOthers, useDoing } from './use-account.ts'
import { seenText } from './view.ts'

/** Where this account is signed in, and the way out of each. */
export function Devices() {
  const say = useSay()
  const { data: devices, error, refetch } = useQuery(devicesQuery)
  const one = useDoing(signOutDevice)
  const others = useDoing(signOutOthers)
  if (error) return <ErrorNote error={error} again={() => void refetch()} />
  if (!devices) return <Loading />
  const isOff = one.isPending || others.isPending
  return (
    <>
      <ul className="entries">
        {devices
          .toSorted((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt - a.lastSeenAt)
          .map(({ id, device, address, lastSeenAt, current }) => (
            <li key={id} className="entry">
              <span>
                <strong title={device}>{deviceName(device)}</strong>{' '}
                {current && <span className="chip accent">{say('이 기기', 'this one')}</span>}
                <span className="sub">
                  {address} · {seenText(lastSeenAt)}
                </span>
              </span>
              {!current && (
                <button
                  type="button"
                  className="button small"
                  disabled={isOff}
                  onClick={() => one.mutate(id, { onError: toastProblem })}
                >
                  {say('로그아웃', 'Sign out')}
                  <span className="unseen">
                    {' '}
                    {deviceName(device)} {address}
                  </span>
                </button>
              )}
            </li>
          ))}
      </ul>
      {devices.length > 1 && (
        <div className="row">
          <button
            type="button"
            className="button small"
            disabled={isOff}
            onClick={() => others.mutate(undefined, { onError: toastProblem })}
          >
            {say('다른 기기 모두 로그아웃', 'Sign out all other devices')}
          </button>
        </div>
      )}
    </>
  )
}
