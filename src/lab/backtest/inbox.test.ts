import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Opinion } from '../../model/signal.ts'
import { defineStrategy } from '../../trading/strategies/strategy.ts'
import { barTable } from './bar-table.ts'
import { createInbox } from './inbox.ts'

const LISTING: Instrument = {
  id: instrumentId('005930'),
  name: '삼성전자',
  market: 'KOSPI',
  class: 'stock',
  viGroup: 'wide',
}
const REASON = { ko: '까닭', en: 'why' }
const prices = { open: 100, high: 100, low: 100, close: 100, volume: 1 }

/** A strategy of a file, which may say anything, sees one bar. */
function inboxAfter(said: unknown) {
  const strategy = defineStrategy({
    id: 'anything',
    title: { ko: '아무거나', en: 'anything' },
    parameters: {},
    needs: () => ({ warmUpBars: 0 }),
    each: () => ({ onBar: () => said as Opinion }),
  })
  const run = strategy.start({}, [LISTING])
  if (!run.ok) throw new Error('it did not start')
  const inbox = createInbox({ name: 'anything', run: run.value }, [LISTING])
  inbox.look(barTable([{ index: 0, openAt: 0, closeAt: 60_000, ...prices }]), 0, 1)
  return { fault: inbox.fault, opinion: inbox.take(0, 'long') }
}

describe('an opinion of a strategy', () => {
  it('goes on without anything that is no opinion', () => {
    const said = {
      want: 'long',
      weightRatio: 0.5,
      reason: { ...REASON, more: 1 },
      instrument: 'x',
      kind: 'fill',
    }
    expect(inboxAfter(said)).toEqual({
      fault: undefined,
      opinion: { want: 'long', weightRatio: 0.5, reason: REASON },
    })
  })

  it.each([
    ['without a reason', { want: 'long' }, /has a reason/],
    ['with a reason in one language', { want: 'long', reason: { en: 'why' } }, /has a reason/],
    ['with a novel', { want: 'long', reason: { ko: '가'.repeat(301), en: '' } }, /300 letters/],
    ['with a weight in words', { want: 'long', reason: REASON, weightRatio: '0.5' }, /weight/],
    ['that wants something else', { want: 'short', reason: REASON }, /wants long or flat/],
  ])('%s ends the strategy', (_, said, words) => {
    expect(inboxAfter(said).fault?.en).toMatch(words)
  })
})
