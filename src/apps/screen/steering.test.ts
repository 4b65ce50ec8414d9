import { describe, expect, it } from 'vitest'
import { createSteering } from './steering.ts'

const does = (keys: readonly (readonly [key: string, at: number])[]) => {
  const steer = createSteering()
  return keys.map(([key, at]) => {
    const steered = steer(key, at)
    return steered.kind === 'command' ? steered.commands.map((command) => command.do).join('+') : steered.kind
  })
}

describe('keys', () => {
  it.each([
    [
      'pauses and resumes',
      [
        ['p', 0],
        ['r', 1],
      ],
      ['pauseBuying', 'setHalt+resumeBuying'],
    ],
    [
      'quits with q and Ctrl-C',
      [
        ['q', 0],
        ['\u0003', 1],
      ],
      ['quit', 'quit'],
    ],
    [
      'flattens on the second f',
      [
        ['f', 0],
        ['f', 4999],
      ],
      ['ask', 'flatten'],
    ],
    [
      'asks again when the second f is late',
      [
        ['f', 0],
        ['f', 5001],
      ],
      ['ask', 'ask'],
    ],
    [
      'forgets the question after another key',
      [
        ['f', 0],
        ['x', 1],
        ['f', 2],
      ],
      ['ask', 'nothing', 'ask'],
    ],
    [
      'asks anew after a flatten',
      [
        ['F', 0],
        ['f', 1],
        ['f', 2],
      ],
      ['ask', 'flatten', 'ask'],
    ],
    [
      'does nothing for other keys',
      [
        ['z', 0],
        ['', 1],
      ],
      ['nothing', 'nothing'],
    ],
  ] as const)('%s', (_name, keys, expected) => {
    expect(does(keys)).toEqual(expected)
  })
})
