import { Link } from 'wouter'
import type { RiskMessage } from '../../../contract/risk.ts'
import { Card } from '../../parts/card.tsx'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { count, direction, percent, signed, won } from '../../state/numbers.ts'
import { type Say, useSay, useSentence } from '../../state/say.ts'
import { Controls } from './controls.tsx'
import { EstimateCard } from './estimate.tsx'
import './page.css'
import { useRisk } from './use-risk.ts'
import {
  blockedBy,
  type Gauge,
  gaugesOf,
  investedRatio,
  type Level,
  marketsOf,
  type Share,
  sectorsOf,
  sharesOf,
} from './view.ts'

/** 위험: how much of what is allowed is used, where the money stands, and what a bad day would take. */
export function RiskPage() {
  const say = useSay()
  const { data: risk, error, refetch } = useRisk()
  return (
    <>
      <header className="page-head">
        <h1>{say('위험', 'Risk')}</h1>
        <Link className="button small push" href="/settings#limits">
          {say('한도 바꾸기', 'Change the limits')}
        </Link>
      </header>
      {error && !risk && <ErrorNote error={error} again={() => void refetch()} />}
      <div className="grid risk">
        <Card title={say('오늘의 한도', "The day's limits")} className="span-8">
          {risk ? <Limits risk={risk} /> : <Loading />}
        </Card>
        <Controls />
        <Card title={say('종목별 비중', 'Exposure by instrument')} className="span-8" flush>
          {risk ? <Positions risk={risk} /> : <Loading />}
        </Card>
        <Card title={say('현금·업종·시장', 'Cash, sectors, markets')} className="span-4">
          {risk ? <Split risk={risk} /> : <Loading />}
        </Card>
        <EstimateCard allStops={risk?.allStops} equity={risk?.exposure.equity} />
      </div>
    </>
  )
}

const levelText = (level: Level, say: Say): string => {
  switch (level) {
    case 'ok':
      return say('여유', 'room')
    case 'near':
      return say('주의', 'near')
    case 'reached':
      return say('한도', 'reached')
    case 'none':
      return say('한도 없음', 'no limit')
    case 'unknown':
      return say('알 수 없음', 'unknown')
    default:
      return level satisfies never
  }
}

const TONES: Readonly<Record<Level, string>> = {
  ok: 'good',
  near: 'warn',
  reached: 'bad',
  none: '',
  unknown: '',
}

function Limits({ risk }: { readonly risk: RiskMessage }) {
  const say = useSay()
  const sentence = useSentence()
  const gauges = gaugesOf(risk)
  const blocked = blockedBy(gauges)
  const { rebuy } = risk.limits
  const rules = [
    rebuy.notToday && say('오늘 판 종목은 다시 사지 않음', 'no rebuy of what was sold today'),
    rebuy.notAfterLoss && say('손실로 판 종목은 오늘 다시 사지 않음', 'no rebuy today after a loss'),
    rebuy.blockMs !== undefined &&
      say(
        `매도 뒤 ${Math.round(rebuy.blockMs / 60_000)}분은 다시 사지 않음`,
        `no rebuy for ${Math.round(rebuy.blockMs / 60_000)} min after a sale`,
      ),
  ].filter((rule) => rule !== false)
  return (
    <div className="stack">
      {blocked.length > 0 && (
        <p className="note warn" role="status">
          {say(
            `${blocked.map(({ label }) => label.ko).join(', ')} 한도에 닿아 새로 사지 않습니다. 매도와 손절은 계속 나갑니다.`,
            `Nothing new is bought: ${blocked.map(({ label }) => label.en).join(', ')} reached. Sales and stops still leave.`,
          )}
        </p>
      )}
      <ul className="gauges live-figures">
        {gauges.map((gauge) => (
          <GaugeRow key={gauge.key} gauge={gauge} label={sentence(gauge.label)} />
        ))}
      </ul>
      {rules.length > 0 && <p className="quiet">{rules.join(' · ')}</p>}
    </div>
  )
}

function GaugeRow({ gauge, label }: { readonly gauge: Gauge; readonly label: string }) {
  const say = useSay()
  const { used, max, unit, ratio, level } = gauge
  const text = (value: number | undefined, none: string) =>
    value === undefined ? none : unit === 'won' ? won(value) : count(value)
  const figures = `${text(used, '?')} / ${text(max, '∞')}`
  return (
    <li>
      <p>
        <span className="gauge-label">{label}</span>
        <span className="gauge-figures">{figures}</span>
      </p>
      <p>
        <meter className="unseen" min={0} max={1} value={ratio} aria-label={label}>
          {figures}
        </meter>
        <span className="gauge-track" aria-hidden="true">
          <span className={`gauge-fill ${TONES[level]}`} style={{ width: `${ratio * 100}%` }} />
        </span>
        <span className={`chip ${TONES[level]}`}>{levelText(level, say)}</span>
      </p>
    </li>
  )
}

