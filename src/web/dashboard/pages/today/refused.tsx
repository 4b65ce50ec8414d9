import { Link } from 'wouter'
import { Card } from '../../parts/card.tsx'
import { Empty } from '../../parts/notes.tsx'
import { clockText, count } from '../../state/numbers.ts'
import { useSay, useSentence } from '../../state/say.ts'
import { ruleName } from '../why/rules.ts'
import { useRefusals } from '../why/use-refusals.ts'
import { countsByRule, searchOf } from '../why/view.ts'

const RULES_SHOWN = 4
const ROWS_SHOWN = 4

/** Why nothing was bought, in short; the whole story stands on a page of its own. */
export function Refused() {
  const say = useSay()
  const sentence = useSentence()
  const rows = useRefusals().rows ?? []
  const rules = countsByRule(rows).slice(0, RULES_SHOWN)
  return (
    <Card
      title={say('사지 않은 이유', 'Not bought, and why')}
      aside={<Link href="/why">{say('모두 보기', 'See all')}</Link>}
      flush
    >
      {rows.length === 0 ? (
        <Empty title={say('거절된 후보가 없습니다', 'No candidate was refused')} />
      ) : (
        <>
          <ul className="rule-chips">
            {rules.map(({ code, count: times }) => (
              <li key={code}>
                <Link className="chip" href={`/why${searchOf({ rule: code })}`}>
                  {sentence(ruleName(code))} {count(times)}
                </Link>
              </li>
            ))}
          </ul>
          <ol className="event-list">
            {rows.slice(0, ROWS_SHOWN).map((row) => (
              <li key={row.key}>
                <time>{clockText(row.at)}</time>
                <span>
                  <Link href={`/why${searchOf({ symbol: row.instrument })}`}>{row.name}</Link> {sentence(row)}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </Card>
  )
}
