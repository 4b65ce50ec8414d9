import { krw } from '../model/money.ts'
import type { TradingSettings } from '../model/settings.ts'
import { invariant } from '../std/invariant.ts'
import { demoConfig } from './config/demo-config.ts'
import { parseConfig } from './config/parse.ts'

/** The key pair of the simulated account. It opens nothing but a simulator on this machine. */
export const DEMO_KEY = { appKey: 'demo-app-key', secretKey: 'demo-secret-key' } as const

/** The cash of the simulated account. */
export const DEMO_CASH = krw(50_000_000)

const NOWHERE = { rest: 'http://127.0.0.1:9', socket: 'ws://127.0.0.1:9' }

let parsed: TradingSettings | undefined

/** What the file of a demo says before anybody edits it. */
export function demoSettings(): TradingSettings {
  if (parsed) return parsed
  const config = parseConfig(demoConfig(NOWHERE, '.'))
  invariant(config.ok, 'the settings of the demo are right')
  parsed = config.value.settings
  return parsed
}