function Positions({ risk }: { readonly risk: RiskMessage }) {
  const say = useSay()
  const { positions } = risk.exposure
  if (positions.length === 0)
    return (
      <Empty title={say('보유 종목이 없습니다', 'Nothing is held')}>
        {say(
          '사면 종목별 비중과 손절까지의 거리가 여기에 나옵니다.',
          'Shares and the way to each stop stand here once something is bought.',
        )}
      </Empty>
    )
  const shares = new Map(sharesOf(risk).map((share) => [share.key, share]))
  return (
    <div className="table-wrap">
      <table className="table exposure live-figures">
        <thead>
          <tr>
            <th scope="col">{say('종목', 'Instrument')}</th>
            <th scope="col" className="number">
              {say('평가금액', 'Value')}
            </th>
            <th scope="col" className="share-col">
              {say('자산 대비', 'Of equity')}
            </th>
            <th scope="col" className="number wide-cell">
              {say('손절가', 'Stop')}
            </th>
            <th scope="col" className="number">
              {say('손절되면', 'If stopped')}
            </th>
          </tr>
        </thead>
        <tbody>
          {positions.map(({ instrument, name, market, value, stop, atStop }) => (
            <tr key={instrument}>
              <th scope="row">
                <Link href={`/chart/${instrument}`}>{name}</Link>
                <span className="sub">
                  {instrument}
                  {market && ` · ${market}`}
                </span>
              </th>
              <td className="number">{won(value)}</td>
              <td className="share-col">
                <Bar ratio={shares.get(instrument)?.ratio ?? 0} />
              </td>
              <td className="number wide-cell">{stop > 0 ? won(stop) : say('없음', 'none')}</td>
              <td className={`number ${direction(atStop)}`}>
                {stop > 0 ? signed(atStop) : <span className="chip warn">{say('손절 없음', 'no stop')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Bar({ ratio }: { readonly ratio: number }) {
  return (
    <span className="share">
      <span className="share-track" aria-hidden="true">
        <span style={{ width: `${Math.min(1, ratio) * 100}%` }} />
      </span>
      <span className="number">{percent(ratio)}</span>
    </span>
  )
}

function Split({ risk }: { readonly risk: RiskMessage }) {
  const say = useSay()
  const { cash, invested, equity } = risk.exposure
  const ratio = investedRatio(risk)
  return (
    <div className="stack live-figures">
      <div>
        <div className="split" aria-hidden="true">
          <span style={{ width: `${Math.min(1, ratio) * 100}%` }} />
        </div>
        <dl className="pairs">
          <Pair label={say('주식', 'Invested')} text={won(invested)} ratio={ratio} />
          <Pair label={say('현금', 'Cash')} text={won(cash)} ratio={equity > 0 ? cash / equity : 0} />
          <Pair label={say('자산', 'Equity')} text={won(equity)} />
        </dl>
      </div>
      <div>
        <h3>{say('업종별', 'By sector')}</h3>
        <Shares shares={sectorsOf(risk)} unnamed={say('업종 미분류', 'no sector told')} />
        <h3>{say('시장별', 'By market')}</h3>
        <Shares shares={marketsOf(risk)} unnamed={say('시장 미확인', 'market not told yet')} />
      </div>
    </div>
  )
}

function Shares({ shares, unnamed }: { readonly shares: readonly Share[]; readonly unnamed: string }) {
  const say = useSay()
  if (shares.length === 0) return <p className="quiet">{say('보유 없음', 'Nothing held')}</p>
  return (
    <dl className="pairs">
      {shares.map((share) => (
        <Pair key={share.key} label={share.name || unnamed} text={won(share.value)} ratio={share.ratio} />
      ))}
    </dl>
  )
}

const Pair = (props: { readonly label: string; readonly text: string; readonly ratio?: number }) => (
  <div>
    <dt>{props.label}</dt>
    <dd>
      {props.text}
      {props.ratio !== undefined && <small>{percent(props.ratio)}</small>}
    </dd>
  </div>
)
