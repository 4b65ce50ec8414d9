import { describe, expect, it } from 'vitest'
import { isTest, sourcesIn } from './sources.ts'

const LINES_MAX = 400

/** Longer files that are no logic, each with its reason. */
const TABLES: Readonly<Record<string, string>> = {}

const sources = sourcesIn('src', 'tests', 'bench')
const linesOf = (text: string) => text.trimEnd().split('\n').length

describe('files', () => {
  it(`have at most ${LINES_MAX} lines, unless they are pure tables`, () => {
    const long = sources
      .filter(({ path, text }) => !isTest(path) && linesOf(text) > LINES_MAX && !(path in TABLES))
      .map(({ path, text }) => `${path}: ${linesOf(text)} lines`)
    expect(long).toEqual([])
  })

  it('are only excused while they are long', () => {
    const needless = Object.keys(TABLES).filter((path) => {
      const source = sources.find((it) => it.path === path)
      return !source || linesOf(source.text) <= LINES_MAX
    })
    expect(needless).toEqual([])
  })

  it('have names in kebab-case', () => {
    const odd = sources.filter(
      ({ path }) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)+[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/.test(path),
    )
    expect(odd.map(({ path }) => path)).toEqual([])
  })

  it('are never called after nothing', () => {
    const vague = sources.filter(({ path }) =>
      /\/(utils?|helpers?|common|misc|index|shared)(\.ts|\/)/.test(path),
    )
    expect(vague.map(({ path }) => path)).toEqual([])
  })

  it('hold no skipped, focused or unwritten test', () => {
    const calls = /\b(it|test|describe)\.(skip|only|todo|fails)\b|\b(xit|xdescribe|fit|fdescribe)\(/
    const held = sources.filter(
      ({ path, text }) => /\.test\.tsx?$/.test(path) && !path.startsWith('tests/house/') && calls.test(text),
    )
    expect(held.map(({ path }) => path)).toEqual([])
  })
})
