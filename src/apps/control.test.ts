import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { quantity } from '../model/money.ts'
import type { TraderView } from '../trading/engine/view.ts'
import { askControl, type ControlRequest, controlPath, openControl } from './control.ts'
import { obey } from './remote-commands.ts'
import { fakeTrader } from './testing/fake-trader.ts'
import { inFolder } from './testing/recording-io.ts'
import { sampleView } from './testing/sample-view.ts'

describe('the line to a running trader', () => {
  it('carries a request and its answer, for the owner only', () =>
    inFolder(async (folder) => {
      const heard: ControlRequest[] = []
      const control = await openControl(folder, (request) => {
        heard.push(request)
        return { ok: true, ko: '네', en: 'yes' }
      })
      expect(await askControl(folder, { do: 'flatten' })).toEqual({
        ok: true,
        value: { ok: true, ko: '네', en: 'yes' },
      })
      expect(heard.at(-1)).toEqual({ do: 'flatten' })
      expect((await stat(controlPath(folder))).mode & 0o077).toBe(0)
      if (control.ok) await control.value.close()
    }))

  it('lets only one trader stand on a journal, and goes on after one that died', () =>
    inFolder(async (folder) => {
      const first = await openControl(folder, () => ({ ok: true, ko: '', en: '' }))
      expect(await openControl(folder, () => ({ ok: true, ko: '', en: '' }))).toEqual({
        ok: false,
        error: 'taken',
      })
      if (first.ok) await first.value.close()
      const second = await openControl(folder, () => ({ ok: true, ko: '', en: '' }))
      expect(second.ok).toBe(true)
      if (second.ok) await second.value.close()
    }))

  it('says when nobody answers', () =>
    inFolder(async (folder) => {
      expect(await askControl(folder, { do: 'stop' })).toEqual({ ok: false, error: 'nobody' })
    }))

  it('refuses a request it does not know', () =>
    inFolder(async (folder) => {
      const control = await openControl(folder, () => ({ ok: true, ko: '', en: '' }))
      const reply = await askControl(folder, { do: 'buyEverything' } as never)
      expect(reply.ok && reply.value.ok).toBe(false)
      if (control.ok) await control.value.close()
    }))

  it('moves to a short path when the folder is too long for a socket', () => {
    const deep = join('/tmp', 'a'.repeat(120))
    expect(controlPath(deep).length).toBeLessThan(100)
    expect(controlPath(deep)).not.toBe(controlPath(`${deep}b`))
  })
})

describe('orders from another shell', () => {
  const doubtful = (sinceMs: number) => {
    const trader = fakeTrader()
    const view = sampleView()
    const order = {
      ...(view.orders[0] as TraderView['orders'][number]),
      status: 'inDoubt' as const,
      quantity: quantity(10),
      filled: quantity(2),
      updatedAt: view.now - sinceMs,
      doubt: { kind: 'inDoubt' as const, code: 'ambiguous', text: '0000123, 0000124' },
    }
    trader.shows({ ...view, orders: [order] })
    return { trader, order: order.id as string }
  }

  it('are listed with what the broker’s list says of a doubt', () => {
    const { trader, order } = doubtful(61_000)
    expect(obey(trader, { do: 'orders' })).toMatchObject({
      ok: true,
      status: {
        orders: [{ id: order, inDoubtMs: 61_000, mayBeSettled: true, doubt: { code: 'ambiguous' } }],
      },
    })
    expect(trader.commands).toEqual([])
  })

  it('are settled by hand once the doubt has stood for a minute', () => {
    const { trader, order } = doubtful(60_000)
    const request = { do: 'settleOrder', order, as: 'filled', quantity: 10, price: 71_500 } as const
    expect(obey(trader, request).ok).toBe(true)
    expect(trader.commands).toEqual([
      { do: 'settleOrder', order, as: { kind: 'filled', quantity: 10, price: 71_500 } },
    ])
  })

  it.each([
    [59_999, { as: 'cancelled' }],
    [60_000, { as: 'filled', quantity: 2, price: 71_500 }],
    [60_000, { as: 'filled', quantity: 11, price: 71_500 }],
    [60_000, { as: 'cancelled', order: 'another' }],
  ] as const)('after %i ms are not settled as %j', (sinceMs, more) => {
    const { trader, order } = doubtful(sinceMs)
    expect(obey(trader, { do: 'settleOrder', order, ...more }).ok).toBe(false)
    expect(trader.commands).toEqual([])
  })
})

describe('requests from another shell', () => {
  it.each([
    ['stop', ['cancelAll', 'setHalt']],
    ['flatten', ['flatten']],
    ['resume', ['setHalt', 'resumeBuying']],
    ['status', []],
  ] as const)('%s gives the trader %j', (what, commands) => {
    const trader = fakeTrader()
    expect(obey(trader, { do: what })).toMatchObject({ ok: true, status: { positions: 1, workingOrders: 1 } })
    expect(trader.commands.map((command) => command.do)).toEqual(commands)
  })

  it('are not lost in silence while the trader starts', () => {
    expect(obey(undefined, { do: 'stop' })).toMatchObject({
      ok: false,
      en: 'still starting: try again in a moment',
    })
  })
})
