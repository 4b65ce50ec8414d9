import type { Denial } from '../../model/denial.ts'
import type { Designation } from '../../model/instrument.ts'
import type { Currency } from '../../model/money.ts'
import { moneyWords } from '../../model/money-words.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { VenueError } from '../../model/venue-error.ts'
import { never } from '../../std/invariant.ts'
import { clock, DESIGNATIONS, HALT_STATES, lasting, ORDER_TYPES, PHASES, shares, timeText } from './words.ts'

/** `09:05:00`은 `09:00–15:20` 밖. */
const window = (denial: {
  from: Parameters<typeof timeText>[0]
  to: Parameters<typeof timeText>[0]
}): string => `${timeText(denial.from)}–${timeText(denial.to)}`

const namesOf = (designations: readonly Designation[]): Sentence => ({
  ko: designations.map((each) => DESIGNATIONS[each].ko).join(', '),
  en: designations.map((each) => DESIGNATIONS[each].en).join(', '),
})

/**
 * Why we did not send an order, in one sentence with the numbers that decided. The one table shared by log, messages,
 * screen and docs. `currency`: that of the account.
 */
export function sentenceOf(denial: Denial, currency: Currency = 'KRW'): Sentence {
  const amount = (value: number): Sentence => moneyWords(currency, value)
  switch (denial.code) {
    case 'tradingHalted': {
      const state = HALT_STATES[denial.state]
      return { ko: `거래가 정지되어 있습니다 (${state.ko})`, en: `Trading is stopped (${state.en})` }
    }
    case 'buyingPaused':
      return { ko: '매수가 일시정지되어 있습니다', en: 'Buying is paused' }
    case 'wrongSession': {
      const [phase, type] = [PHASES[denial.phase], ORDER_TYPES[denial.type]]
      return {
        ko: `지금(${phase.ko})은 ${type.ko} 주문을 낼 수 없습니다`,
        en: `A ${type.en} order is not accepted now (${phase.en})`,
      }
    }
    case 'orderTypeNotOffered': {
      const type = ORDER_TYPES[denial.type]
      return {
        ko: `증권사가 ${denial.venue} ${type.ko} 주문을 받지 않거나 확인되지 않았습니다 (${denial.environment})`,
        en: `The broker does not offer a ${type.en} order at ${denial.venue}, or it is not confirmed (${denial.environment})`,
      }
    }
    case 'notOnNxt':
      return denial.known
        ? { ko: '넥스트레이드(NXT)에서 거래되지 않는 종목입니다', en: 'The instrument is not traded at NXT' }
        : {
            ko: '넥스트레이드(NXT) 거래 종목인지 아직 모릅니다',
            en: 'It is not known yet whether the instrument is traded at NXT',
          }
    case 'extendedHoursOff': {
      const phase = PHASES[denial.phase]
      return {
        ko: `정규장 밖(${phase.ko})에서는 주문하지 않는 설정입니다 (orders.hours)`,
        en: `The settings keep out of this session (${phase.en}): orders.hours`,
      }
    }
    case 'designationForbidsType': {
      const [type, names] = [ORDER_TYPES[denial.type], namesOf(denial.designations)]
      return {
        ko: `${names.ko} 종목은 지정가와 시장가만 받습니다: ${type.ko}`,
        en: `Under ${names.en} only limit and market orders are taken: ${type.en}`,
      }
    }
    case 'designationForbidsSession': {
      const [phase, names] = [PHASES[denial.phase], namesOf(denial.designations)]
      return {
        ko: `${names.ko} 종목은 ${phase.ko}에서 거래되지 않습니다`,
        en: `Under ${names.en} there is no trading in the ${phase.en}`,
      }
    }
    case 'stopBeyondLimit':
      return {
        ko: `스톱 가격 ${amount(denial.stop).ko}과 지정가 ${amount(denial.limit).ko}의 순서가 맞지 않습니다`,
        en: `Stop ${amount(denial.stop).en} and limit ${amount(denial.limit).en} stand the wrong way round`,
      }
    case 'instrumentUnknown':
      return { ko: '종목 기본정보를 아직 모릅니다', en: 'The instrument has not been described yet' }
    case 'instrumentHalted':
      return { ko: '거래정지 종목입니다', en: 'The instrument is halted' }
    case 'instrumentDesignated': {
      const names = namesOf(denial.designations)
      return {
        ko: `매수 금지로 지정한 종목입니다: ${names.ko}`,
        en: `Designated instruments are not bought: ${names.en}`,
      }
    }
    case 'instrumentExcluded':
      return {
        ko: '사용자가 매수에서 제외한 종목입니다',
        en: 'The user excluded this instrument from buying',
      }
    case 'atUpperLimit':
      return {
        ko: `상한가입니다: 현재가 ${amount(denial.last).ko}, 상한가 ${amount(denial.upper).ko}`,
        en: `At the upper limit: last ${amount(denial.last).en}, limit ${amount(denial.upper).en}`,
      }
    case 'inVi':
      return { ko: '변동성완화장치(VI) 발동 중입니다', en: 'A volatility interruption is running' }
    case 'priceUnknown':
      return { ko: '현재 가격을 모릅니다', en: 'The present price is not known' }
    case 'priceStale':
      return {
        ko: `시세가 오래되었습니다: ${lasting(denial.ageMs).ko} 전 (허용 ${lasting(denial.maxMs).ko})`,
        en: `The price is ${lasting(denial.ageMs).en} old (at most ${lasting(denial.maxMs).en})`,
      }
    case 'priceOffTick':
      return {
        ko: `호가단위에 맞지 않는 가격입니다: ${amount(denial.price).ko} (호가단위 ${amount(denial.tick).ko})`,
        en: `${amount(denial.price).en} is off the tick of ${amount(denial.tick).en}`,
      }
    case 'priceOutsideBand':
      return {
        ko: `가격제한폭을 벗어났습니다: ${amount(denial.price).ko} (${amount(denial.lower).ko}–${amount(denial.upper).ko})`,
        en: `${amount(denial.price).en} is outside the band of ${amount(denial.lower).en} to ${amount(denial.upper).en}`,
      }
    case 'quantityZero':
      return {
        ko: `한 주도 살 수 없습니다: 금액 ${amount(denial.amount).ko}, 가격 ${amount(denial.price).ko}`,
        en: `Not even one share: ${amount(denial.amount).en} at ${amount(denial.price).en} each`,
      }
    case 'quantityExceedsHolding':
      return {
        ko: `매도 가능 수량을 넘습니다: 요청 ${shares(denial.wanted).ko}, 가능 ${shares(denial.sellable).ko}`,
        en: `More than can be sold: ${shares(denial.wanted).en} wanted, ${shares(denial.sellable).en} free`,
      }
    case 'buyingPowerShort':
      return {
        ko: `주문가능금액이 부족합니다: 필요 ${amount(denial.needed).ko}, 가능 ${amount(denial.available).ko}`,
        en: `Buying power is short: ${amount(denial.needed).en} needed, ${amount(denial.available).en} available`,
      }
    case 'positionCountExceedsMax':
      return {
        ko: `최대 보유 종목 수에 도달했습니다: ${denial.held}종목 (최대 ${denial.max}종목)`,
        en: `${denial.held} positions are held or being bought, at most ${denial.max}`,
      }
    case 'alreadyHeld':
      return {
        ko: `이미 보유한 종목입니다: ${shares(denial.quantity).ko}`,
        en: `Already held: ${shares(denial.quantity).en}`,
      }
    case 'orderAlreadyWorking':
      return {
        ko: `같은 종목의 매수 주문이 이미 있습니다 (${denial.orderId})`,
        en: `A buy order of this instrument is already working (${denial.orderId})`,
      }
    case 'orderInDoubt':
      return {
        ko: `결과를 모르는 주문이 있어 기다립니다 (${denial.orderId})`,
        en: `An order of this instrument is in doubt (${denial.orderId})`,
      }
    case 'selfTrade':
      return {
        ko: `반대 방향의 내 주문이 남아 있습니다 (${denial.orderId})`,
        en: `Our own opposite order is open (${denial.orderId})`,
      }
    case 'instrumentAmountExceedsMax':
      return {
        ko: `종목당 금액 한도를 넘습니다: ${amount(denial.amount).ko} (한도 ${amount(denial.max).ko})`,
        en: `${amount(denial.amount).en} in this instrument exceeds ${amount(denial.max).en}`,
      }
    case 'dayAmountExceedsMax':
      return {
        ko: `하루 매수 금액 한도를 넘습니다: ${amount(denial.amount).ko} (한도 ${amount(denial.max).ko})`,
        en: `${amount(denial.amount).en} of buys today exceeds ${amount(denial.max).en}`,
      }
    case 'dayOrdersExceedMax':
      return {
        ko: `하루 주문 횟수 한도에 도달했습니다: ${denial.orders}회 (한도 ${denial.max}회)`,
        en: `${denial.orders} orders were sent today, at most ${denial.max}`,
      }
    case 'orderRateExceedsMax':
      return {
        ko: `1초에 낼 수 있는 주문 수를 넘습니다: ${denial.perSecond}건 (한도 ${denial.max}건)`,
        en: `${denial.perSecond} orders in the last second, at most ${denial.max}`,
      }
    case 'dayLossExceedsMax':
      return {
        ko: `하루 손실 한도를 넘었습니다: 손실 ${amount(denial.loss).ko} (한도 ${amount(denial.max).ko})`,
        en: `Today's loss of ${amount(denial.loss).en} exceeds ${amount(denial.max).en}`,
      }
    case 'rebuyToday':
      return {
        ko: `오늘 매도한 종목은 다시 사지 않습니다 (${clock(denial.soldAt)} 매도)`,
        en: `Sold today at ${clock(denial.soldAt)}, not bought again today`,
      }
    case 'rebuyTooSoon':
      return {
        ko: `재매수 대기 중입니다: ${lasting(denial.waitMs).ko} 남음 (${clock(denial.soldAt)} 매도)`,
        en: `Sold at ${clock(denial.soldAt)}, may be bought again in ${lasting(denial.waitMs).en}`,
      }
    case 'rebuyAfterLoss':
      return {
        ko: `오늘 손실로 매도한 종목입니다: 손실 ${amount(denial.loss).ko}`,
        en: `Sold today at a loss of ${amount(denial.loss).en}`,
      }
    case 'outsideHours':
      return {
        ko: `자동매매 시간이 아닙니다: ${timeText(denial.now)} (${window(denial)})`,
        en: `Outside trading hours: ${timeText(denial.now)} (${window(denial)})`,
      }
    case 'outsideConditionWindow':
      return {
        ko: `조건식 시간이 아닙니다: ${timeText(denial.now)} (${window(denial)})`,
        en: `Outside the condition's hours: ${timeText(denial.now)} (${window(denial)})`,
      }
    case 'conditionDisabled':
      return { ko: '사용하지 않는 조건식입니다', en: 'The condition is switched off' }
    case 'conditionCooldown':
      return {
        ko: `같은 조건의 재편입 대기 중입니다: ${lasting(denial.leftMs).ko} 남음`,
        en: `The condition cools down for another ${lasting(denial.leftMs).en}`,
      }
    case 'leftBeforeOrder':
      return { ko: '주문 전에 조건에서 편출되었습니다', en: 'It left the condition before an order was made' }
    case 'presentAtStart':
      return {
        ko: '조건 등록 때 이미 들어 있던 종목입니다',
        en: 'It was in the condition already when that was registered',
      }
    case 'feedDown':
      return { ko: '시세 연결이 끊겨 있습니다', en: 'The market feed is down' }
    case 'accountUnknown':
      return { ko: '계좌 잔고를 아직 확인하지 못했습니다', en: 'The account is not known yet' }
    default:
      return never(denial)
  }
}

/** What went wrong at the venue, with its own code and words, and what follows from it. */
export function sentenceOfVenueError(error: VenueError): Sentence {
  const words = `${error.text} [${error.code}]`
  switch (error.kind) {
    case 'rejected':
      return { ko: `증권사가 거부했습니다: ${words}`, en: `Refused by the broker: ${words}` }
    case 'throttled': {
      const wait = lasting(error.retryAfterMs)
      return {
        ko: `요청이 많아 접수되지 않았습니다, ${wait.ko} 뒤에 다시 할 수 있습니다: ${words}`,
        en: `Too many requests, not accepted; possible again in ${wait.en}: ${words}`,
      }
    }
    case 'inDoubt':
      return {
        ko: `결과를 알 수 없어 주문 내역으로 확인합니다: ${words}`,
        en: `The outcome is not known and is settled from the order list: ${words}`,
      }
    case 'unavailable':
      return { ko: `응답을 받지 못했습니다: ${words}`, en: `No usable answer: ${words}` }
    default:
      return never(error)
  }
}
