import type { CSSProperties, ReactNode } from 'react'
import './charts.css'

export interface HeatCell {
  /** −1 to 1, how strong its colour is: red above zero, blue below; the words in it say the same. */
  readonly strength: number
  readonly text: ReactNode
  /** Below it, smaller. */
  readonly sub?: ReactNode
  readonly title?: string
  /** Framed: the winner, today. */
  readonly marked?: boolean
}

/** The colours of a cell: `sign` is red above zero and blue below, `size` one colour that deepens. */
export type HeatTone = 'sign' | 'size'

interface Props {
  readonly label: string
  /** What stands in the corner. */
  readonly corner?: ReactNode
  readonly columns: readonly { readonly key: string; readonly name: ReactNode }[]
  readonly rows: readonly {
    readonly key: string
    readonly name: ReactNode
    readonly cells: readonly (HeatCell | undefined)[]
  }[]
  readonly tone?: HeatTone
  readonly onPick?: (row: number, column: number) => void
  readonly picked?: readonly [row: number, column: number] | undefined
}

/** What scrolls sideways must be reached by keyboard, or it can only be seen in part (WCAG 2.1.1). */
const REACHED = { tabIndex: 0 } as const

/** A table whose cells are coloured by what stands in them: a table first, so that everybody can read it. */
export function HeatMap({ label, corner, columns, rows, tone = 'sign', onPick, picked }: Props) {
  const isPicked = (row: number, column: number) => picked?.[0] === row && picked[1] === column
  return (
    <section className="table-wrap heat-wrap" aria-label={label} {...REACHED}>
      <table className="heat">
        <caption className="unseen">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, cells }, row) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {columns.map((column, place) => {
                const cell = cells[place]
                if (!cell) return <td key={column.key} className="none" />
                return (
                  <td
                    key={column.key}
                    className={cell.marked ? 'marked' : ''}
                    style={heatStyle(cell.strength, tone)}
                    title={cell.title}
                  >
                    {onPick ? (
                      <button
                        type="button"
                        aria-pressed={isPicked(row, place)}
                        onClick={() => onPick(row, place)}
                      >
                        <Words cell={cell} />
                      </button>
                    ) : (
                      <Words cell={cell} />
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Words = ({ cell: { text, sub } }: { readonly cell: HeatCell }) => (
  <>
    {text}
    {sub !== undefined && <small>{sub}</small>}
  </>
)

/** Never so strong that letters are hard to read on it, in either theme. */
const MOST_COLOUR = 34

export function heatStyle(strength: number, tone: HeatTone): CSSProperties {
  const colour = tone === 'size' ? 'var(--accent)' : strength < 0 ? 'var(--down)' : 'var(--up)'
  const share = Math.round(Math.abs(strength) * MOST_COLOUR)
  return { background: `color-mix(in srgb, ${colour} ${share}%, var(--surface))` }
}
