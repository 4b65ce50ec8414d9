import type { PromotionMessage, RunMessage } from '../contract/backtest.ts'
import type { StrategyEntry } from './research.ts'
import { badRequest } from './trouble.ts'

const LIVE_INTERVALS = ['1m', '3m', '5m', '10m', '15m', '30m', '60m', '1d']

/** What a backtest played, as an entry of `strategies:` that is switched off. Errors: `Trouble` for what cannot trade here. */
export function promotedEntry(
  run: RunMessage,
  { name, symbols, amountKrw }: PromotionMessage,
): StrategyEntry {
  if (run.kind !== 'backtest' || run.state !== 'done')
    throw badRequest({
      ko: '끝난 백테스트만 옮길 수 있습니다',
      en: 'Only a finished backtest can be promoted',
    })
  const { strategy, parameters, market } = run.request
  const [, interval = '', home] = market.data.split('/')
  if (home !== 'KRX')
    throw badRequest({ ko: '미국 주식은 아직 매매할 수 없습니다', en: 'US shares cannot be traded yet' })
  if (!LIVE_INTERVALS.includes(interval))
    throw badRequest({
      ko: `${interval} 봉으로는 장중에 돌릴 수 없습니다 (${LIVE_INTERVALS.join(', ')})`,
      en: `${interval} bars cannot be played live (${LIVE_INTERVALS.join(', ')})`,
    })
  if (strategy.kind === 'file')
    throw badRequest({
      ko: '전략 파일은 garam.yaml 옆에 두고 직접 적어 주세요: 화면에서는 코드를 실거래에 올리지 않습니다',
      en: 'Put a strategy file beside garam.yaml and write it there yourself: a screen does not put code to trade',
    })
  return {
    name,
    ...(strategy.kind === 'known'
      ? { use: strategy.id, ...(Object.keys(parameters).length > 0 && { params: parameters }) }
      : { entry: strategy.entry, ...(strategy.exit && { exit: strategy.exit }) }),
    symbols,
    interval,
    enabled: false,
    amount_krw: amountKrw,
  }
}

/** The entry as YAML. Texts stand in double quotes, which YAML reads as JSON does. */
export function promotedYaml(entry: StrategyEntry): string {
  const { name, use, entry: buys, exit, params, symbols, interval, amount_krw } = entry
  const lines = [
    `  - name: ${JSON.stringify(name)}`,
    ...(use === undefined ? [] : [`    use: ${use}`]),
    ...(buys === undefined ? [] : [`    entry: ${JSON.stringify(buys)}`]),
    ...(exit === undefined ? [] : [`    exit: ${JSON.stringify(exit)}`]),
    ...(params === undefined ? [] : [`    params: { ${writtenParams(params)} }`]),
    `    symbols: [${symbols.map((each) => JSON.stringify(each)).join(', ')}]`,
    `    interval: ${interval}`,
    '    enabled: false',
    `    amount_krw: ${amount_krw}`,
  ]
  return `strategies:\n${lines.join('\n')}\n`
}

const writtenParams = (params: NonNullable<StrategyEntry['params']>): string =>
  Object.entries(params)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join(', ')
