import { Command, Option } from 'commander'
import { z } from 'zod'
import type { CommandContext } from '../command-context.ts'
import { loadConfig } from '../config/load.ts'
import { askControl, type ControlReply, type ControlRequest } from '../control.ts'
import { refuse } from '../io.ts'
import * as read from '../options.ts'

interface Where {
  readonly config: string
  readonly journal?: string
  readonly json?: true
}

interface SettleOptions extends Where {
  readonly as: 'cancelled' | 'filled'
  readonly quantity?: number
  readonly price?: number
}

const withWhere = (command: Command): Command =>
  command
    .option('-c, --config <file>', '설정 파일 · config file', 'garam.yaml')
    .option('--journal <folder>', '설정 대신 기록 폴더로 찾기 · find the trader by its journal folder')
    .option('--json', '결과를 JSON으로 · result as JSON')

export const ordersCommand = (context: CommandContext): Command =>
  withWhere(new Command('orders'))
    .description(
      '미체결 주문과, 결과를 모르는 주문에 대한 증권사 목록의 답을 보여 줍니다\nopen orders, and what the broker’s list says of those in doubt',
    )
    .addHelpText('after', '\n예 · example:\n  garam orders')
    .action((options: Where) => send(context, options, { do: 'orders' }))
    .addCommand(settleCommand(context))

const settleCommand = (context: CommandContext): Command =>
  withWhere(new Command('settle'))
    .description(
      '결과를 끝내 모르는 주문을 증권사 화면에서 확인한 대로 정리합니다. 기록에 남고, 저절로 되지 않습니다\nsettles an order that stays in doubt as you saw it at the broker; it is recorded, and never happens by itself',
    )
    .argument('<order>', '주문 이름 · order id (garam orders)')
    .addOption(
      new Option('--as <what>', '증권사 화면의 결과 · what the broker shows')
        .choices(['cancelled', 'filled'])
        .makeOptionMandatory(),
    )
    .option('--quantity <shares>', '체결된 모든 주식 · all shares filled', read.wholeNumber)
    .option('--price <won>', '평균 체결가 · average price', read.wholeNumber)
    .addHelpText(
      'after',
      '\n예 · examples:\n  garam orders settle 20261120-000042 --as cancelled\n  garam orders settle 20261120-000042 --as filled --quantity 10 --price 71500',
    )
    .action((order: string, options: SettleOptions) => send(context, options, requestOf(order, options)))

function requestOf(order: string, { as, quantity, price }: SettleOptions): ControlRequest {
  if (as === 'cancelled') return { do: 'settleOrder', order, as }
  if (!quantity || !price)
    return refuse(
      '--as filled 에는 --quantity와 --price가 필요합니다',
      '--as filled needs --quantity and --price',
    )
  return { do: 'settleOrder', order, as, quantity, price }
}

async function send({ io, finish }: CommandContext, where: Where, request: ControlRequest): Promise<void> {
  const folder = where.journal ?? (await loadConfig(where.config)).journalFolder
  const asked = await askControl(folder, request)
  const reply = asked.ok
    ? asked.value
    : refuse(`${folder} 에서 실행 중인 가람이 답하지 않습니다`, `no running Garam answers at ${folder}`)
  if (where.json) io.out(JSON.stringify(reply))
  else for (const line of linesOf(reply)) io.out(line)
  finish(reply.ok ? 0 : 1)
}

const listSchema = z.object({
  orders: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      side: z.string(),
      type: z.string(),
      venue: z.string(),
      status: z.string(),
      quantity: z.number(),
      filled: z.number(),
      inDoubtMs: z.number(),
      mayBeSettled: z.boolean(),
      doubt: z.object({ code: z.string(), text: z.string() }).optional(),
    }),
  ),
})

function linesOf(reply: ControlReply): readonly string[] {
  const list = listSchema.safeParse(reply.status)
  const orders = list.success ? list.data.orders : []
  return [
    reply.ko,
    reply.en,
    ...orders.flatMap((order) => [
      `${order.id} ${order.name} ${order.venue} ${order.side} ${order.type} ${order.filled}/${order.quantity} ${order.status}`,
      ...(order.status === 'inDoubt'
        ? [
            `  ${Math.floor(order.inDoubtMs / 1000)}초째 미확인 · in doubt for ${Math.floor(order.inDoubtMs / 1000)} s`,
            `  증권사 목록 · the broker’s list: ${order.doubt?.text ?? '-'} [${order.doubt?.code ?? '-'}]`,
          ]
        : []),
      ...(order.mayBeSettled ? [`  garam orders settle ${order.id} --as cancelled|filled`] : []),
    ]),
  ]
}
