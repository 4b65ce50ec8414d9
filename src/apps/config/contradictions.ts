import { brokerOffers } from '../../model/broker-offers.ts'
import { timeOfDay } from '../../model/time.ts'
import { isLoopback } from './addresses.ts'
import { isDay, missingOf } from './corporate-actions.ts'
import type { Contradiction, Path } from './finding.ts'
import type { ConfigFile } from './schema.ts'
import { orderRouting, orderStyle } from './settings.ts'
import { strategies } from './strategy-contradictions.ts'

interface FileWindow {
  readonly from: string
  readonly to: string
}

interface FileAmount {
  readonly amount_krw?: number | undefined
  readonly amount_pct?: number | undefined
}

const span = (window: FileWindow) => ({ from: timeOfDay(window.from), to: timeOfDay(window.to) })

function* backwards(window: FileWindow, path: Path): Generator<Contradiction> {
  const { from, to } = span(window)
  if (from >= to)
    yield {
      path: [...path, 'to'],
      ko: `끝(${window.to})이 시작(${window.from})보다 늦어야 합니다`,
      en: `the end (${window.to}) must be later than the start (${window.from})`,
    }
}

function* windows(file: ConfigFile): Generator<Contradiction> {
  yield* backwards(file.hours, ['hours'])
  const hours = span(file.hours)
  for (const block of ['buy', 'sell', 'strategies'] as const)
    for (const [index, rule] of file[block].entries()) {
      yield* backwards(rule.window, [block, index, 'window'])
      const window = span(rule.window)
      if (window.from < window.to && (window.to <= hours.from || window.from >= hours.to))
        yield {
          path: [block, index, 'window'],
          ko: `hours(${file.hours.from}–${file.hours.to}) 밖이라 한 번도 쓰이지 않습니다`,
          en: `lies outside hours (${file.hours.from}–${file.hours.to}), so it would never be used`,
        }
    }
}

function* amounts(file: ConfigFile): Generator<Contradiction> {
  const { max_amount_per_instrument_krw: perInstrument, max_buy_amount_per_day_krw: perDay } = file.limits
  const rules: readonly (readonly [Path, FileAmount])[] = [
    ...file.buy.map((rule, index) => [['buy', index], rule] as const),
    ...file.strategies.map((rule, index) => [['strategies', index], rule] as const),
  ]
  for (const [path, rule] of rules) {
    if (rule.amount_krw === undefined && rule.amount_pct === undefined)
      yield {
        path,
        ko: 'amount_krw(원) 또는 amount_pct(%) 중 하나가 필요합니다',
        en: 'one of amount_krw and amount_pct is required',
      }
    if (rule.amount_krw !== undefined && rule.amount_pct !== undefined)
      yield {
        path: [...path, 'amount_pct'],
        ko: 'amount_krw와 amount_pct는 함께 쓸 수 없습니다',
        en: 'amount_krw and amount_pct exclude each other',
      }
    const most = Math.min(perInstrument, perDay)
    if (rule.amount_krw !== undefined && rule.amount_krw > most)
      yield {
        path: [...path, 'amount_krw'],
        ko: `한도(${most.toLocaleString('en')}원)보다 커서 한 번도 살 수 없습니다: limits를 보세요`,
        en: `more than the limit of ${most.toLocaleString('en')} won, so it could never buy: see limits`,
      }
  }
  if (perInstrument > perDay)
    yield {
      path: ['limits', 'max_amount_per_instrument_krw'],
      ko: '종목당 한도가 하루 한도보다 큽니다',
      en: 'the limit per instrument is larger than the limit per day',
    }
}

function* conditions(file: ConfigFile): Generator<Contradiction> {
  const seen = new Map<string, string>()
  for (const block of ['buy', 'sell'] as const)
    for (const [index, rule] of file[block].entries()) {
      const before = seen.get(rule.condition)
      if (before !== undefined)
        yield {
          path: [block, index, 'condition'],
          ko: `"${rule.condition}" 조건은 이미 ${before}에서 쓰입니다`,
          en: `"${rule.condition}" is used already, in ${before}`,
        }
      seen.set(rule.condition, `${block}[${index}]`)
    }
}

