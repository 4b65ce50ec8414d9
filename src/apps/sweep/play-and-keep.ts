import type { PlayTrials, TrialJob, TrialOutcome } from '../../lab/optimise/trial.ts'
import { jobKey, type TrialFile } from './trial-file.ts'
import type { TrialPool } from './trial-pool.ts'

/**
 * Plays what the file does not know yet, and keeps each outcome there as soon as it is known. Jobs are numbered in the order in
 * which they are asked for. `onPlayed` hears how many were played so far.
 */
export function playAndKeep(
  pool: Pick<TrialPool, 'play'>,
  file: Pick<TrialFile, 'known' | 'append'>,
  onPlayed: (played: number) => void,
): PlayTrials {
  let asked = 0
  let played = 0
  return async (jobs, options) => {
    const first = asked
    asked += jobs.length
    const outcomes: (TrialOutcome | undefined)[] = jobs.map((job) => file.known.get(jobKey(job)))
    const missing = [...outcomes.keys()].filter((place) => outcomes[place] === undefined)
    await pool.play(
      missing.map((place) => jobs[place] as TrialJob),
      {
        ...options,
        onOutcome: (at, outcome) => {
          const place = missing[at] as number
          outcomes[place] = outcome
          file.append(first + place, outcome)
          onPlayed(++played)
        },
      },
    )
    return outcomes.filter((outcome) => outcome !== undefined)
  }
}
