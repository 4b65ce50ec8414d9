import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/std/random.ts'
import { bytesOf, jsonSample, mutate } from './mutate.ts'
import { runTarget } from './run-target.ts'
import { type Target, wrong } from './target.ts'
import { TARGETS } from './targets.ts'

/** A taste of `npm run soak -- fuzz`, which CI runs with 20,000 inputs for each decoder. */
const RUNS = 300
const SEED = 20_261_120

describe('every decoder', () => {
  it.each(TARGETS)('$name refuses or understands what is mutated', { timeout: 60_000 }, async (target) => {
    const { failure, accepted } = await runTarget({ target, runs: RUNS, seed: SEED })
    expect(failure).toBeUndefined()
    // Its good inputs at least are taken.
    expect(accepted).toBeGreaterThan(0)
  })
})

describe('the fuzzer itself', () => {
  const corpus = [jsonSample('{"price":"71500","list":[{"a":"1"},{"a":"2"}],"name":"가람"}')]
  const careless: Target = {
    name: 'careless',
    corpus: () => corpus,
    open: () => (input) => {
      const found = /"price":"?(-?\d+)/.exec(input)
      return found && Number(found[1]) > 100_000_000 ? wrong(`a price of ${found[1]}`) : 'accepted'
    },
  }

  it('finds a decoder without bounds and shows the shortest input', async () => {
    const { failure } = await runTarget({ target: careless, runs: 5_000, seed: 1 })
    expect(failure?.complaint).toMatch(/^a price of \d{9,}$/)
    expect(failure?.input).toMatch(/^"price":"?\d{9,10}$/)
  })

  it('finds the same again from the same seed', async () => {
    const again = () => runTarget({ target: careless, runs: 5_000, seed: 2 })
    const [first, second] = [await again(), await again()]
    expect(second.failure).toEqual(first.failure)
  })

  it('finds a decoder that throws', async () => {
    const throwing: Target = {
      ...careless,
      open: () => (input) => {
        JSON.parse(input)
        return 'accepted'
      },
    }
    const { failure } = await runTarget({ target: throwing, runs: 1_000, seed: 1 })
    expect(failure?.complaint).toContain('SyntaxError')
  })

  it('draws the same inputs from the same seed, and different ones from another', () => {
    const inputs = (seed: number) => {
      const random = createRandom(seed)
      return Array.from({ length: 50 }, () => mutate(random, corpus))
    }
    expect(inputs(1)).toEqual(inputs(1))
    expect(inputs(1)).not.toEqual(inputs(2))
    expect(new Set(inputs(1)).size).toBeGreaterThan(40)
  })

  it('can say bytes that are no UTF-8', () =>
    expect([...bytesOf('a\udcff가\udc80')]).toEqual([0x61, 0xff, 0xea, 0xb0, 0x80, 0x80]))
})
