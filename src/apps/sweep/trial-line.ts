import { z } from 'zod'
import type { TrialJob, TrialOutcome } from '../../lab/optimise/trial.ts'
import { tradingDay } from '../../model/time.ts'

const LINE = z.object({
  trial: z.number().int().min(0),
  parameters: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
  from: z.string().transform(tradingDay),
  to: z.string().transform(tradingDay),
  roundTrips: z.number(),
  endedWith: z.number(),
  costs: z.number(),
  decisionHash: z.string(),
  /** Little-endian doubles in base64. */
  returns: z.base64(),
  failed: z.object({ ko: z.string(), en: z.string() }).optional(),
})

/** A trial as a line of the file, its end with it. */
export function trialLine(trial: number, { job, returns, failed, ...figures }: TrialOutcome): string {
  const bytes = Buffer.from(returns.buffer, returns.byteOffset, returns.byteLength)
  const { roundTrips, endedWith, costs, decisionHash } = figures
  const { parameters, from, to } = job
  const line: z.input<typeof LINE> = {
    trial,
    parameters,
    from,
    to,
    roundTrips,
    endedWith,
    costs,
    decisionHash,
    returns: bytes.toString('base64'),
    ...(failed && { failed }),
  }
  return `${JSON.stringify(line)}\n`
}

/** Undefined when the text is no such line. */
export function outcomeFrom(text: string): TrialOutcome | undefined {
  const line = LINE.safeParse(parsed(text))
  if (!line.success) return undefined
  const { parameters, from, to, returns, failed, roundTrips, endedWith, costs, decisionHash } = line.data
  // A buffer of its own: doubles stand at multiples of eight.
  const bytes = new Uint8Array(Buffer.from(returns, 'base64'))
  if (bytes.byteLength % 8 !== 0) return undefined
  return {
    job: { parameters, from, to },
    returns: new Float64Array(bytes.buffer),
    roundTrips,
    endedWith,
    costs,
    decisionHash,
    ...(failed && { failed }),
  }
}

const JOB = LINE.pick({ parameters: true, from: true, to: true })

/** A job that came as plain data; undefined when it is none. */
export const jobFrom = (value: unknown): TrialJob | undefined => JOB.safeParse(value).data

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