function* trailing(file: ConfigFile): Generator<Contradiction> {
  const { trailing: stages, take_profit_pct: profit } = file.exits
  for (const [index, stage] of stages.entries()) {
    const path = ['exits', 'trailing', index]
    const before = stages[index - 1]
    if (before && stage.activate_pct <= before.activate_pct)
      yield {
        path: [...path, 'activate_pct'],
        ko: `단계는 낮은 수익률부터 씁니다 (앞 단계 ${before.activate_pct} %)`,
        en: `stages rise: the one before activates at ${before.activate_pct} %`,
      }
    if (before && stage.give_back_pct > before.give_back_pct)
      yield {
        path: [...path, 'give_back_pct'],
        ko: `다음 단계는 앞 단계(${before.give_back_pct} %)보다 좁아야 합니다`,
        en: `a later stage is no wider than the one before (${before.give_back_pct} %)`,
      }
    if (stage.give_back_pct > stage.activate_pct)
      yield {
        path: [...path, 'give_back_pct'],
        ko: `activate_pct(${stage.activate_pct} %)보다 커서 손실로 팔게 됩니다`,
        en: `more than activate_pct (${stage.activate_pct} %): it would sell at a loss`,
      }
    if (profit !== undefined && stage.activate_pct >= profit)
      yield {
        path: [...path, 'activate_pct'],
        ko: `익절(${profit} %)이 먼저라서 이 단계에 닿지 않습니다`,
        en: `take_profit_pct (${profit} %) comes first: this stage is never reached`,
      }
  }
}

function* unfilled(file: ConfigFile): Generator<Contradiction> {
  for (const side of ['buy', 'sell'] as const) {
    const rule = file.unfilled[side]
    for (const key of ['times', 'finally'] as const)
      if (rule.then !== 'reprice' && rule[key] !== undefined)
        yield {
          path: ['unfilled', side, key],
          ko: `${key}는 then: reprice 일 때만 뜻이 있습니다`,
          en: `${key} means something only with then: reprice`,
        }
  }
}

function* rebuy(file: ConfigFile): Generator<Contradiction> {
  const rule = file.limits.rebuy
  if (rule.not_today && rule.wait_min !== undefined)
    yield {
      path: ['limits', 'rebuy', 'wait_min'],
      ko: 'not_today: true면 오늘은 다시 사지 않으므로 wait_min은 뜻이 없습니다',
      en: 'with not_today: true nothing is bought again today, so wait_min has no meaning',
    }
}

/** The types that a route never takes while the market trades; `market` is stood in for where it is not taken. */
function* styles(file: ConfigFile): Generator<Contradiction> {
  const { route } = orderRouting(file.orders)
  const given: readonly (readonly [Path, string])[] = [
    ...file.buy.map((rule, i) => [['buy', i, 'order'], rule.order] as const),
    ...file.sell.map((rule, i) => [['sell', i, 'order'], rule.order] as const),
    ...file.strategies.map((rule, i) => [['strategies', i, 'order'], rule.order] as const),
    ...file.strategies.map((rule, i) => [['strategies', i, 'exit_order'], rule.exit_order] as const),
    [['exits', 'order'], file.exits.order],
    [['exits', 'protective_order'], file.exits.protective_order],
  ]
  for (const [path, text] of given) {
    const type = orderStyle(text).kind
    const query = { venue: route, type, timeInForce: 'day', class: 'stock', phase: 'continuous' } as const
    const offer = brokerOffers({ ...query, broker: file.broker.name, environment: file.broker.environment })
    if (type === 'market' || offer.offered || !isOpenTo(file)) continue
    yield {
      path,
      ko: `orders.route: ${file.orders.route}에서는 ${text} 주문을 받지 않습니다 (garam doctor --order-types)`,
      en: `orders.route: ${file.orders.route} takes no ${text} order (garam doctor --order-types)`,
    }
  }
}

/** Mock investing trades on KRX only (wire reference §19): one finding for the route, not one for each order. */
const isOpenTo = ({ broker, orders }: ConfigFile): boolean =>
  broker.environment !== 'paper' || orders.route === 'krx'

