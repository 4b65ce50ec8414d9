import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createDisk } from '../../adapters/journal/disk.ts'
import { dayFiles, verifyJournal } from '../../adapters/journal/read.ts'
import { count } from '../../std/numbers.ts'
import { findingText } from '../config/finding.ts'
import { type Config, parseConfig } from '../config/parse.ts'
import { resolveSecret, type SecretSources, secretSources } from '../config/secrets.ts'
import { bad, type Checked, good, warning } from './check.ts'

export interface ConfigChecked {
  readonly checked: readonly Checked[]
  readonly config?: Config
}

/** Is there a config, is it right, and do its keys exist? */
export async function checkConfig(
  path: string,
  variable: (name: string) => string | undefined,
): Promise<ConfigChecked> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined)
    return {
      checked: [
        warning(
          'config',
          `설정 파일이 없습니다: ${path} (demo에는 필요 없습니다)`,
          `no config file: ${path} (demo needs none)`,
          'garam init 으로 만드세요',
          'make one with garam init',
        ),
      ],
    }
  const parsed = parseConfig(text)
  if (!parsed.ok)
    return {
      checked: parsed.error.map((finding) =>
        bad('config', findingText(path, finding), finding.en, '그 줄을 고치세요', 'correct that line'),
      ),
    }
  const { broker, settings } = parsed.value
  const said = good(
    'config',
    `${path}: ${broker.environment}, 매수 조건 ${settings.buys.length}, 매도 조건 ${settings.sells.length}`,
    `${path}: ${broker.environment}, ${settings.buys.length} buy and ${settings.sells.length} sell conditions`,
  )
  const references = [broker.appKey, broker.secretKey]
  const sources = await secretSources(references, variable)
  const keys = references.map((reference) => checkKey(reference, sources))
  return { checked: [said, ...keys], config: parsed.value }
}

function checkKey(reference: string, sources: SecretSources): Checked {
  const resolved = resolveSecret(reference, sources)
  if (resolved.ok) return good('keys', `${reference} 있음`, `${reference} is set`)
  return bad(
    'keys',
    resolved.error.ko,
    resolved.error.en,
    '키를 환경 변수에 넣거나 garam secret set 으로 봉인하세요',
    'put the key into the variable, or seal it with garam secret set',
  )
}

/** Is what was recorded still whole? */
export async function checkJournal(folder: string): Promise<Checked> {
  const path = resolve(folder)
  const files = await dayFiles(createDisk(), path).catch((): readonly string[] => [])
  if (files.length === 0)
    return good('journal', `${folder}: 아직 기록이 없습니다`, `${folder}: nothing recorded yet`)
  const verdict = await verifyJournal(path)
  return verdict.ok
    ? good(
        'journal',
        `${folder}: ${files.length}일, 기록 ${count(verdict.records)}건 온전함`,
        `${folder}: ${files.length} days, ${count(verdict.records)} records, all good`,
      )
    : bad(
        'journal',
        `${verdict.file} ${verdict.seq}번 기록이 손상되었습니다 (${verdict.reason})`,
        `record ${verdict.seq} of ${verdict.file} is damaged (${verdict.reason})`,
        '그 폴더를 그대로 보관하고 journal.folder를 새 폴더로 바꾼 뒤, 증권사 앱에서 주문과 잔고를 확인하세요',
        "keep that folder as it is, set journal.folder to a new one, and check orders and holdings in the broker's app",
      )
}
