/**
 * A number in [0, 1) that follows from a name alone: what one day of one stock looks like is the same whenever and in
 * whatever order it is asked for. FNV-1a with the finaliser of MurmurHash3.
 */
export function chanceOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}

/** Cuts a whole number into parts in the ratio of `weights`. The parts are whole and their sum is the total. */
export function cut(total: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  let passed = 0
  let given = 0
  return weights.map((weight, index) => {
    passed += weight
    const upTo = index === weights.length - 1 ? total : Math.floor((total * passed) / sum)
    const part = upTo - given
    given = upTo
    return part
  })
}

/** Bought and sold, both in the unit of the total that was cut. */
export interface Flow {
  readonly buy: number
  readonly sell: number
}

export const netOf = ({ buy, sell }: Flow): number => buy - sell

export const sumOf = (flows: readonly Flow[]): Flow =>
  flows.reduce((sum, { buy, sell }) => ({ buy: sum.buy + buy, sell: sum.sell + sell }), { buy: 0, sell: 0 })
