import type { Target } from './target.ts'
import { CONFIG_TARGETS } from './targets/config.ts'
import { JOURNAL_TARGETS } from './targets/journal.ts'
import { FRAME_TARGETS } from './targets/kiwoom-frames.ts'
import { LINE_TARGETS } from './targets/kiwoom-line.ts'
import { REPLY_TARGETS } from './targets/kiwoom-replies.ts'
import { SIMULATOR_TARGETS } from './targets/simulator.ts'

/** Every decoder that reads what somebody else wrote. */
export const TARGETS: readonly Target[] = [
  ...FRAME_TARGETS,
  ...REPLY_TARGETS,
  ...LINE_TARGETS,
  ...JOURNAL_TARGETS,
  ...CONFIG_TARGETS,
  ...SIMULATOR_TARGETS,
]
