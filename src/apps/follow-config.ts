import type { Cancel } from '../std/clock.ts'
import { findingText } from './config/finding.ts'
import { type Config, parseConfig } from './config/parse.ts'
import { watchFile } from './config/watch.ts'
import type { Io } from './io.ts'
import { wallClock } from './system.ts'
import type { RunningTrader } from './trader.ts'

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What a running program cannot change. */
const fixed = ({ broker, journalFolder, topology, deadman, web }: Config) => ({
  broker,
  journalFolder,
  topology,
  deadman,
  web,
})

/** Applies a changed file at once when it is right; a wrong one changes nothing and is explained. */
export function followConfig(first: Config, path: string, trader: RunningTrader, io: Io): Cancel {
  return watchFile(path, wallClock, (text) => {
    const parsed = parseConfig(text)
    if (!parsed.ok) {
      io.err('설정을 바꾸지 않았습니다 · settings unchanged:')
      for (const finding of parsed.error) io.err(findingText(path, finding))
      return
    }
    if (!same(fixed(parsed.value), fixed(first)))
      io.err(
        'broker, journal, topology, deadman, web은 다시 시작해야 바뀝니다 · broker, journal, topology, deadman and web change on restart only',
      )
    void trader.changeSettings(parsed.value.settings).then(
      (changed) =>
        io.err(
          changed.ok
            ? '설정을 적용했습니다 · settings applied'
            : `설정을 바꾸지 않았습니다: ${changed.error}`,
        ),
      (error: unknown) => io.err(`설정을 바꾸지 못했습니다 · settings unchanged: ${String(error)}`),
    )
  })
}
