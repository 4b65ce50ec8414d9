import type { ReactNode } from 'react'
import type { CurrencyMessage, FigureGroupMessage, FigureMessage } from '../../contract/backtest-report.ts'
import { usePreferences } from '../state/preferences.ts'
import { useSay } from '../state/say.ts'
import { figureOf, figureShown } from './figures.ts'

export interface FigureColumn {
  readonly key: string
  readonly head: ReactNode
  readonly groups: readonly FigureGroupMessage[]
  readonly currency: CurrencyMessage
}

/** Results side by side: a figure a row, a result a column. `children`: further rows at the foot. */
export function FigureTable({
  columns,
  keys,
  children,
}: {
  readonly columns: readonly FigureColumn[]
  readonly keys: readonly string[]
  readonly children?: ReactNode
}) {
  const say = useSay()
  const language = usePreferences((preferences) => preferences.language)
  return (
    <div className="table-wrap">
      <table className="table figure-table">
        <thead>
          <tr>
            <th scope="col">{say('수치', 'Figure')}</th>
            {columns.map(({ key, head }) => (
              <th key={key} scope="col" className="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => {
            const row = columns.map(({ groups }) => figureOf(groups, key))
            const first = row.find((each): each is FigureMessage => each !== undefined)
            if (!first) return null
            return (
              <tr key={key}>
                <th scope="row">{say(first.ko, first.en)}</th>
                {columns.map(({ key: of, currency }, place) => {
                  const figure = row[place]
                  const shown = figure && figureShown(figure, currency, language)
                  return (
                    <td key={of} className={`number ${shown?.tone ?? ''}`}>
                      {shown?.text ?? '–'}
                    </td>
                  )
                })}
              </tr>
            )
          })}
          {children}
        </tbody>
      </table>
    </div>
  )
}
