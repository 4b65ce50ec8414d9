import { useQuery } from '@tanstack/react-query'
import { Card, Figure } from '../../parts/card.tsx'
import { money } from '../../parts/figures.ts'
import { Empty, ErrorNote, Loading } from '../../parts/notes.tsx'
import { count, percent } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay } from '../../state/say.ts'
import { costsQuery } from './use-backtests.ts'
import { type Draft, marketOf } from './view.ts'

/** Shares below one in all would leave the bar half empty. */
const SHARES = 10_000

/** Before a strategy is played: what each of its trades has to earn first. */
export function CostsFirst({ draft }: { readonly draft: Draft }) {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  const market = marketOf(draft)
  const asked = market && {
    data: market.data,
    slippage: market.slippage,
    ...(market.symbols && { symbols: market.symbols }),
    ...(market.commission !== undefined && { commission: market.commission }),
  }
  const { data: costs, error, isPending } = useQuery(costsQuery(asked))
  const parts = costs && [
    { key: 'commission', text: say('수수료 두 번', 'Commission, twice'), ratio: costs.commission },
    {
      key: 'tax',
      text: costs.currency === 'USD' ? say('SEC 수수료', 'SEC fee') : say('거래세', 'Tax on the sale'),
      ratio: costs.tax,
    },
    { key: 'slippage', text: say('슬리피지', 'Slippage'), ratio: costs.slippage },
  ]
  return (
    <Card title={say('먼저, 비용', 'Costs first')}>
      {error ? (
        <ErrorNote error={error} />
      ) : costs && parts ? (
        <div className="stack">
          <dl className="figures">
            <Figure label={say('한 번에 이만큼 올라야 본전', 'Break-even move a trade')}>
              {percent(costs.total)}
            </Figure>
            <Figure label={say('하루 한 번씩, 한 해', 'Once a day, per year')}>
              {count(costs.total * costs.daysPerYear * 100)}%
            </Figure>
          </dl>
          <div className="cost-bar" aria-hidden="true">
            {parts.map(({ key, ratio }) => (
              <span key={key} className={key} style={{ flexGrow: Math.max(ratio, 0) * SHARES }} />
            ))}
          </div>
          <dl className="cost-parts">
            {parts.map(({ key, text, ratio }) => (
              <div key={key}>
                <dt>
                  <i className={`cost-mark ${key}`} />
                  {text}
                </dt>
                <dd>{percent(ratio)}</dd>
              </div>
            ))}
          </dl>
          <p className="quiet small-print">
            {say(
              `${costs.name} ${money(costs.price, costs.currency, 'ko')} 기준 (${costs.market}, ${costs.day})`,
              `At ${costs.name}, ${money(costs.price, costs.currency, language)} (${costs.market}, ${costs.day})`,
            )}
          </p>
        </div>
      ) : isPending && asked ? (
        <Loading />
      ) : (
        <Empty title={say('데이터를 고르면 비용이 나옵니다', 'Choose data to see the costs')} />
      )}
    </Card>
  )
}
