import type { Environment } from '../ports/execution-client.ts'
import type { Clock } from '../std/clock.ts'
import { ok, type Result } from '../std/result.ts'
import { openControl } from './control.ts'
import { refuse } from './io.ts'
import { obey } from './remote-commands.ts'
import type { RunningTrader } from './trader.ts'
import { createDeskLink } from './web/desk-link.ts'

export interface OpenDesk {
  readonly journalFolder: string
  readonly wall: Clock
  /** The trader that stands now, if one does. */
  readonly trader: () => RunningTrader | undefined
  readonly environment: Environment
  /** Market seconds in a wall second. */
  readonly speed: () => number
}

export interface Desk {
  close(): Promise<void>
}

/** Lets the other programs of this machine at a trader: short requests of shells, and web servers that stay. */
export async function openDesk(options: OpenDesk): Promise<Result<Desk, 'taken'>> {
  const link = createDeskLink(options)
  const control = await openControl(
    options.journalFolder,
    (request) => obey(options.trader(), request),
    link.attach,
  )
  if (!control.ok) return control
  return ok({
    close: async () => {
      link.close()
      await control.value.close()
    },
  })
}

/** The same for a program that cannot do without: another one on that folder is a reason not to begin. */
export async function mustOpenDesk(options: OpenDesk): Promise<Desk> {
  const desk = await openDesk(options)
  if (desk.ok) return desk.value
  return refuse(
    `${options.journalFolder} 에서 이미 가람이 실행 중입니다: garam stop 으로 멈추거나 그쪽 화면을 쓰세요`,
    `a Garam already runs on ${options.journalFolder}: use its screen, or garam stop`,
  )
}
