import { PERIODS_PER_YEAR } from '../../lab/analytics/periods.ts'
import { deflatedSharpe, sharpeNeeded } from '../../lab/analytics/trials.ts'
import { countTrials, trialsOf } from '../../lab/optimise/validation-count.ts'
import type { LedgerContent, LedgerRecord, TrialRecord } from '../../ports/trial-ledger.ts'
import type { TrialLedgerMessage, TriedIdea } from '../contract/backtest.ts'

const MOST_RECORDS = 300

/** What was ever tried, by idea, with the Sharpe ratio that so many trials ask for. */
export function trialOverview({ records, unreadable }: LedgerContent): TrialLedgerMessage {
  const trials = records.filter((record): record is TrialRecord => record.what === 'trial')
  const ideas = new Map<string, TrialRecord[]>()
  for (const trial of trials) {
    const own = ideas.get(trial.idea.id)
    if (own) own.push(trial)
    else ideas.set(trial.idea.id, [trial])
  }
  return {
    ideas: [...ideas.values()].map(ideaOf).toSorted((a, b) => b.lastAt - a.lastAt),
    records: records.slice(-MOST_RECORDS).reverse().map(recordOf),
    total: records.length,
    unreadable,
  }
}

const yearOf = (set: string): number =>
  Math.sqrt(/\/US\//.test(`${set}/`) ? PERIODS_PER_YEAR.usDays : PERIODS_PER_YEAR.krxDays)

function ideaOf(own: readonly TrialRecord[]): TriedIdea {
  const windows = own.map(({ window }) => window)
  const from = windows.reduce((least, { from }) => (from < least ? from : least), windows[0]?.from ?? '')
  const to = windows.reduce((most, { to }) => (to > most ? to : most), windows[0]?.to ?? '')
  const newest = own.at(-1)
  const id = newest?.idea.id ?? ''
  const distinct = newest ? trialsOf(own, id, { from, to } as TrialRecord['window']) : []
  const best = bestOf(own, distinct, id)
  return {
    id,
    text: newest?.idea.text ?? '',
    trials: distinct.length,
    failed: distinct.filter(({ failed }) => failed !== undefined).length,
    from,
    to,
    lastAt: newest?.at ?? 0,
    ...(best && { best }),
  }
}

/** The best ratio that is no failure, against the trials on days that overlap its own. */
function bestOf(
  own: readonly TrialRecord[],
  distinct: readonly TrialRecord[],
  id: string,
): TriedIdea['best'] {
  const [best] = distinct
    .flatMap((trial) => (trial.sample && !trial.failed ? [{ trial, sample: trial.sample }] : []))
    .toSorted(
      (a, b) => b.sample.sharpe * yearOf(b.trial.window.set) - a.sample.sharpe * yearOf(a.trial.window.set),
    )
  if (!best) return undefined
  const { trial, sample } = best
  const root = yearOf(trial.window.set)
  const counted = countTrials(trialsOf(own, id, trial.window), sample.observations)
  const needed = sharpeNeeded(sample, counted)
  const deflated = deflatedSharpe(sample, counted)
  return {
    sharpe: sample.sharpe * root,
    ...(needed.ok && { needed: needed.value * root }),
    ...(deflated.ok && { deflated: deflated.value }),
    parameters: trial.parameters,
  }
}

function recordOf(record: LedgerRecord): TrialLedgerMessage['records'][number] {
  const { at, what } = record
  if (record.what === 'seal')
    return { at, what, kind: 'seal', idea: record.set, from: record.from, to: '', names: 0, parameters: {} }
  if (record.what === 'opening') {
    const { idea, parameters } = record
    return { at, what, kind: 'opening', idea: idea.id, from: '', to: '', names: 0, parameters }
  }
  const { kind, idea, window, sample, parameters, failed } = record
  return {
    at,
    what,
    kind,
    idea: idea.id,
    from: window.from,
    to: window.to,
    names: window.names,
    ...(sample && { sharpe: sample.sharpe * yearOf(window.set) }),
    parameters,
    ...(failed && { failed: { ko: failed.ko, en: failed.en } }),
  }
}
