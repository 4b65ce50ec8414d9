import { lockFolder } from '../adapters/journal/lock.ts'
import { JournalLocked } from '../adapters/journal/trouble.ts'
import type { Sentence } from '../model/sentence.ts'
import type { Clock } from '../std/clock.ts'
import type { Result } from '../std/result.ts'
import { openSecurityState, type SecurityState } from '../web/server/security/state.ts'
import { refuse } from './io.ts'
import { secretBytes, wallClock } from './system.ts'

/** Where users, sessions, the audit log and answered commands are kept, from where Garam was started. */
export const WEB_STATE = '.garam/web'

/** Opens it for this process alone. Refuses when another one has it. */
export const openWebState = (
  folder: string,
  clock: Clock = wallClock,
): Promise<Result<SecurityState, Sentence>> =>
  openSecurityState({ folder, clock, secretBytes, lock: lockOrRefuse })

function lockOrRefuse(folder: string, since: string): Promise<() => Promise<void>> {
  return lockFolder(folder, since).catch((error: unknown) => {
    if (!(error instanceof JournalLocked)) throw error
    return refuse(
      `${folder} 을(를) 다른 가람이 쓰고 있습니다. 그 화면의 사용자 메뉴를 쓰거나, 그 가람을 끝낸 뒤 다시 하세요. 확실히 없다면 ${error.lockFile} 을(를) 지우세요`,
      `another Garam uses ${folder}. Use the users page of its screen, or end it and try again. If you are sure that it is gone, delete ${error.lockFile}`,
    )
  })
}
