import { useState } from 'react'
import { at } from '../../../contract/settings-changes.ts'
import { Card, Figure } from '../../parts/card.tsx'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { useLive } from '../../state/live.ts'
import { useSay } from '../../state/say.ts'
import { useDraft } from '../settings/draft.ts'
import { FormProvider, useForm } from '../settings/form.ts'
import { ReviewBar } from '../settings/review.tsx'
import { useFileForm, useSettings } from '../settings/use-settings.ts'
import { AddRule } from './add-rule.tsx'
import { RuleCard } from './rule-card.tsx'
import { MOST_RULES, MOST_SYMBOLS, nameOf, type RuleList, ranking, rulesOf, symbolsUsed } from './view.ts'
import '../settings/page.css'
import './page.css'

export function StrategiesPage() {
  const say = useSay()
  const { data: settings, error, refetch } = useSettings()
  const form = useFileForm(settings)
  if (error && !settings) return <ErrorNote error={error} again={() => void refetch()} />
  if (!settings || !form) return <Loading />
  return (
    <FormProvider value={form}>
      <div className="page-head">
        <h1>{say('전략·조건', 'Strategies and conditions')}</h1>
        <span className="quiet">
          {say('바꾼 값은 검토한 뒤 바로 적용됩니다.', 'Changes are reviewed, then apply at once.')}
        </span>
      </div>
      <div className="grid">
        <div className="stack span-8">
          <Rules
            list="buy"
            title={say('매수 조건 (조건검색식)', 'Buy conditions of the broker')}
            empty={say(
              '영웅문4에 저장한 조건검색식에 편입되면 사는 규칙입니다',
              'Buys what enters a condition search saved in the HTS',
            )}
          />
          <Rules
            list="strategies"
            title={say('전략과 내 조건식', 'Strategies and own conditions')}
            empty={say(
              '봉이 닫힐 때 판단하는 전략입니다. 내장 전략이나 조건식으로 만듭니다',
              'Judged when a bar closes: built in, or written as a condition',
            )}
          />
          <Rules
            list="sell"
            title={say('매도 조건 (조건검색식)', 'Sell conditions of the broker')}
            empty={say('보유 종목이 편입되면 파는 규칙입니다', 'Sells a held name that enters')}
          />
        </div>
        <div className="stack span-4 aside">
          <Places />
          <Order />
        </div>
      </div>
      <ReviewBar />
    </FormProvider>
  )
}

function Rules({
  list,
  title,
  empty,
}: {
  readonly list: RuleList
  readonly title: string
  readonly empty: string
}) {
  const say = useSay()
  const { values, isLocked } = useForm()
  const waits = useDraft(({ edits }) => edits.length > 0)
  const [isAdding, setAdding] = useState(false)
  const rules = rulesOf(values, list)
  const isFull = rules.length >= MOST_RULES[list]
  return (
    <Card
      flush
      title={
        <>
          {title} <span className="quiet">{`${rules.length} / ${MOST_RULES[list]}`}</span>
        </>
      }
      aside={
        <button
          type="button"
          className="button small"
          disabled={isLocked || waits || isFull}
          title={
            waits
              ? say('바뀐 값을 먼저 적용하거나 되돌리세요', 'Apply or undo what is changed first')
              : undefined
          }
          onClick={() => setAdding(true)}
        >
          {say('추가', 'Add')}
          <span className="unseen">{title}</span>
        </button>
      }
    >
      {rules.length === 0 ? (
        <Empty title={say('없습니다', 'None')}>{empty}</Empty>
      ) : (
        <ul className="rules">
          {rules.map((rule, index) => (
            <RuleCard key={nameOf(list, rule)} list={list} index={index} rule={rule} />
          ))}
        </ul>
      )}
      {isAdding && <AddRule list={list} onClose={() => setAdding(false)} />}
    </Card>
  )
}

/** The few realtime places of the broker, and who takes them. */
function Places() {
  const say = useSay()
  const { values } = useForm()
  const health = useLive(({ state }) => state?.health)
  const used = symbolsUsed(values)
  const route = at(values, ['orders', 'route'])
  const isUnheard = route !== 'krx' && used > 0
  return (
    <Card title={say('실시간 자리', 'Realtime places')}>
      <dl className="figures">
        <Figure label={say('쓰는 자리', 'In use')} className="live-figures">
          {health ? `${health.registered} / ${health.slots}` : '–'}
        </Figure>
        <Figure label={say('차례로 묻는 종목', 'Polled')} className="live-figures">
          {health ? health.polled : '–'}
        </Figure>
        <Figure label={say('전략의 종목', 'Names of strategies')}>{`${used} / ${MOST_SYMBOLS}`}</Figure>
      </dl>
      <Meter
        used={health?.registered ?? 0}
        of={health?.slots ?? 0}
        label={say('실시간 자리', 'Realtime places')}
      />
      {isUnheard && (
        <p className="note warn">
          {say(
            '전략은 주문 경로가 KRX일 때만 돕니다. 설정에서 바꾸세요.',
            'Strategies run only with the route KRX: see the settings.',
          )}
        </p>
      )}
    </Card>
  )
}

const Meter = ({
  used,
  of,
  label,
}: {
  readonly used: number
  readonly of: number
  readonly label: string
}) =>
  of === 0 ? null : (
    <meter
      className="places"
      min={0}
      max={of}
      high={of * 0.9}
      value={used}
      aria-label={`${label} ${used} / ${of}`}
    />
  )

/** Who gets the last free place. */
function Order() {
  const say = useSay()
  const { values } = useForm()
  const ranked = ranking(values)
  return (
    <Card title={say('차례', 'Who goes first')}>
      {ranked.length === 0 ? (
        <p className="quiet">{say('켜져 있는 매수 규칙이 없습니다.', 'Nothing that buys is switched on.')}</p>
      ) : (
        <>
          <p className="hint quiet">
            {say(
              '남은 자리가 하나면 우선순위가 큰 쪽이 먼저입니다.',
              'The higher priority gets the last free place.',
            )}
          </p>
          <ol className="ranking">
            {ranked.map(({ list, name, priority }, index) => (
              <li key={`${list} ${name}`}>
                <span className="rank">{index + 1}</span>
                <span className="who">{name}</span>
                <span className="chip">
                  {list === 'buy' ? say('조건', 'condition') : say('전략', 'strategy')}
                </span>
                <span className="number">{priority}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </Card>
  )
}
