import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { beginPushHere, endPushHere, type PushBar, pushBar, pushHere, testPush } from '../api/push.ts'
import { usePreferences } from '../state/preferences.ts'
import { type Say, useSay } from '../state/say.ts'
import { Switch } from './field.tsx'
import { ErrorNote, Loading } from './notes.tsx'
import { toast, toastProblem } from './toasts.tsx'

const KEY = ['push-here']

/** Notifications on this device: on or off, what they tell, and one to try. */
export function PushToggle() {
  const say = useSay()
  const bar = pushBar()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: KEY,
    // A query may not give nothing.
    queryFn: async ({ signal }) => ({ device: await pushHere(signal) }),
    enabled: bar === undefined,
  })
  if (bar !== undefined) return <p className="quiet">{wordsOfBar(bar, say)}</p>
  if (error) return <ErrorNote error={error} again={() => void refetch()} />
  if (isPending) return <Loading />
  return <Here device={data.device} />
}

function Here({ device }: { readonly device: Awaited<ReturnType<typeof pushHere>> }) {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: KEY })
  const change = useMutation({
    mutationFn: async (wants: { readonly on: boolean; readonly everyFill: boolean }) => {
      if (!wants.on) return endPushHere()
      const begun = await beginPushHere({ language, everyFill: wants.everyFill })
      if (!begun)
        toast('warn', {
          ko: '브라우저가 알림을 허락하지 않았습니다',
          en: 'The browser did not allow notifications',
        })
    },
    onError: toastProblem,
    onSettled: again,
  })
  const test = useMutation({
    mutationFn: testPush,
    onSuccess: () => toast('good', { ko: '알림을 보냈습니다', en: 'A notification was sent' }),
    onError: (problem) => {
      toastProblem(problem)
      void again()
    },
  })
  const isOn = device !== undefined
  return (
    <div className="push-toggle">
      <Switch
        on={isOn}
        disabled={change.isPending}
        onChange={(on) => change.mutate({ on, everyFill: device?.everyFill ?? false })}
      >
        {say('이 기기로 손절과 경보 받기', 'Stops and alarms on this device')}
      </Switch>
      <Switch
        on={device?.everyFill ?? false}
        disabled={!isOn || change.isPending}
        onChange={(everyFill) => change.mutate({ on: true, everyFill })}
      >
        {say('모든 체결도 받기', 'Every fill as well')}
      </Switch>
      {device && (
        <button
          type="button"
          className="button small"
          disabled={test.isPending}
          onClick={() => test.mutate(device.id)}
        >
          {say('시험 알림 보내기', 'Send a test')}
        </button>
      )}
    </div>
  )
}

function wordsOfBar(bar: PushBar, say: Say): string {
  switch (bar) {
    case 'insecure':
      return say(
        '알림은 https 주소이거나 가람이 켜진 컴퓨터에서만 켤 수 있습니다.',
        'Notifications need an https address, or the machine Garam runs on.',
      )
    case 'unable':
      return say(
        '이 브라우저는 알림을 받지 못합니다. 아이폰에서는 홈 화면에 추가한 뒤 켤 수 있습니다.',
        'This browser cannot take notifications. On an iPhone, add Garam to the home screen first.',
      )
    case 'blocked':
      return say(
        '브라우저 설정에서 이 사이트의 알림이 막혀 있습니다.',
        'Notifications of this site are blocked in the browser settings.',
      )
    default:
      return bar satisfies never
  }
}
