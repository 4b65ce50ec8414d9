import { readFile } from 'node:fs/promises'
import { Refusal } from '../io.ts'
import { findingText } from './finding.ts'
import { type Config, parseConfig } from './parse.ts'

/** Reads and checks `garam.yaml`. Refuses with every finding of the file, or with how to make one. */
export async function loadConfig(path: string): Promise<Config> {
  const parsed = parseConfig(await textOf(path))
  if (parsed.ok) return parsed.value
  throw new Refusal(parsed.error.map((finding) => findingText(path, finding)).join('\n'))
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Refusal(
      `설정 파일을 읽을 수 없습니다: ${path} (${reason})\n  garam init 으로 새로 만들 수 있습니다 · garam init writes a new one`,
    )
  }
}
