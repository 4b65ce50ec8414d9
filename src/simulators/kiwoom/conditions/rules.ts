import type { Reading } from './statistics.ts'

/**
 * A saved condition (조건검색식) as this simulator plays it: who is taken in, and who may stay. Different thresholds for
 * the two keep an instrument from flickering in and out. Ratios are shares of one.
 */
export interface ConditionRule {
  readonly seq: string
  readonly name: string
  enters(reading: Reading): boolean
  stays(reading: Reading): boolean
}

const MINUTE = 60
const WARM_SECONDS = 5 * MINUTE

const change = (now: number, before: number): number => (before === 0 ? 0 : now / before - 1)
const dayChange = ({ price, tape }: Reading): number => change(price, tape.base)
const rate = (reading: Reading, seconds: number): number => change(reading.price, reading.priceAgo(seconds))

/** Buyer-initiated per seller-initiated volume; 0 when too little traded to say. */
function pressure(reading: Reading, seconds: number): number {
  const sold = reading.sellVolumeIn(seconds)
  const traded = sold + reading.buyVolumeIn(seconds)
  if (traded < reading.usualMinuteVolume * (seconds / MINUTE) * 0.5) return 0
  return sold === 0 ? 10 : reading.buyVolumeIn(seconds) / sold
}

const rule = (
  seq: string,
  name: string,
  enters: (reading: Reading) => boolean,
  stays: (reading: Reading) => boolean,
): ConditionRule => ({ seq, name, enters, stays })

/** The searches saved in the simulated account: 0–7 and 10 look for something to buy, 8, 9 and 11 for something to sell. */
export const STANDARD_CONDITIONS: readonly ConditionRule[] = [
  rule(
    '0',
    '거래량급증',
    (r) => r.volumeIn(MINUTE) >= 5 * r.usualMinuteVolume && rate(r, MINUTE) > 0,
    (r) => r.volumeIn(MINUTE) >= 2 * r.usualMinuteVolume,
  ),
  rule(
    '1',
    '당일신고가돌파',
    (r) => r.secondsTraded > WARM_SECONDS && r.price > r.highUntil(30) && dayChange(r) >= 0.01,
    (r) => r.price >= r.tape.high * 0.99,
  ),
  rule(
    '2',
    '갭상승유지',
    (r) => r.tape.open >= r.tape.base * 1.02 && r.price >= r.tape.open,
    (r) => r.price >= r.tape.open * 0.99,
  ),
  rule(
    '3',
    '5분등락률상승',
    (r) => rate(r, 5 * MINUTE) >= 0.02,
    (r) => rate(r, 5 * MINUTE) >= 0.005,
  ),
  rule(
    '4',
    '20분이평상향돌파',
    (r) =>
      r.secondsTraded > 2 * WARM_SECONDS &&
      r.price >= r.averagePrice20Minutes * 1.006 &&
      r.priceAgo(MINUTE) <= r.averagePrice20Minutes,
    (r) => r.price >= r.averagePrice20Minutes,
  ),
  rule(
    '5',
    '체결강도강세',
    (r) => r.secondsTraded > WARM_SECONDS && pressure(r, 3 * MINUTE) >= 3 && rate(r, 3 * MINUTE) >= 0.003,
    (r) => pressure(r, 3 * MINUTE) >= 1.2,
  ),
  rule(
    '6',
    '급등주(+5%이상)',
    (r) => dayChange(r) >= 0.05 && rate(r, MINUTE) > 0,
    (r) => dayChange(r) >= 0.04,
  ),
  rule(
    '7',
    '저가대비반등',
    (r) =>
      r.secondsTraded > WARM_SECONDS && change(r.price, r.tape.low) >= 0.03 && rate(r, 3 * MINUTE) >= 0.01,
    (r) => change(r.price, r.tape.low) >= 0.02,
  ),
  rule(
    '8',
    '5분등락률급락',
    (r) => rate(r, 5 * MINUTE) <= -0.02,
    (r) => rate(r, 5 * MINUTE) <= -0.005,
  ),
  rule(
    '9',
    '이평데드크로스',
    (r) =>
      r.secondsTraded > 4 * WARM_SECONDS &&
      r.averagePrice5Minutes < r.averagePrice20Minutes * 0.997 &&
      r.price < r.averagePrice5Minutes,
    (r) => r.averagePrice5Minutes < r.averagePrice20Minutes,
  ),
  rule(
    '10',
    '상한가근접',
    (r) => r.tape.band !== undefined && r.price >= r.tape.band.upper * 0.9,
    (r) => r.tape.band !== undefined && r.price >= r.tape.band.upper * 0.85,
  ),
  rule(
    '11',
    '체결강도약세',
    (r) => {
      const now = pressure(r, 3 * MINUTE)
      return r.secondsTraded > WARM_SECONDS && now > 0 && now <= 0.35 && rate(r, 3 * MINUTE) < -0.003
    },
    (r) => pressure(r, 3 * MINUTE) <= 0.8,
  ),
]
