import type { ReactNode } from 'react'
import { at } from '../../../contract/settings-changes.ts'
import { useSay } from '../../state/say.ts'
import { SettingControl } from './control.tsx'
import { useForm } from './form.ts'
import type { SettingPath } from './view.ts'

/** Controls side by side, by their paths. */
export const Fields = ({ paths }: { readonly paths: readonly string[] }) => (
  <div className="settings-fields">
    {paths.map((path) => (
      <SettingControl key={path} path={path.split('.')} />
    ))}
  </div>
)

export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="settings-group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}

export function LimitsSection() {
  const say = useSay()
  return (
    <div className="stack">
      <Group title={say('금액과 횟수', 'Amounts and counts')}>
        <Fields
          paths={[
            'limits.max_loss_per_day_krw',
            'limits.max_buy_amount_per_day_krw',
            'limits.max_amount_per_instrument_krw',
            'limits.max_positions',
            'limits.max_orders_per_day',
            'limits.max_orders_per_second',
            'limits.max_quote_age_sec',
          ]}
        />
      </Group>
      <Group title={say('다시 사기', 'Buying again')}>
        <Fields paths={['limits.rebuy.not_today', 'limits.rebuy.not_after_loss', 'limits.rebuy.wait_min']} />
      </Group>
      <Group title={say('사지 않는 경우', 'Never bought')}>
        <Fields paths={['limits.forbid.designated', 'limits.forbid.upper_limit', 'limits.forbid.in_vi']} />
      </Group>
    </div>
  )
}

export function UnfilledSection() {
  const say = useSay()
  return (
    <div className="stack">
      <Unfilled side="buy" title={say('매수 주문', 'Buy orders')} />
      <Unfilled side="sell" title={say('매도 주문', 'Sell orders')} />
    </div>
  )
}

function Unfilled({ side, title }: { readonly side: 'buy' | 'sell'; readonly title: string }) {
  const { values } = useForm()
  const path: SettingPath = ['unfilled', side]
  const isAmended = at(values, [...path, 'then']) === 'reprice'
  const keys = isAmended ? ['after_sec', 'then', 'times', 'finally'] : ['after_sec', 'then']
  return (
    <Group title={title}>
      <Fields paths={keys.map((key) => `unfilled.${side}.${key}`)} />
    </Group>
  )
}

export function HoursSection() {
  const say = useSay()
  return (
    <>
      <p className="quiet">
        {say(
          '이 시간 안에서만 삽니다. 청산은 장이 열려 있는 동안 계속 지킵니다.',
          'Buys only inside these hours. Exits stay on guard while the market is open.',
        )}
      </p>
      <Fields paths={['hours.from', 'hours.to']} />
    </>
  )
}

export const OrdersSection = () => (
  <Fields paths={['orders.route', 'orders.hours', 'orders.extended_entries']} />
)

export const ExcludedSection = () => <Fields paths={['excluded']} />

export function BrokerSection() {
  const say = useSay()
  const { values } = useForm()
  const isSimulated = at(values, ['broker', 'environment']) === 'simulated'
  const hosts = isSimulated ? ['broker.hosts.rest', 'broker.hosts.socket'] : []
  return (
    <>
      <p className="quiet">
        {say(
          '키는 파일에 없고 어디에 있는지만 적혀 있습니다 (env:이름). 이 화면은 키의 값을 볼 수도 바꿀 수도 없습니다. 바꾸려면 가람을 다시 시작해야 합니다.',
          'Keys are not in the file, only where they are (env:NAME). This screen neither sees nor changes a key. Changes here take effect when Garam starts again.',
        )}
      </p>
      <Fields paths={['broker.name', 'broker.environment', 'broker.appkey', 'broker.secretkey', ...hosts]} />
    </>
  )
}

export function SystemSection() {
  const say = useSay()
  return (
    <div className="stack">
      <Group title={say('프로세스와 기록', 'Processes and record')}>
        <Fields paths={['topology', 'deadman', 'journal.folder']} />
      </Group>
      <Group title={say('대시보드', 'Dashboard')}>
        <Fields
          paths={[
            ...['web.enabled', 'web.host', 'web.port', 'web.allow', 'web.public_url'],
            ...['web.behind_proxy', 'web.tls.cert', 'web.tls.key'],
          ]}
        />
      </Group>
    </div>
  )
}
