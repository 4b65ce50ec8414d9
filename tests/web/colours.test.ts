import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../../src/web/dashboard', import.meta.url))
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(css|tsx?)$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

/** The declarations of a rule, by what it is for. */
const ruleOf = (name: string, selector: string): string =>
  files
    .find((file) => file.name.endsWith(name))
    ?.text.split('}')
    .find((rule) => rule.trim().startsWith(`${selector} {`)) ?? ''

describe('the colours of up and down', () => {
  it('are chosen in one place: nothing else on the screen is red, blue or green by name', () => {
    const named = files.filter(({ text }) => /var\(--(red|blue|green)\)|'--(red|blue|green)'/.test(text))
    expect(named.map(({ name }) => name)).toEqual([join('styles', 'tokens.css')])
  })

  it.each([
    ['buy', 'up'],
    ['sell', 'down'],
  ])('are those of a button to %s: %s', (side, direction) => {
    const rule = ruleOf(join('styles', 'parts.css'), `.button.${side}:enabled`)
    expect(rule).toContain(`background: var(--${direction})`)
    expect(rule).toContain(`border-color: var(--${direction})`)
  })
})
