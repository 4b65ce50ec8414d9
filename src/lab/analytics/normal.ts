import { invariant } from '../../std/invariant.ts'

/** Density of the standard normal distribution. */
export const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)

/** From here on the tail is a continued fraction; nearer to 0 the power series is exact and short. */
const TAIL_FROM = 2.5
/** Enough for full precision at `TAIL_FROM`; fewer would do further out. */
const FRACTION_TERMS = 120

/**
 * Probability that a standard normal variable is at most x. Relative error below 1e-13 in the lower tail too.
 * Source: G. Marsaglia, Evaluating the Normal Distribution (J. Stat. Software 11, 2004); Laplace's continued
 * fraction in the tail.
 */
export function normalCdf(x: number): number {
  invariant(!Number.isNaN(x), 'the normal distribution is asked at a number')
  if (x <= -TAIL_FROM) return upperTail(-x)
  return x < TAIL_FROM ? 0.5 + normalDensity(x) * oddSeries(x) : 1 - upperTail(x)
}

/** x + x³/3 + x⁵/(3·5) + … */
function oddSeries(x: number): number {
  let [sum, term] = [x, x]
  for (let odd = 3; sum + term !== sum || odd === 3; odd += 2) {
    term *= (x * x) / odd
    sum += term
  }
  return sum
}

/** Φ(−x) = φ(x) / (x + 1/(x + 2/(x + 3/(x + …)))) */
function upperTail(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0
  let fraction = x
  for (let k = FRACTION_TERMS; k > 0; k--) fraction = x + k / fraction
  return normalDensity(x) / fraction
}

/**
 * The x below which a standard normal variable lies with this probability. Relative error about 1e-16.
 * Errors: a probability outside (0, 1) breaks an invariant. Source: M. Wichura, Algorithm AS 241: The
 * Percentage Points of the Normal Distribution (Applied Statistics 37, 1988), PPND16.
 */
export function normalQuantile(probability: number): number {
  invariant(probability > 0 && probability < 1, `a probability lies between 0 and 1: ${probability}`)
  const off = probability - 0.5
  if (Math.abs(off) <= 0.425) return off * quotient(CENTRE, 0.180625 - off * off)
  const r = Math.sqrt(-Math.log(off < 0 ? probability : 1 - probability))
  const size = r <= 5 ? quotient(SHOULDER, r - 1.6) : quotient(TAIL, r - 5)
  return off < 0 ? -size : size
}

/** Coefficients from the constant term on: numerator, denominator. */
type Rational = readonly [readonly number[], readonly number[]]

const CENTRE: Rational = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
]
const SHOULDER: Rational = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
]
const TAIL: Rational = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
]

const quotient = ([top, bottom]: Rational, x: number): number => horner(top, x) / horner(bottom, x)

const horner = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)
