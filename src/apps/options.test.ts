import { describe, expect, it } from 'vitest'
import { kstInstant } from '../model/time.ts'
import * as read from './options.ts'
import { readAddresses } from './simulator-process.ts'

describe('command-line values', () => {
  it.each([
    ['90s', 90_000],
    ['5m', 300_000],
    ['1.5h', 5_400_000],
    ['250ms', 250],
  ])('reads the duration %s', (text, ms) => {
    expect(read.duration(text)).toBe(ms)
  })

  it.each([
    ['none', 'none'],
    ['0', 0],
    ['0.3', 0.3],
    ['1', 1],
    ['005930,0106J0', ['005930', '0106J0']],
  ])('reads the names on NXT %s', (text, names) => {
    expect(read.nxtNames(text)).toEqual(names)
  })

  it.each([
    [() => read.nxtNames('1.5'), /none, a share/],
    [() => read.nxtNames('all'), /none, a share/],
    [() => read.nxtNames('005930,'), /none, a share/],
    [() => read.duration('90'), /90s, 5m/],
    [() => read.duration('-5m'), /90s, 5m/],
    [() => read.port('65536'), /65535/],
    [() => read.port('http'), /65535/],
    [() => read.speed('0'), /0\.1/],
    [() => read.speed(''), /0\.1/],
    [() => read.speed('fast'), /0\.1/],
    [() => read.wholeNumber('-1'), /whole number/],
    [() => read.day('2026-02-30'), /2026-11-20/],
    [() => read.time('8:50'), /08:50/],
  ])('refuses a wrong one with how it is written (%#)', (parse, words) => {
    expect(parse).toThrow(words)
  })

  it('reads a day and a time into one instant', () => {
    expect(new Date(kstInstant(read.day('2026-11-20'), read.time('08:50'))).toISOString()).toBe(
      '2026-11-19T23:50:00.000Z',
    )
  })
})

describe('the ready line of a simulator', () => {
  const addresses = {
    restUrl: 'http://127.0.0.1:1',
    socketUrl: 'ws://127.0.0.1:1',
    controlUrl: 'http://127.0.0.1:2',
  }

  it('is one line of JSON with its three addresses', () => {
    expect(readAddresses(JSON.stringify({ ...addresses, more: 1 }))).toEqual(addresses)
  })

  it.each(['', 'listening', 'null', '[]', '{"restUrl":1}'])('is not %s', (line) => {
    expect(readAddresses(line)).toBeUndefined()
  })
})
