import { z } from 'zod'
import type { Hosts } from '../../adapters/kiwoom/environment.ts'
import type { Bar } from '../../model/bar.ts'
import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import type { InstrumentFacts } from '../../model/instrument-view.ts'
import type { Interval } from '../../model/interval.ts'
import type { ManualOrder } from '../../model/operator.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { TradingSettings } from '../../model/settings.ts'
import type { Question, Topic } from '../../ports/bus.ts'
import type { Environment } from '../../ports/execution-client.ts'
import type { Notice } from '../../ports/notifier.ts'
import type { Result } from '../../std/result.ts'
import type { Preview } from '../../trading/engine/manual-order.ts'
import type { TraderView } from '../../trading/engine/view.ts'
import { MOST_FOLLOWED, type Tick } from '../following.ts'
import type { TimePlan } from '../market-clock.ts'
import type { Command, Health, Proof } from '../trader.ts'

/** The processes of a split system, in the order in which they end. */
export const ROLES = ['trader', 'orders', 'query', 'analyzer', 'collector'] as const
export type Role = (typeof ROLES)[number]
export const isRole = (word: unknown): word is Role => ROLES.some((role) => role === word)

/** What a process is told when it begins. */
export interface ProcessSetup {
  readonly environment: Environment
  readonly hosts: Hosts
  readonly time: TimePlan
  /** For the trader alone: it owns the token and the record. The others have neither keys nor settings. */
  readonly trader?: {
    readonly appKey: string
    readonly secretKey: string
    readonly settings: TradingSettings
    readonly journalFolder: string
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

/** Data of our own making between two processes of one version: that it is an object is what can go wrong. */
const whole = <T>() => z.custom<T>(isObject)

const reader =
  <T>(schema: z.ZodType<T>) =>
  (body: unknown): T | undefined => {
    const parsed = schema.safeParse(body)
    return parsed.success ? parsed.data : undefined
  }

const done = z.literal(true)

export const setupQuestion: Question<Role, ProcessSetup> = {
  name: 'setup',
  readQuestion: (body) => (isRole(body) ? body : undefined),
  readAnswer: reader(whole<ProcessSetup>()),
}

/** Asked of each process by its own name. */
export const stopQuestion = (role: Role): Question<null, true> => ({
  name: `stop ${role}`,
  readQuestion: reader(z.null()),
  readAnswer: reader(done),
})

/** How the trader's start went. `again`: it will try once more when it is started again. */
export const startedTopic: Topic<
  { readonly ok: true } | { readonly ok: false; readonly text: string; readonly again: boolean }
> = {
  name: 'started',
  read: reader(
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true) }),
      z.object({ ok: z.literal(false), text: z.string(), again: z.boolean() }),
    ]),
  ),
}

export interface Shown {
  readonly view: TraderView
  readonly health: Health
  /** The first time, and whenever they have changed. */
  readonly settings?: TradingSettings
}

/** The desk as it is now; only the newest counts, of the settings the newest that were told. */
export const shownTopic: Topic<Shown> = {
  name: 'shown',
  read: reader(
    z.object({
      view: whole<TraderView>(),
      health: whole<Health>(),
      settings: whole<TradingSettings>().exactOptional(),
    }),
  ),
  conflate: (earlier, later) => (earlier.settings ? { settings: earlier.settings, ...later } : later),
}

/** The complete list of what a person follows. */
export const followedTopic: Topic<readonly InstrumentId[]> = {
  name: 'followed',
  read: reader(z.array(z.string().transform(instrumentId)).max(MOST_FOLLOWED)),
}

interface FollowedTicks {
  readonly instrument: InstrumentId
  readonly ticks: readonly Tick[]
}

/** For the eye: whoever is slow misses some. */
export const followedTicksTopic: Topic<FollowedTicks> = {
  name: 'followed ticks',
  read: reader(whole<FollowedTicks>()),
  conflate: (_, later) => later,
}

/** What can be asked of a trader in words: the error is for people. */
const said = <T>() => whole<Result<T, Sentence>>()

export const previewQuestion: Question<ManualOrder, Result<Preview, Sentence>> = {
  name: 'preview',
  readQuestion: reader(whole<ManualOrder>()),
  readAnswer: reader(said<Preview>()),
}

export const instrumentQuestion: Question<InstrumentId, Result<InstrumentFacts | undefined, Sentence>> = {
  name: 'instrument',
  readQuestion: reader(z.string().transform(instrumentId)),
  readAnswer: reader(said<InstrumentFacts | undefined>()),
}

interface BarsAsked {
  readonly instrument: InstrumentId
  readonly interval: Interval
}

export const barsQuestion: Question<BarsAsked, Result<readonly Bar[], Sentence>> = {
  name: 'bars',
  readQuestion: reader(whole<BarsAsked>()),
  readAnswer: reader(said<readonly Bar[]>()),
}

export const noticeTopic: Topic<Notice> = {
  name: 'notice',
  read: reader(
    z.object({ level: z.enum(['info', 'warning', 'urgent']), at: z.int(), ko: z.string(), en: z.string() }),
  ),
}

interface Given {
  readonly command: Command
  /** Who gave it. */
  readonly by: string
}

export const commandQuestion: Question<Given, Result<void, Sentence>> = {
  name: 'command',
  readQuestion: reader(z.object({ command: whole<Command>(), by: z.string() })),
  readAnswer: reader(said<void>()),
}

/** The answer is what is wrong with the settings; empty when they were taken. */
export const settingsQuestion: Question<TradingSettings, string> = {
  name: 'settings',
  readQuestion: reader(whole<TradingSettings>()),
  readAnswer: reader(z.string()),
}

export const proofQuestion: Question<null, Proof> = {
  name: 'proof',
  readQuestion: reader(z.null()),
  readAnswer: reader(whole<Proof>()),
}
