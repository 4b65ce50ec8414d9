import { quoted } from '../duck.ts'
import { FLAGS, type FlagName } from '../flags.ts'
import { KINDS } from '../kinds.ts'
import { type Check, foundBy, type Subject, shown } from './finding.ts'

/** Rows that carried a flag when they came in. */
const flagged = (id: FlagName): Check => ({
  id,
  concerns: ({ set }) => id in KINDS[set.kind].flags || id === 'unordered' || id === 'closedDay',
  run: (subject) =>
    foundBy(
      subject,
      `SELECT symbol, day, row, "import", ${detailOf(subject)} AS detail FROM b WHERE flags & ${FLAGS[id]} <> 0`,
    ),
})

/** What the row says, in the order of its columns. */
function detailOf(subject: Subject): string {
  const said = KINDS[subject.set.kind].columns
    .filter(({ name }) => name !== 'last' && name !== 'value')
    .map(({ name, type }) => {
      const isNumber = type === 'price' || type === 'number'
      return `'${name} ' || ${isNumber ? shown(subject, quoted(name), type === 'price') : quoted(name)}`
    })
  return `concat_ws(' ', ${said.join(', ')})`
}

/** `fraction` is told by the tick check, which knows whether half a won is a half tick. */
export const FLAG_CHECKS: readonly Check[] = (
  [
    'unordered',
    'closedDay',
    'ohlc',
    'zeroPrice',
    'negativePrice',
    'negativeVolume',
    'zeroVolume',
    'noTrade',
    'crossed',
  ] as const
).map(flagged)
