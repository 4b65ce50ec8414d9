import type { EstimateMessage, ReadingMessage, RiskMessage } from '../../../contract/risk.ts'
import { Card } from '../../parts/card.tsx'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { clockText, count, direction, percent, signed, signedPercent, won } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { useEstimate } from './use-risk.ts'
import { isThin, tailRows } from './view.ts'

interface Known {
  readonly allStops: RiskMessage['allStops'] | undefined
  readonly equity: number | undefined
}

/** What a bad day would take: by the days behind us, and by two things that could happen. */
export function EstimateCard({ allStops, equity }: Known) {
  const say = useSay()
  const { data, error, refetch } = useEstimate()
  const reading = data && 'reading' in data ? data.reading : undefined
  const estimate = data && !('reading' in data) ? data : undefined
  return (
    <>
      <Card
        title={say('하루 손실 추정 (VaR)', 'A bad day, estimated (VaR)')}
        aside={
          estimate && (
            <span className="quiet">
              {say(`${clockText(estimate.at)} 계산`, `made ${clockText(estimate.at)}`)}
            </span>
          )
        }
        className="span-8"
      >
        {error && !data ? (
          <ErrorNote error={error} again={() => void refetch()} />
        ) : estimate ? (
          <Estimate estimate={estimate} />
        ) : reading ? (
          <Reading {...reading} />
        ) : (
          <Loading />
        )}
      </Card>
      <Card title={say('가정', 'What if')} className="span-4">
        <Stress estimate={estimate} allStops={allStops} equity={equity} />
      </Card>
    </>
  )
}

function Reading({ done, of }: ReadingMessage['reading']) {
  const say = useSay()
  return (
    <div className="stack reading">
      <p role="status">
        {say(
          `보유 종목의 일봉을 읽는 중입니다 (${done}/${of}). 증권사 차트는 1초에 한 종목씩 받습니다.`,
          `Reading the daily bars of what is held (${done} of ${of}): the broker gives one chart a second.`,
        )}
      </p>
      <progress max={of} value={done} aria-label={say('읽은 종목', 'Names read')} />
    </div>
  )
}

function Estimate({ estimate }: { readonly estimate: EstimateMessage }) {
  const say = useSay()
  const sentence = useSentence()
  const { window, parts, left, gap } = estimate
  const rows = tailRows(estimate)
  const [first] = rows
  if (rows.length === 0)
    return (
      <>
        <Empty title={say('추정할 것이 없습니다', 'Nothing to estimate')}>
          {gap
            ? sentence(gap)
            : say(
                '일봉이 60일 이상 있는 보유 종목이 있어야 합니다.',
                'It takes held names with at least 60 days of history.',
              )}
        </Empty>
        <LeftOut left={left} />
      </>
    )
  return (
    <div className="stack">
      {first?.historical && (
        <p>
          {say(
            `지금 보유 그대로 하루를 보내면, 지난 날들 기준으로 20일 중 하루는 ${won(first.historical.valueAtRisk)}원 넘게 잃습니다.`,
            `Held as it is for a day, by the days behind us one day in twenty loses more than ${won(first.historical.valueAtRisk)}.`,
          )}
        </p>
      )}
      <div className="table-wrap">
        <table className="table tails live-figures">
          <thead>
            <tr>
              <th scope="col">{say('신뢰수준', 'Confidence')}</th>
              <th scope="col" className="number">
                {say('과거 VaR', 'Historical VaR')}
              </th>
              <th scope="col" className="number">
                {say('과거 CVaR', 'Historical CVaR')}
              </th>
              <th scope="col" className="number">
                {say('정규 VaR', 'Normal VaR')}
              </th>
              <th scope="col" className="number">
                {say('정규 CVaR', 'Normal CVaR')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ confidence, historical, gaussian }) => (
              <tr key={confidence}>
                <th scope="row">
                  {percent(confidence).replace('.00', '')}
                  {isThin(historical) && (
                    <span className="sub">
                      {say(`꼬리 ${historical?.tailDays}일뿐`, `tail of ${historical?.tailDays} days only`)}
                    </span>
                  )}
                </th>
                <Losses tail={historical} />
                <Losses tail={gaussian} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {gap && <p className="note warn">{sentence(gap)}</p>}
      <p className="quiet">
        {window &&
          say(
            `일봉 수익률 ${count(window.days)}일 (${window.from} – ${window.to}), 평가금액 ${won(estimate.value)}원. `,
            `${count(window.days)} daily returns (${window.from} – ${window.to}), ${won(estimate.value)} held. `,
          )}
        {say(
          'CVaR은 그 선을 넘은 날들의 평균 손실입니다. 추정이며, 앞날이 지난 날과 다르면 맞지 않습니다.',
          'CVaR is the mean loss beyond that line. An estimate: it fails when coming days are unlike those behind us.',
        )}
      </p>
      {parts.length > 1 && <Parts parts={parts} />}
      <LeftOut left={left} />
    </div>
  )
}

