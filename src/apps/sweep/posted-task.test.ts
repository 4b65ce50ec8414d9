import { expect, it } from 'vitest'
import { barTable } from '../../lab/backtest/bar-table.ts'
import { instrumentId } from '../../model/ids.ts'
import { price } from '../../model/money.ts'
import { tradingDay } from '../../model/time.ts'
import { PLAIN_RULES } from '../testing/plain-rules.ts'
import { postedBody, postedBodyFrom } from './posted-task.ts'
import type { TrialTask } from './trial-task.ts'

const TASK: TrialTask = {
  strategy: { id: 'ema-cross' },
  bars: barTable([]),
  interval: '1d',
  instruments: [],
  rules: PLAIN_RULES,
  cash: 1,
}

it('tells a machine far away which listings ended, and what was paid', async () => {
  const ended = {
    kind: 'delisting',
    instrument: instrumentId('117930'),
    from: tradingDay('2017-03-07'),
  } as const
  const delistings = [ended, { ...ended, instrument: instrumentId('000030'), paid: price(7_000) }]
  const posted = JSON.parse(JSON.stringify(await postedBody({ ...TASK, delistings }, 10_000)))
  expect(postedBodyFrom(posted)).toMatchObject({ delistings })
  expect(await postedBody(TASK, 10_000)).toMatchObject({ delistings: [] })
})
