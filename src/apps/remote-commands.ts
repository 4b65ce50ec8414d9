import { isOpen } from '../model/order-table.ts'
import type { ControlReply, ControlRequest } from './control.ts'
import type { Command, RunningTrader } from './trader.ts'

const COMMANDS: Readonly<Record<Exclude<ControlRequest['do'], 'status'>, readonly Command[]>> = {
  // The cancels leave before the switch: halted lets nothing out any more, not even a stop-loss.
  stop: [{ do: 'cancelAll' }, { do: 'setHalt', state: 'halted' }],
  flatten: [{ do: 'flatten' }],
  resume: [{ do: 'setHalt', state: 'active' }, { do: 'resumeBuying' }],
}

const SAID: Readonly<Record<keyof typeof COMMANDS, { readonly ko: string; readonly en: string }>> = {
  stop: {
    ko: '정지했습니다: 미체결을 취소했고 새 주문은 나가지 않습니다 (손절 포함). garam stop --resume 으로 풉니다',
    en: 'stopped: working orders are being cancelled and nothing new leaves, stop-losses included. garam stop --resume lifts it',
  },
  flatten: {
    ko: '청산합니다: 미체결을 취소하고 모든 보유 종목을 팝니다. 매수는 중지됩니다',
    en: 'flattening: working orders are cancelled, every position is sold, buying stays paused',
  },
  resume: { ko: '정지를 풀었습니다', en: 'the stop is lifted' },
}

/** What a request from another shell does to the trader, and the answer it gets. */
export function obey(trader: RunningTrader | undefined, request: ControlRequest): ControlReply {
  if (trader === undefined)
    return {
      ok: false,
      ko: '아직 시작하는 중입니다: 잠시 뒤에 다시',
      en: 'still starting: try again in a moment',
    }
  const view = trader.view()
  const status = {
    day: view.day,
    halt: view.halt,
    buyingPaused: view.buyingPaused,
    positions: view.positions.length,
    workingOrders: view.orders.filter((order) => isOpen(order.status)).length,
  }
  if (request.do === 'status') return { ok: true, ko: '실행 중', en: 'running', status }
  for (const command of COMMANDS[request.do]) trader.command(command)
  return { ok: true, ...SAID[request.do], status }
}