function Losses({ tail }: { readonly tail: EstimateMessage['tails'][number] | undefined }) {
  return (
    <>
      <td className="number">{tail ? won(tail.valueAtRisk) : '–'}</td>
      <td className="number">{tail ? won(tail.expectedShortfall) : '–'}</td>
    </>
  )
}

function Parts({ parts }: { readonly parts: EstimateMessage['parts'] }) {
  const say = useSay()
  const most = Math.max(...parts.map(({ valueAtRisk }) => Math.abs(valueAtRisk)), 1)
  return (
    <div>
      <h3>{say('99% 정규 VaR에 보태는 몫', 'What each adds to the normal VaR at 99 %')}</h3>
      <ul className="parts">
        {parts.map(({ instrument, name, valueAtRisk }) => (
          <li key={instrument}>
            <span>{name}</span>
            <span className="share-track" aria-hidden="true">
              <span style={{ width: `${(Math.abs(valueAtRisk) / most) * 100}%` }} />
            </span>
            <span className="number">{won(valueAtRisk)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function LeftOut({ left }: { readonly left: EstimateMessage['left'] }) {
  const say = useSay()
  const sentence = useSentence()
  if (left.length === 0) return null
  return (
    <div className="note warn">
      <div>
        <strong>{say('추정에서 빠진 종목', 'Not in the estimate')}</strong>
        <ul>
          {left.map((row) => (
            <li key={row.instrument}>
              {row.name}: {sentence(row)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function Stress({
  estimate,
  allStops,
  equity = 0,
}: Known & { readonly estimate: EstimateMessage | undefined }) {
  const say = useSay()
  if (!allStops) return <Loading />
  const ofEquity = (change: number) => (equity > 0 ? signedPercent(change / equity) : '')
  return (
    <div className="stack live-figures">
      <div className="what-if">
        <h3>{say('모든 종목이 손절가에 팔리면', 'Every position sold at its stop')}</h3>
        <p className={direction(allStops.change)}>
          <b>{signed(allStops.change)}</b> <span>{ofEquity(allStops.change)}</span>
        </p>
        <p className="quiet">
          {allStops.unguarded > 0
            ? say(
                `손절이 없는 ${allStops.unguarded}종목 ${won(allStops.unguardedValue)}원은 빠져 있습니다. `,
                `Without ${allStops.unguarded} positions (${won(allStops.unguardedValue)}) that have no stop. `,
              )
            : ''}
          {say('급락하면 손절가보다 낮게 팔립니다.', 'In a fast fall the price is worse than the stop.')}
        </p>
      </div>
      <div className="what-if">
        <h3>{say('모든 종목이 하한가(−30%)로 가면', 'Every name at its lower limit (−30 %)')}</h3>
        {estimate ? (
          <>
            <p className={direction(estimate.lowerLimits.change)}>
              <b>{signed(estimate.lowerLimits.change)}</b>{' '}
              <span>{ofEquity(estimate.lowerLimits.change)}</span>
            </p>
            <p className="quiet">
              {estimate.lowerLimits.assumed > 0
                ? say(
                    `전일 종가를 모르는 ${estimate.lowerLimits.assumed}종목은 지금 가격에서 30% 내려 셉니다.`,
                    `${estimate.lowerLimits.assumed} names without a known close count 30 % below their price.`,
                  )
                : say('전일 종가에서 30% 아래입니다.', '30 % below the close before.')}
            </p>
          </>
        ) : (
          <Loading />
        )}
      </div>
    </div>
  )
}
