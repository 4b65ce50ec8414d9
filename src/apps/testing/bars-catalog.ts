import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isTradingDay } from '../../model/calendar.ts'
import { addDays, type TradingDay } from '../../model/time.ts'
import { createRandom } from '../../std/random.ts'
import { runCommandLine } from '../command-line.ts'
import { recordingIo } from './recording-io.ts'

/** A command line in this process: its exit code and what it said. */
export async function garam(...words: readonly string[]) {
  const io = recordingIo()
  const code = await runCommandLine(words, io)
  return { code, out: io.outText, err: io.errText }
}

export function tradingDays(from: TradingDay, count: number): readonly TradingDay[] {
  const found: TradingDay[] = []
  for (let day = from; found.length < count; day = addDays(day, 1)) if (isTradingDay(day)) found.push(day)
  return found
}

/** Rows of daily bars that wander on the grid of ten won. */
export function wander(code: string, seed: number, days: readonly TradingDay[]): readonly string[] {
  const random = createRandom(seed)
  let last = 10_000
  return days.map((day) => {
    const open = last + 10 * Math.round((random.next() - 0.5) * 20)
    last = Math.max(6_000, Math.min(19_000, open + 10 * Math.round((random.next() - 0.5) * 60)))
    const [high, low] = [Math.max(open, last) + 50, Math.min(open, last) - 50]
    return `${code},${day},${open},${high},${low},${last},${100_000 + Math.floor(random.next() * 1e5)}`
  })
}

/** A catalog in the folder with daily bars of these rows, as `bars/1d/KRX/none`. */
export async function catalogOf(folder: string, rows: readonly string[]): Promise<string> {
  const [file, catalog] = [join(folder, 'bars.csv'), join(folder, 'catalog')]
  await writeFile(file, ['symbol,day,open,high,low,close,volume', ...rows, ''].join('\n'))
  const columns = 'symbol=symbol,day=day,open=open,high=high,low=low,close=close,volume=volume'
  const kind = ['--kind', 'bars', '--interval', '1d', '--market', 'KRX', '--adjusted', 'none']
  const words = ['data', 'import', file, ...kind, '--columns', columns, '--catalog', catalog]
  const { code, err } = await garam(...words)
  if (code !== 0) throw new Error(err)
  return catalog
}

/** The lines of the trials that a sweep left in its folder, in the order of their numbers. */
export async function trialsIn(folder: string): Promise<readonly string[]> {
  const lines = (await readFile(join(folder, 'trials.jsonl'), 'utf8')).trimEnd().split('\n')
  const number = (line: string): number => JSON.parse(line).trial
  return lines.toSorted((a, b) => number(a) - number(b))
}
