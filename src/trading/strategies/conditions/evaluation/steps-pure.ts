import { plain } from '../language/decimal.ts'
import type { ArithmeticOp, CompareOp } from '../language/tree.ts'
import { pure, type Step } from './step.ts'

const at = (f: Float64Array, place: number): number => f[place] as number

/** Division by zero has no value. */
const finite = (value: number): number => (value - value === 0 ? value : Number.NaN)

/** A comparison with something unknown is unknown. Written out, since a shared test would cost a call each time. */
export function compareStep(op: CompareOp, left: number, right: number, out: number): Step {
  switch (op) {
    case '>=':
      return pure(({ f }) => {
        const a = at(f, left)
        const b = at(f, right)
        f[out] = a >= b ? 1 : a < b ? 0 : Number.NaN
      })
    case '<=':
      return pure(({ f }) => {
        const a = at(f, left)
        const b = at(f, right)
        f[out] = a <= b ? 1 : a > b ? 0 : Number.NaN
      })
    case '>':
      return pure(({ f }) => {
        const a = at(f, left)
        const b = at(f, right)
        f[out] = a > b ? 1 : a <= b ? 0 : Number.NaN
      })
    case '<':
      return pure(({ f }) => {
        const a = at(f, left)
        const b = at(f, right)
        f[out] = a < b ? 1 : a >= b ? 0 : Number.NaN
      })
    case '==':
    case '!=': {
      const same = op === '==' ? 1 : 0
      return pure(({ f }) => {
        const a = at(f, left)
        const b = at(f, right)
        f[out] = a === b ? same : Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : 1 - same
      })
    }
  }
}

export function arithmeticStep(
  op: Exclude<ArithmeticOp, 'of'>,
  left: number,
  right: number,
  out: number,
): Step {
  switch (op) {
    case '+':
      return pure(({ f }) => {
        f[out] = at(f, left) + at(f, right)
      })
    case '-':
      return pure(({ f }) => {
        f[out] = at(f, left) - at(f, right)
      })
    case '*':
      return pure(({ f }) => {
        f[out] = at(f, left) * at(f, right)
      })
    case '/':
      return pure(({ f }) => {
        f[out] = finite(at(f, left) / at(f, right))
      })
  }
}

/** A decimal as an exact fraction: 0.0025 is 25 / 10,000. */
function fractionOf(ratio: number): readonly [numerator: number, denominator: number] {
  const [whole = '', part = ''] = plain(Math.abs(ratio)).split('.')
  return [Math.sign(ratio) * Number(whole + part), 10 ** part.length]
}

/**
 * A written percentage of a value. Multiplied by whole numbers and divided once, so that 115% of 1,000 is 1,150 and a
 * price exactly at a threshold meets it.
 */
export function shareStep(ratio: number, of: number, out: number): Step {
  const [numerator, denominator] = fractionOf(ratio)
  return pure(({ f }) => {
    f[out] = (at(f, of) * numerator) / denominator
  })
}

/** `(now - before) / before`. Of whole prices it is rounded once: +13 % is exactly what 13% is read as. */
export function changeStep(now: number, before: number, out: number): Step {
  return pure(({ f }) => {
    const base = at(f, before)
    f[out] = finite((at(f, now) - base) / base)
  })
}

export const negativeStep = (of: number, out: number): Step =>
  pure(({ f }) => {
    f[out] = -at(f, of)
  })

export const absStep = (of: number, out: number): Step =>
  pure(({ f }) => {
    f[out] = Math.abs(at(f, of))
  })

export function betweenStep(of: number, low: number, high: number, wraps: boolean, out: number): Step {
  return pure(({ f }) => {
    const value = at(f, of)
    const least = at(f, low)
    const most = at(f, high)
    if (Number.isNaN(value) || Number.isNaN(least) || Number.isNaN(most)) f[out] = Number.NaN
    else if (wraps && least > most) f[out] = value >= least || value <= most ? 1 : 0
    else f[out] = value >= least && value <= most ? 1 : 0
  })
}

/** Among a list: true as soon as one is equal. */
export function amongStep(of: number, values: readonly number[], out: number): Step {
  return pure(({ f }) => {
    const value = at(f, of)
    let truth = !Number.isNaN(value) ? 0 : Number.NaN
    for (const place of values) {
      const other = at(f, place)
      if (other === value) truth = 1
      else if (Number.isNaN(other) && truth === 0) truth = Number.NaN
    }
    f[out] = truth
  })
}

export const notStep = (of: number, out: number): Step =>
  pure(({ f }) => {
    f[out] = 1 - at(f, of)
  })

/** False when one is false, true when all are true, else unknown. */
export function allStep(of: readonly number[], out: number): Step {
  return pure(({ f }) => {
    let truth = 1
    for (let i = 0; i < of.length; i++) {
      const value = at(f, of[i] as number)
      if (value === 0) {
        truth = 0
        break
      }
      if (Number.isNaN(value)) truth = Number.NaN
    }
    f[out] = truth
  })
}

/** True when one is true, false when all are false, else unknown. */
export function anyStep(of: readonly number[], out: number): Step {
  return pure(({ f }) => {
    let truth = 0
    for (let i = 0; i < of.length; i++) {
      const value = at(f, of[i] as number)
      if (value === 1) {
        truth = 1
        break
      }
      if (Number.isNaN(value)) truth = Number.NaN
    }
    f[out] = truth
  })
}

/** Is that bit set? */
export const bitStep = (of: number, bit: number, out: number): Step =>
  pure(({ f }) => {
    const bits = at(f, of)
    f[out] = !Number.isNaN(bits) ? (bits >> bit) & 1 : Number.NaN
  })
