import type { BrokerConfig } from './config/parse.ts'
import { refuse } from './io.ts'

/** Kiwoom's mock investing (모의투자). The adapter checks the pair against the environment once more. */
const PAPER = { rest: 'https://mockapi.kiwoom.com', socket: 'wss://mockapi.kiwoom.com:10000' }

/** Where a broker of the config is reached. There is no entry for live: it is not open yet. */
export const hostsOf = (broker: BrokerConfig): { readonly rest: string; readonly socket: string } =>
  broker.environment === 'paper'
    ? PAPER
    : (broker.hosts ?? refuse('broker.hosts가 필요합니다', 'broker.hosts is required'))
