import type { InstrumentId } from '../../model/ids.ts'
import { NO_SHARES } from '../../model/money.ts'
import type { OperatorCommand } from '../../model/operator.ts'
import { amendByHand, cancelByHand } from './changing.ts'
import { cancelOrder, type Desk, nameOf, refuse, tell, wish } from './desk.ts'
import { reconsider, wishExit } from './leaving.ts'
import { manualIntent } from './manual-order.ts'
import { aimBoards } from './routing.ts'
import { settleByHand } from './settling.ts'
import { followConditions } from './wanting.ts'

const MARKET = { kind: 'market' } as const

/** What a person ordered. Each is an event of the journal, with who it was. */
export function onOperator(desk: Desk, command: OperatorCommand): void {
  switch (command.do) {
    case 'setHalt':
      desk.notes.halt = command.state
      return told(desk, command, `거래 상태: ${command.state}`, `Trading state: ${command.state}`)
    case 'pauseBuying':
      desk.notes.buyingPaused = true
      return told(desk, command, '매수 일시정지', 'Buying paused')
    case 'resumeBuying':
      desk.notes.buyingPaused = false
      return told(desk, command, '매수 재개', 'Buying resumed')
    case 'cancelAll':
      cancelAll(desk)
      return told(desk, command, '미체결 전량 취소', 'Cancelling all working orders')
    case 'flatten':
      return flatten(desk, command)
    case 'sell':
      if (!desk.ledger.positions.has(command.instrument)) return sellNothing(desk, command)
      wishExit(desk, command.instrument, {
        kind: 'manual',
        reason: `수동 매도 (${command.by})`,
        style: MARKET,
      })
      return told(
        desk,
        command,
        `${nameOf(desk, command.instrument)} 수동 매도`,
        `Manual sale of ${command.instrument}`,
      )
    case 'exclude':
      return exclude(desk, command, [...new Set([...desk.settings.excluded, command.instrument])])
    case 'include':
      return exclude(
        desk,
        command,
        desk.settings.excluded.filter((id) => id !== command.instrument),
      )
    case 'order':
      return manualOrder(desk, command)
    case 'cancelOrder':
      return cancelByHand(desk, command)
    case 'amendOrder':
      return amendByHand(desk, command)
    case 'settleOrder':
      return settleByHand(desk, command)
    case 'settings':
      desk.settings = command.settings
      desk.notes.aimedFor = ''
      aimBoards(desk)
      desk.bounds.clear()
      followConditions(desk)
      for (const position of desk.ledger.positions.values()) reconsider(desk, position)
      return told(desk, command, '설정 변경', 'Settings changed')
  }
}

const told = (desk: Desk, command: OperatorCommand, ko: string, en: string) =>
  tell(desk, 'info', `[${command.by}] ${ko}`, `[${command.by}] ${en}`)

function exclude(desk: Desk, command: OperatorCommand, excluded: readonly InstrumentId[]): void {
  desk.settings = { ...desk.settings, excluded }
  told(
    desk,
    command,
    `매수 제외 종목 ${excluded.length}개`,
    `${excluded.length} symbols excluded from buying`,
  )
}

function cancelAll(desk: Desk): void {
  for (const candidate of desk.candidates.waiting()) desk.candidates.drop(candidate.instrument)
  for (const order of desk.orders.open()) cancelOrder(desk, order, { then: 'nothing' })
}

function flatten(desk: Desk, command: OperatorCommand): void {
  desk.notes.buyingPaused = true
  told(
    desk,
    command,
    '전량 청산: 미체결 취소 후 모두 매도, 매수 정지',
    'Flatten: cancel everything, sell everything, buying stays paused',
  )
  for (const candidate of desk.candidates.waiting()) desk.candidates.drop(candidate.instrument)
  const exit = { kind: 'flatten', reason: `전량 청산 (${command.by})`, style: MARKET } as const
  for (const order of desk.orders.open())
    if (order.side === 'buy') cancelOrder(desk, order, { then: 'nothing', exit })
  for (const instrument of desk.ledger.positions.keys()) wishExit(desk, instrument, exit)
}

const sellNothing = (desk: Desk, { instrument, by }: OperatorCommand & { do: 'sell' }): void =>
  refuse(desk, instrument, 'sell', `manual ${by}`, {
    code: 'quantityExceedsHolding',
    wanted: NO_SHARES,
    sellable: NO_SHARES,
  })

function manualOrder(desk: Desk, command: OperatorCommand & { do: 'order' }): void {
  const { instrument, side } = command
  const intent = manualIntent(desk, command, command.by)
  if (!intent) {
    desk.out.push({ do: 'describe', instrument })
    return refuse(desk, instrument, side, `manual ${command.by}`, { code: 'priceUnknown' })
  }
  const made = wish(desk, intent)
  if (!made.ok) return refuse(desk, instrument, side, `manual ${command.by}`, made.error)
  told(
    desk,
    command,
    `수동 ${side === 'buy' ? '매수' : '매도'} ${nameOf(desk, instrument)} ${command.quantity}주`,
    `Manual ${side} of ${command.quantity} ${instrument}`,
  )
}
