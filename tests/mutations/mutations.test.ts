import { describe, expect, it } from 'vitest'
import { mutated } from '../soak/mutations.ts'
import { MUTATIONS } from './mutations.ts'

describe('the mutations', () => {
  it.each(MUTATIONS)('$name still fits the program', async ({ edits }) => {
    expect((await mutated(edits)).size).toBeGreaterThan(0)
  })

  it('have names of their own', () => {
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length)
  })

  it('refuse a text that is not there', async () => {
    const edits = [{ file: 'src/trading/engine/runner.ts', find: 'no such text', replace: '' }]
    await expect(mutated(edits)).rejects.toThrow('0 times')
  })
})