function* orders(file: ConfigFile): Generator<Contradiction> {
  const { route, hours, extended_entries: entries } = file.orders
  if (!isOpenTo(file))
    yield {
      path: ['orders', 'route'],
      ko: `모의투자는 KRX에서만 거래됩니다: route: krx`,
      en: `mock investing trades on KRX only: route: krx`,
    }
  if (file.broker.environment === 'paper' && hours === 'extended')
    yield {
      path: ['orders', 'hours'],
      ko: '모의투자에는 프리마켓과 애프터마켓이 없습니다: hours: regular',
      en: 'mock investing has no pre-market and no after-market: hours: regular',
    }
  if (entries && hours === 'regular')
    yield {
      path: ['orders', 'extended_entries'],
      ko: 'hours: extended 일 때만 뜻이 있습니다',
      en: 'means something only with hours: extended',
    }
  const buying = span(file.hours)
  if (entries && hours === 'extended' && buying.from >= REGULAR.from && buying.to <= REGULAR.to)
    yield {
      path: ['hours'],
      ko: `매수 시간(${file.hours.from}–${file.hours.to})이 정규장 안이라 extended_entries가 쓰이지 않습니다`,
      en: `buying hours (${file.hours.from}–${file.hours.to}) lie inside the regular session, so extended_entries has no use`,
    }
  if (file.exits.at_broker && route === 'krx')
    yield {
      path: ['exits', 'at_broker'],
      ko: '스톱지정가는 NXT만 받습니다: orders.route를 nxt나 sor로',
      en: 'only NXT takes a stop-limit: set orders.route to nxt or sor',
    }
}

const REGULAR = { from: timeOfDay('09:00'), to: timeOfDay('15:30') }

/** The adapter refuses anything else too: a broker's own host must never hide behind `simulated`. */
function* hosts(file: ConfigFile): Generator<Contradiction> {
  const { environment, hosts: given } = file.broker
  if (environment === 'simulated' && given === undefined)
    yield {
      path: ['broker'],
      ko: 'simulated는 hosts(rest, socket)가 필요합니다: garam simulate kiwoom 이 알려 줍니다',
      en: 'simulated needs hosts (rest, socket): garam simulate kiwoom prints them',
    }
  if (environment !== 'simulated' && given !== undefined)
    yield {
      path: ['broker', 'hosts'],
      ko: `${environment} 서버의 주소는 정해져 있습니다: hosts를 지우세요`,
      en: `the hosts of ${environment} are fixed: remove hosts`,
    }
  if (environment !== 'simulated' || given === undefined) return
  for (const key of ['rest', 'socket'] as const) {
    const url = URL.canParse(given[key]) ? new URL(given[key]) : undefined
    const schemes = key === 'rest' ? ['http:', 'https:'] : ['ws:', 'wss:']
    if (url && schemes.includes(url.protocol) && isLoopback(url.hostname)) continue
    yield {
      path: ['broker', 'hosts', key],
      ko: `이 컴퓨터의 주소여야 합니다: ${key === 'rest' ? 'http' : 'ws'}://127.0.0.1:9443`,
      en: `an address of this machine: ${key === 'rest' ? 'http' : 'ws'}://127.0.0.1:9443`,
    }
  }
}

/** What leaves this machine is encrypted: passwords and orders go over it. */
function* web(file: ConfigFile): Generator<Contradiction> {
  const { host, tls, behind_proxy: proxied } = file.web
  if (!isLoopback(host) && tls === undefined && !proxied)
    yield {
      path: ['web', 'host'],
      ko: `${host}는 다른 컴퓨터에서도 열립니다: tls(cert, key)를 쓰거나, 앞에 https 프록시가 있으면 behind_proxy: true`,
      en: `${host} is open to other machines: give tls (cert, key), or behind_proxy: true when a proxy in front does https`,
    }
}

/** A kind of action and what it cannot be reckoned without. */
function* corporateActions(file: ConfigFile): Generator<Contradiction> {
  for (const [index, action] of file.corporate_actions.entries()) {
    for (const key of ['from', 'shares_from'] as const)
      if (!isDay(action[key]))
        yield {
          path: ['corporate_actions', index, key],
          ko: `${action[key]}은 없는 날짜입니다`,
          en: `there is no day ${action[key]}`,
        }
    for (const key of missingOf(action))
      yield {
        path: ['corporate_actions', index],
        ko: `${action.kind}에는 ${key}가 필요합니다`,
        en: `${action.kind} needs ${key}`,
      }
  }
}

/** Values that are each fine but cannot stand together. */
export function contradictions(file: ConfigFile): Contradiction[] {
  return [
    ...hosts(file),
    ...windows(file),
    ...amounts(file),
    ...conditions(file),
    ...strategies(file),
    ...trailing(file),
    ...unfilled(file),
    ...rebuy(file),
    ...orders(file),
    ...styles(file),
    ...corporateActions(file),
    ...web(file),
  ]
}
