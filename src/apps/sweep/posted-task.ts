import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { z } from 'zod'
import type { BarTable } from '../../lab/backtest/bar-table.ts'
import type { Delisting } from '../../model/corporate-action.ts'
import type { Instrument } from '../../model/instrument.ts'
import { INTERVALS } from '../../model/interval.ts'
import type { BacktestRules } from '../backtest/settings.ts'
import type { TrialTask } from './trial-task.ts'

/**
 * A task on its way to other machines: the bars and instruments as columns of bytes, which are large and the same for many sweeps,
 * and the rest as plain data. Both machines have the same release, so that the rules are what their type says.
 */
const BODY = z.object({
  strategy: z.union([
    z.object({ id: z.string() }),
    z.object({
      /** The file itself, with its ending: a worker has no file of ours. */
      text: z.string(),
      ending: z.enum(['.ts', '.mts', '.js', '.mjs']),
      sha256: z.string(),
    }),
  ]),
  interval: z.enum(INTERVALS),
  delistings: z.custom<readonly Delisting[]>(Array.isArray),
  rules: z.custom<BacktestRules>((value) => typeof value === 'object' && value !== null),
  cash: z.number(),
  /** A trial that shows no progress for so long has failed; wall milliseconds. */
  patienceMs: z.number(),
})

export type PostedBody = z.infer<typeof BODY>

/** Undefined: it is none. */
export const postedBodyFrom = (value: unknown): PostedBody | undefined => BODY.safeParse(value).data

/** Rejects when the strategy file cannot be read; undefined when it is of a kind that no worker takes. */
export async function postedBody(task: TrialTask, patienceMs: number): Promise<PostedBody | undefined> {
  const { interval, delistings = [], rules, cash, strategy } = task
  const sent = 'id' in strategy ? strategy : await textOf(strategy.file)
  return postedBodyFrom({ strategy: sent, interval, delistings, rules, cash, patienceMs })
}

async function textOf(file: string) {
  const text = await readFile(file, 'utf8')
  return { text, ending: extname(file), sha256: sha256(text) }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export type TrialData = Pick<TrialTask, 'bars' | 'instruments'>

/** Little-endian, as every machine has it that Node runs on. */
export const columnsOf = ({
  bars: { openAt, closeAt, starts, index, open, high, low, close, volume },
  instruments,
}: TrialData): readonly Uint8Array[] => [
  Buffer.from(JSON.stringify(instruments)),
  ...[openAt, closeAt, starts, index, open, high, low, close, volume].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  ),
]

const INSTRUMENTS = z.custom<readonly Instrument[]>(Array.isArray)

/** What `columnsOf` was given, to the bit; each column lies on memory of its own. */
export function dataOf([names, ...columns]: readonly Uint8Array<ArrayBuffer>[]): TrialData {
  const numbers = (place: number) => new Float64Array(columns[place]?.buffer ?? new ArrayBuffer())
  const places = (place: number) => new Uint32Array(columns[place]?.buffer ?? new ArrayBuffer())
  const bars: BarTable = {
    openAt: numbers(0),
    closeAt: numbers(1),
    starts: places(2),
    index: places(3),
    open: numbers(4),
    high: numbers(5),
    low: numbers(6),
    close: numbers(7),
    volume: numbers(8),
  }
  return { bars, instruments: INSTRUMENTS.parse(JSON.parse(Buffer.from(names ?? []).toString())) }
}
