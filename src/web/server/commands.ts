import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { instrumentId, orderId } from '../../model/ids.ts'
import { price, quantity } from '../../model/money.ts'
import type { ManualOrder } from '../../model/operator.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { OrderStyle } from '../../model/settings.ts'
import { never } from '../../std/invariant.ts'
import type { OrderView } from '../../trading/engine/view.ts'
import {
  type CommandMessage,
  commandReplySchema,
  commandSchema,
  LOWERING,
  type ManualOrderMessage,
  manualOrderSchema,
  type OrderStyleMessage,
  type PreviewMessage,
  previewSchema,
} from '../contract/commands.ts'
import type { DeskCommand, DeskLine } from './desk-line.ts'
import type { Actor, Routes } from './routes.ts'
import { notFound, refused, Trouble, unavailable } from './trouble.ts'

export interface CommandOptions {
  readonly line: DeskLine
  /** Called before a command that raises what can be lost; throws when the person has to prove once more who it is. */
  readonly requireFresh?: (request: FastifyRequest) => void
  /** Does `act` once for the request's idempotency key and keeps its answer for when it comes again. */
  readonly once?: <T>(request: FastifyRequest, body: CommandMessage, act: () => Promise<T>) => Promise<T>
}

const keySchema = z.object({
  'idempotency-key': z
    .string('idempotency-key 머리글이 필요합니다 · the header idempotency-key is needed')
    .regex(/^[\w-]{8,64}$/, '글자·숫자·-·_ 8~64자 · 8 to 64 letters, digits, - and _'),
})

/** What a person orders from a screen, and what an order would cost. */
export const commandRoutes =
  (options: CommandOptions): Routes =>
  (server) => {
    const { line, requireFresh, once = (_request, _body, act) => act() } = options
    server.post(
      '/commands',
      {
        config: { access: 'trade' },
        schema: {
          tags: ['commands'],
          summary: 'Give the trader a command',
          description:
            'Once for its idempotency key. What raises the risk (buying, resuming) asks for a second factor of the last minutes; what lowers it never does.',
          headers: keySchema,
          body: commandSchema,
          response: { 200: commandReplySchema },
        },
      },
      async (request) => {
        const { body } = request
        const by = actorOf(request).name
        if (needsSecondFactor(body, openOrder(line, body))) requireFresh?.(request)
        return once(request, body, () => give(line, body, by))
      },
    )
    server.post(
      '/orders/preview',
      {
        config: { access: 'read' },
        schema: {
          tags: ['commands'],
          summary: 'What an order would be and cost if it were given now; nothing is sent',
          body: manualOrderSchema,
          response: { 200: previewSchema },
        },
      },
      async ({ body }) => previewOf(line, body),
    )
  }

function actorOf({ actor }: FastifyRequest): Actor {
  if (!actor) throw new Trouble(401, 'signed-out', { ko: '로그인이 필요합니다', en: 'Signing in is needed' })
  return actor
}

async function give(line: DeskLine, wanted: CommandMessage, by: string): Promise<Sentence> {
  if (namesOrder(wanted) && line.line() === 'up' && !openOrder(line, wanted)) throw notFound(NO_SUCH_ORDER)
  // All of them at once and in their order: a halt waits for no answer to the cancels before it.
  const answers = await Promise.all(deskCommands(wanted).map((command) => line.command(command, by)))
  const noes = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]))
  const no = noes.find(({ isUnknown }) => isUnknown) ?? noes[0]
  // Whoever takes this for a no would order it again.
  if (no?.isUnknown) throw new Trouble(409, 'outcome-unknown', no)
  if (no) throw refused(no)
  return SAID[wanted.do]
}

async function previewOf(line: DeskLine, wanted: ManualOrderMessage): Promise<PreviewMessage> {
  const answer = await line.preview(manualOrder(wanted))
  if (!answer.ok) throw unavailable(answer.error)
  const { type, venue, limit, amount, commission, tax, needed, refusal } = answer.value
  return {
    type,
    venue,
    ...(limit !== undefined && { limit }),
    amount,
    commission,
    tax,
    needed,
    ...(refusal && { refusal: { code: refusal.code, ko: refusal.ko, en: refusal.en } }),
  }
}

const namesOrder = (wanted: CommandMessage) =>
  wanted.do === 'cancelOrder' || wanted.do === 'amendOrder' || wanted.do === 'settleOrder'

const openOrder = (line: DeskLine, wanted: CommandMessage): OrderView | undefined =>
  namesOrder(wanted) ? line.shown()?.view.orders.find(({ id }) => id === wanted.order) : undefined

const lowering: ReadonlySet<CommandMessage['do']> = new Set(LOWERING)

