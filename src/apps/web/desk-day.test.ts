import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import { quantity } from '../../model/money.ts'
import type { DeskShown, ManualOrder, Tick } from '../../web/server/desk-line.ts'
import { selfArguments } from '../self.ts'
import { wallClock } from '../system.ts'
import { inFolder } from '../testing/recording-io.ts'
import { linkToDesk } from './link-to-desk.ts'

async function until(holds: () => boolean, withinMs = 120_000): Promise<void> {
  const end = wallClock.now() + withinMs
  while (!holds() && wallClock.now() < end) await new Promise((go) => setTimeout(go, 50))
  expect(holds(), 'it came to be').toBe(true)
}

async function recordOf(folder: string): Promise<string> {
  const days = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'))
  return (await Promise.all(days.map((name) => readFile(join(folder, name), 'utf8')))).join('')
}

/** Something that the market has brought up, whatever became of it. */
const seen = (shown: DeskShown | undefined): InstrumentId | undefined =>
  [...(shown?.view.positions ?? []), ...(shown?.view.orders ?? []), ...(shown?.view.refusals ?? [])][0]
    ?.instrument

const LONG = { timeout: 300_000 }

describe('a day that is traded, over the line', () => {
  it.each(['single', 'split'])(
    'in %s topology is shown, previewed, charted, followed and steered',
    LONG,
    (topology) =>
      inFolder(async (folder) => {
        const words = [
          'demo',
          '--no-web',
          '--headless',
          '--speed',
          '20',
          '--seed',
          '11',
          '--topology',
          topology,
        ]
        const demo = spawn(process.execPath, [...selfArguments(), ...words, '--journal', folder], {
          stdio: 'ignore',
        })
        const ended = new Promise<number | null>((resolve) => demo.once('exit', resolve))
        const line = linkToDesk({ journalFolder: folder, wall: wallClock })
        try {
          await until(() => line.line() === 'up' && seen(line.shown()) !== undefined)
          const shown = line.shown()
          expect(shown).toMatchObject({ environment: 'simulated', speed: 20, feed: { state: 'live' } })
          expect(shown?.settings.buys.length).toBeGreaterThan(0)
          const instrument = seen(shown) as InstrumentId
          const ticks: Tick[] = []
          line.onTicks((of, more) => {
            expect(of).toBe(instrument)
            ticks.push(...more)
          })
          line.follow([instrument])
          const sale: ManualOrder = {
            instrument,
            side: 'sell',
            quantity: quantity(1_000_000),
            order: { kind: 'market' },
          }
          expect(await line.preview(sale)).toMatchObject({
            ok: true,
            value: { needed: 0, refusal: { ko: expect.any(String) } },
          })
          const bars = await line.bars(instrument, '1d')
          expect(bars.ok && bars.value.length).toBeGreaterThan(0)
          // The quotes, and what stands behind them.
          await until(() => ticks.some(({ kind }) => kind === 'trade'))
          await until(() =>
            ticks.some((tick) => tick.kind === 'book' && tick.asks.length > 1 && tick.bids.length > 1),
          )
          const facts = await line.instrument(instrument)
          expect(facts).toMatchObject({ ok: true, value: { listing: { id: instrument } } })
          if (!facts.ok || !facts.value) throw new Error('no facts')
          const { listing, basePrice, band } = facts.value
          expect(listing.name).not.toBe(instrument)
          expect(band?.lower).toBeLessThan(basePrice)
          expect(band?.upper).toBeGreaterThan(basePrice)
          const nobody = instrumentId('999999')
          expect(await line.instrument(nobody)).toEqual({ ok: true })
          const said = await line.bars(nobody, '1d')
          expect(said).toMatchObject({
            ok: false,
            error: { en: expect.stringMatching(/^The broker did not/) },
          })
          expect(!said.ok && said.error.en).not.toMatch(/[가-힣]/)

          expect(await line.command({ do: 'pauseBuying' }, '김철수')).toMatchObject({ ok: true })
          await until(() => line.shown()?.view.buyingPaused === true)
          expect(await line.command({ do: 'order', ...sale }, '김철수')).toMatchObject({ ok: true })
          await until(
            () => line.shown()?.view.refusals.some(({ source }) => source === 'manual 김철수') === true,
          )
        } finally {
          demo.kill('SIGINT')
          expect(await ended).toBe(0)
          line.close()
        }
        const record = await recordOf(folder)
        expect(record).toMatch(/"do":"pauseBuying"[^\n]*"by":"김철수"|"by":"김철수"[^\n]*"do":"pauseBuying"/)
      }),
  )
})
