import { refuse } from '../trouble.ts'

const DELIMITERS = [',', '\t', ';', '|']

/** The header of a text file. */
export interface Header {
  readonly columns: readonly string[]
  readonly delimiter: string
}

/** Reads the first line. Errors: names that repeat, or a line that looks like data. */
export function readHeader(line: string, declared: string | undefined): Header {
  const delimiter = declared ?? mostUsed(line)
  const columns = fields(line, delimiter).map((name) => name.trim())
  if (columns.every((name) => name === '' || /^[+-]?[\d.,:/\s-]+$/.test(name)))
    refuse(
      'header',
      `1행이 열 이름이 아니라 자료로 보입니다: '${clip(line)}'. 첫 줄에 열 이름을 넣으세요`,
      `row 1 looks like data, not like column names: '${clip(line)}'. Put the names of the columns into the first line`,
      1,
    )
  const again = columns.find((name, index) => columns.indexOf(name) < index)
  if (again !== undefined && again !== '')
    refuse(
      'header',
      `1행에 열 이름 '${again}'이(가) 두 번 나옵니다: 한쪽 이름을 바꾸세요`,
      `row 1 names the column '${again}' twice: rename one of them`,
      1,
    )
  return { columns, delimiter }
}

export const clip = (line: string): string => (line.length > 80 ? `${line.slice(0, 79)}…` : line)

function mostUsed(line: string): string {
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: fields(line, delimiter).length }))
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).delimiter
}

/** Splits one line; a quoted field may hold the delimiter, and a doubled quote is one. */
function fields(line: string, delimiter: string): string[] {
  const found: string[] = []
  let field = ''
  let isQuoted = false
  for (let at = 0; at < line.length; at++) {
    const letter = line[at] as string
    if (letter === '"' && isQuoted && line[at + 1] === '"') {
      field += '"'
      at++
    } else if (letter === '"') isQuoted = !isQuoted
    else if (letter === delimiter && !isQuoted) {
      found.push(field)
      field = ''
    } else field += letter
  }
  return [...found, field]
}

/** Every column that the job names must be there; the answer lists what is. */
export function checkNames(columns: readonly string[], wanted: readonly string[], file: string): void {
  const missing = wanted.filter((name) => !columns.includes(name))
  if (missing.length > 0)
    refuse(
      'column',
      `${file} 1행에 ${missing.map((name) => `'${name}'`).join(', ')} 열이 없습니다. 있는 열: ${columns.join(', ')}`,
      `row 1 of ${file} has no column ${missing.map((name) => `'${name}'`).join(', ')}; there are: ${columns.join(', ')}`,
      1,
    )
}