/** Only ever lowers what can be lost: done even when the disk takes no record of its answer. */
export const isLowering = (wanted: CommandMessage): boolean => lowering.has(wanted.do)

/**
 * Does it raise what can be lost? A sale by hand sells only what is held, and a moved sell order stays a sale. Lifting a stop
 * always counts, since it also lets buying go on.
 */
export function needsSecondFactor(wanted: CommandMessage, order?: Pick<OrderView, 'side'>): boolean {
  if (isLowering(wanted)) return false
  if (wanted.do === 'order') return wanted.side === 'buy'
  return !(wanted.do === 'amendOrder' && order?.side === 'sell')
}

/** What it is to the engine, in the order in which it has to arrive. */
function deskCommands(wanted: CommandMessage): readonly DeskCommand[] {
  switch (wanted.do) {
    case 'pauseBuying':
    case 'resumeBuying':
    case 'cancelAll':
    case 'flatten':
      return [{ do: wanted.do }]
    case 'stop':
      // The cancels leave before the switch: halted lets nothing out any more, not even a stop-loss.
      return [{ do: 'cancelAll' }, { do: 'setHalt', state: 'halted' }]
    case 'resume':
      return [{ do: 'setHalt', state: 'active' }, { do: 'resumeBuying' }]
    case 'reduceOnly':
      return [{ do: 'setHalt', state: 'reducing' }]
    case 'cancelOrder':
      return [{ do: 'cancelOrder', order: orderId(wanted.order) }]
    case 'amendOrder': {
      const shares = wanted.quantity === undefined ? {} : { quantity: quantity(wanted.quantity) }
      return [{ do: 'amendOrder', order: orderId(wanted.order), limit: price(wanted.limit), ...shares }]
    }
    case 'sell':
    case 'exclude':
    case 'include':
      return [{ do: wanted.do, instrument: instrumentId(wanted.instrument) }]
    case 'order':
      return [{ do: 'order', ...manualOrder(wanted) }]
    case 'settleOrder':
      return [{ do: 'settleOrder', order: orderId(wanted.order), as: { kind: wanted.as } }]
    default:
      return never(wanted)
  }
}

function manualOrder({ instrument, side, quantity: shares, order }: ManualOrderMessage): ManualOrder {
  return { instrument: instrumentId(instrument), side, quantity: quantity(shares), ...styled(order) }
}

/** A price of one's own goes beside a limit style, whose own price it takes the place of. */
function styled(order: OrderStyleMessage): Pick<ManualOrder, 'order' | 'limit'> {
  if (order.kind !== 'at') return { order: order satisfies OrderStyle }
  return { order: { kind: 'limit', from: 'last', ticks: 0 }, limit: price(order.limit) }
}

const NO_SUCH_ORDER: Sentence = {
  ko: '그런 미체결 주문이 없습니다. 이미 체결되었거나 취소되었습니다',
  en: 'There is no such open order. It has filled or is cancelled',
}

const SAID: Readonly<Record<CommandMessage['do'], Sentence>> = {
  pauseBuying: {
    ko: '매수를 멈췄습니다. 손절과 매도는 계속합니다',
    en: 'Buying is paused. Stops and sales go on',
  },
  resumeBuying: { ko: '매수를 다시 시작합니다', en: 'Buying goes on' },
  cancelAll: { ko: '미체결 주문을 모두 취소합니다', en: 'Every working order is being cancelled' },
  flatten: {
    ko: '청산합니다: 미체결을 취소하고 모든 보유 종목을 팝니다. 매수는 멈춥니다',
    en: 'Flattening: orders are cancelled, every position is sold, buying stays paused',
  },
  stop: {
    ko: '정지했습니다: 미체결을 취소했고 아무 주문도 나가지 않습니다 (손절 포함)',
    en: 'Halted: working orders are being cancelled and nothing leaves, stop-losses included',
  },
  resume: { ko: '정지를 풀었습니다', en: 'The stop is lifted' },
  reduceOnly: { ko: '매도만 나갑니다', en: 'Only sales leave from now on' },
  cancelOrder: { ko: '주문을 취소합니다', en: 'The order is being cancelled' },
  amendOrder: { ko: '주문을 정정합니다', en: 'The order is being amended' },
  sell: { ko: '매도 주문을 냅니다', en: 'A sell order is on its way' },
  exclude: { ko: '이 종목은 더 사지 않습니다', en: 'This instrument is not bought any more' },
  include: { ko: '이 종목을 다시 살 수 있습니다', en: 'This instrument may be bought again' },
  order: { ko: '주문을 전달했습니다', en: 'The order is with the trader' },
  settleOrder: { ko: '주문을 취소로 정리했습니다', en: 'The order is settled as cancelled' },
}
