import { useQuery } from '@tanstack/react-query'
import type { TrialLedgerMessage, TriedIdea } from '../../../contract/backtest.ts'
import type { SentenceMessage } from '../../../contract/live.ts'
import { numberText } from '../../parts/figures.ts'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { count, instantText, percent } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { ledgerQuery } from './use-backtests.ts'

/** Everything that was ever tried, and what the next result has to beat. */
export function Ledger() {
  const say = useSay()
  const { data, error, refetch } = useQuery(ledgerQuery)
  if (error) return <ErrorNote error={error} again={() => void refetch()} />
  if (!data) return <Loading />
  if (data.total === 0)
    return (
      <Empty title={say('아직 시도한 것이 없습니다', 'Nothing was tried yet')}>
        {say('백테스트와 값 찾기는 모두 여기에 남습니다.', 'Every backtest and sweep is kept here.')}
      </Empty>
    )
  return (
    <div className="stack">
      <div className="table-wrap">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say('아이디어', 'Idea')}</th>
              <th scope="col" className="number">
                {say('시도', 'Trials')}
              </th>
              <th scope="col" className="number">
                {say('최고 샤프', 'Best Sharpe')}
              </th>
              <th scope="col" className="number">
                {say('필요한 샤프', 'Needed')}
              </th>
              <th scope="col" className="number wide-only">
                {say('운이 아닐 확률', 'Not luck')}
              </th>
              <th scope="col" className="wide-only">
                {say('기간', 'Days')}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.ideas.map((idea) => (
              <IdeaRow key={idea.id} idea={idea} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet small-print inner">
        {say(
          '필요한 샤프는 그만큼 시도했을 때 운으로 나올 최고를 95%로 넘는 값입니다. 실패한 시도도, 다시 돌린 같은 시도는 한 번만 셉니다.',
          'The Sharpe ratio needed beats, at 95 %, the best that luck gives in so many trials. Failures count, a repeat counts once.',
        )}
        {data.unreadable > 0 &&
          say(
            ` 읽을 수 없는 줄 ${data.unreadable}개는 세지 않았습니다.`,
            ` ${data.unreadable} lines cannot be read and were not counted.`,
          )}
      </p>
      <details className="inner">
        <summary>
          {say(
            `최근 기록 ${count(data.records.length)}개`,
            `The newest ${count(data.records.length)} records`,
          )}
        </summary>
        <Records records={data.records} />
      </details>
    </div>
  )
}

function IdeaRow({ idea }: { readonly idea: TriedIdea }) {
  const say = useSay()
  const { best } = idea
  const isEnough = best?.needed !== undefined && best.sharpe >= best.needed
  return (
    <tr>
      <th scope="row">
        {idea.id}
        <span className="sub">{idea.text}</span>
      </th>
      <td className="number">
        {count(idea.trials)}
        {idea.failed > 0 && (
          <span className="sub">{say(`실패 ${idea.failed}`, `${idea.failed} failed`)}</span>
        )}
      </td>
      <td className="number">{best ? numberText(best.sharpe) : '–'}</td>
      <td className="number">
        {best?.needed === undefined ? '–' : numberText(best.needed)}
        {best?.needed !== undefined && ' '}
        {best?.needed !== undefined && (
          <span className={`chip ${isEnough ? 'good' : 'warn'}`}>
            {isEnough ? say('넘음', 'beaten') : say('모자람', 'short')}
          </span>
        )}
      </td>
      <td className="number wide-only">{best?.deflated === undefined ? '–' : percent(best.deflated)}</td>
      <td className="wide-only">
        {idea.from} – {idea.to}
      </td>
    </tr>
  )
}

const KINDS: Readonly<Record<string, SentenceMessage>> = {
  backtest: { ko: '백테스트', en: 'Backtest' },
  sweep: { ko: '값 찾기', en: 'Sweep' },
  walkforward: { ko: '전진 검증', en: 'Walk-forward' },
  validation: { ko: '교차 검증', en: 'Cross-validation' },
  seal: { ko: '봉인', en: 'Sealed' },
  opening: { ko: '봉인 열기', en: 'Opened' },
}

function Records({ records }: { readonly records: TrialLedgerMessage['records'] }) {
  const say = useSay()
  const sentence = useSentence()
  return (
    <div className="table-wrap">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{say('때', 'When')}</th>
            <th scope="col">{say('종류', 'Kind')}</th>
            <th scope="col">{say('아이디어와 값', 'Idea and values')}</th>
            <th scope="col" className="number">
              {say('샤프', 'Sharpe')}
            </th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={`${record.at} ${record.kind} ${record.idea} ${JSON.stringify(record.parameters)}`}>
              <td>{instantText(record.at).slice(0, 16)}</td>
              <td>{sentence(KINDS[record.kind] ?? { ko: record.kind, en: record.kind })}</td>
              <td>
                {record.idea}
                <span className="sub">
                  {Object.entries(record.parameters)
                    .map(([key, value]) => `${key}=${String(value)}`)
                    .join(' ')}
                </span>
                {record.failed && <span className="sub">{sentence(record.failed)}</span>}
              </td>
              <td className="number">{record.sharpe === undefined ? '–' : numberText(record.sharpe)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
