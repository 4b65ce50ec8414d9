import type { Clock } from '../../std/clock.ts'
import { readHeartbeat } from '../deadman/heartbeat.ts'
import { judgeBeat, readDeadman, STALE_AFTER_MS, unprotectedOf } from '../deadman/watch.ts'
import { bad, type Checked, good, warning } from './check.ts'

const NAME = 'stops'

/**
 * What no stop-loss of ours covers, whatever runs. Source: Kiwoom REST API guide, order types; wire reference §7.
 */
const NOT_COVERED: readonly Checked[] = [
  warning(
    NAME,
    '이 컴퓨터가 꺼지거나 인터넷이 끊기면 손절이 나가지 않습니다',
    'when this machine is off or offline no stop-loss leaves',
    '증권사 앱을 가까이 두세요',
    "keep the broker's app at hand",
  ),
  warning(
    NAME,
    'KRX에는 키움 API로 걸어 둘 수 있는 손절 주문이 없습니다: 손절은 가람이 직접 냅니다',
    'at KRX the Kiwoom API has no stop order that rests at the broker: Garam itself is the stop',
    '장중에는 가람을 켜 두세요 (topology: split 이 더 오래 버팁니다)',
    'keep Garam running in market hours (topology: split lasts longer)',
  ),
  warning(
    NAME,
    'NXT에는 스톱지정가만 있습니다: 지정가를 뛰어넘는 급락에서는 체결되지 않을 수 있습니다',
    'NXT has stop-limit orders only: a fall past the limit leaves them unfilled',
    '스톱지정가만 믿지 마세요',
    'do not rely on a stop-limit alone',
  ),
]

/** Does the trader of that folder live, does somebody watch it, and what is covered by nobody? */
export async function checkProtection(folder: string, wall: Clock): Promise<readonly Checked[]> {
  const now = wall.now()
  const verdict = judgeBeat(await readHeartbeat(folder), now, 0)
  const watcher = await readDeadman(folder)
  const isWatched = watcher !== undefined && now - watcher.at < STALE_AFTER_MS
  return [...beatChecked(verdict), ...watchChecked(verdict.is, isWatched), ...NOT_COVERED]
}

function beatChecked(verdict: ReturnType<typeof judgeBeat>): readonly Checked[] {
  if (verdict.is === 'waiting') return []
  if (verdict.is === 'alive')
    return [
      good(
        NAME,
        `매매 중, 보유 ${verdict.beat.positions.length}종목`,
        `trading, ${verdict.beat.positions.length} positions`,
      ),
    ]
  const bare = unprotectedOf(verdict.beat)
  if (bare.length === 0) return []
  const list = bare.join(' · ')
  const report = verdict.is === 'dead' ? bad : warning
  return [
    report(
      NAME,
      `가람이 ${verdict.is === 'dead' ? '멎어' : '꺼져'} 있어 손절이 없습니다: ${list}`,
      `Garam is ${verdict.is === 'dead' ? 'dead' : 'off'}, no stop for: ${list}`,
      'garam run 으로 다시 켜세요',
      'start it again with garam run',
    ),
  ]
}

function watchChecked(trader: ReturnType<typeof judgeBeat>['is'], isWatched: boolean): readonly Checked[] {
  if (trader !== 'alive') return []
  return [
    isWatched
      ? good('deadman', '매매 프로세스를 지켜보고 있습니다', 'somebody watches the trader')
      : warning(
          'deadman',
          '매매 프로세스가 멎어도 알릴 것이 없습니다',
          'nothing would alarm if the trader died',
          'garam deadman 을 따로 켜세요',
          'start garam deadman beside it',
        ),
  ]
}
