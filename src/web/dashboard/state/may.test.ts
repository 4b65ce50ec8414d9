import { describe, expect, it } from 'vitest'
import { SCOPES_OF } from '../../contract/access.ts'
import { RIGHTS } from './may.ts'

describe('what the screen thinks a role may do', () => {
  it('is what the server lets it do', () => {
    expect(RIGHTS).toEqual(SCOPES_OF)
  })
})
