import type { InstrumentId } from '../../model/ids.ts'
import type { Route } from '../../model/instrument.ts'
import type { VenueError } from '../../model/venue-error.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { boardCode } from './codec/values.ts'
import type { Family } from './requests.ts'
import type { JsonObject } from './wire.ts'

export interface Registrar {
  /** The account and market streams, which every line needs. */
  registerStreams(): Promise<Result<void, VenueError>>
  /** Brings the server's registrations to exactly these, as far as it lets us. Runs one at a time. */
  aim(target: ReadonlyMap<InstrumentId, Route>): Promise<void>
  /** The line is gone and its registrations with it. */
  forget(): void
  /** Whose prices of each instrument are registered. */
  readonly registered: ReadonlyMap<InstrumentId, Route>
}

/** `full`: the line takes no more; `stop`: no answer, or the line is gone. */
type Outcome = 'done' | 'full' | 'stop'

const STREAMS = '1'
const INSTRUMENTS = '2'
const INSTRUMENT_TYPES = ['0B', '0D']

/**
 * REG and REMOVE, one board an instrument: when another one is wanted, the old goes first. The server takes a request whole or not at all, so a refused batch is halved until the refused
 * instrument stands alone.
 * Source: Kiwoom REST API guide, 실시간 등록; wire reference §14.3. Items on a line: 3 of the streams, then one for each
 * instrument.
 */
export function createRegistrar(options: {
  readonly ask: (family: Family, frame: JsonObject) => Promise<Result<JsonObject, VenueError>>
  readonly onRegistered: (instruments: readonly InstrumentId[]) => void
  /** Refused alone. True: that was the limit of the line, the aim has changed and the rest of the batch is not tried. */
  readonly onRefused: (instrument: InstrumentId, error: VenueError) => boolean
  /** No usable answer: try again later. */
  readonly onTrouble: (error: VenueError) => void
}): Registrar {
  const registered = new Map<InstrumentId, Route>()
  let target: ReadonlyMap<InstrumentId, Route> = new Map()
  let running: Promise<void> | undefined
  /** Grows when the line is lost: an answer of the old line counts no more. */
  let line = 0

  const register = async (instruments: readonly InstrumentId[]): Promise<Outcome> => {
    const mine = line
    const boards = instruments.map((instrument) => target.get(instrument) ?? 'KRX')
    const codes = instruments.map((instrument, i) => boardCode(instrument, boards[i] ?? 'KRX'))
    const reply = await options.ask('registration', regFrame(codes))
    if (mine !== line) return 'stop'
    if (reply.ok) {
      for (const [i, instrument] of instruments.entries()) registered.set(instrument, boards[i] ?? 'KRX')
      options.onRegistered(instruments)
      return 'done'
    }
    if (reply.error.kind !== 'rejected') {
      options.onTrouble(reply.error)
      return 'stop'
    }
    if (instruments.length === 1)
      return options.onRefused(instruments[0] as InstrumentId, reply.error) ? 'full' : 'done'
    const half = Math.ceil(instruments.length / 2)
    const first = await register(instruments.slice(0, half))
    return first === 'done' ? register(instruments.slice(half)) : first
  }

  const remove = async (instruments: readonly InstrumentId[]): Promise<Outcome> => {
    const mine = line
    const codes = instruments.map((instrument) => boardCode(instrument, registered.get(instrument) ?? 'KRX'))
    const reply = await options.ask('registration', removeFrame(codes))
    if (mine !== line) return 'stop'
    if (!reply.ok && reply.error.kind !== 'rejected') {
      options.onTrouble(reply.error)
      return 'stop'
    }
    // A refused removal means that they were not there.
    for (const instrument of instruments) registered.delete(instrument)
    return 'done'
  }

  /** The difference is taken anew after each request: the aim may have moved under way. */
  const run = async () => {
    const refused = new Set<InstrumentId>()
    for (let outcome: Outcome = 'done'; outcome !== 'stop'; ) {
      const gone = [...registered.keys()].filter((each) => target.get(each) !== registered.get(each))
      const missing = [...target.keys()].filter(
        (instrument) => !registered.has(instrument) && !refused.has(instrument),
      )
      if (gone.length > 0) outcome = await remove(gone)
      else if (missing.length > 0) {
        outcome = await register(missing)
        if (outcome === 'done')
          for (const instrument of missing) if (!registered.has(instrument)) refused.add(instrument)
      } else return
    }
  }

  return {
    registerStreams: async () => {
      const reply = await options.ask('registration', STREAMS_FRAME)
      return reply.ok ? ok(undefined) : err(reply.error)
    },
    aim: (wanted) => {
      target = wanted
      running ??= run().finally(() => {
        running = undefined
      })
      return running
    },
    forget: () => {
      line++
      registered.clear()
    },
    registered,
  }
}

/** Own orders, session marks, VI notices and the two indexes. */
const STREAMS_FRAME: JsonObject = {
  trnm: 'REG',
  grp_no: STREAMS,
  refresh: '1',
  data: [
    { item: [''], type: ['00', '0s', '1h'] },
    { item: ['001', '101'], type: ['0J'] },
  ],
}

const regFrame = (codes: readonly string[]): JsonObject => ({
  trnm: 'REG',
  grp_no: INSTRUMENTS,
  refresh: '1',
  data: [{ item: codes, type: INSTRUMENT_TYPES }],
})

const removeFrame = (codes: readonly string[]): JsonObject => ({
  trnm: 'REMOVE',
  grp_no: INSTRUMENTS,
  data: [{ item: codes, type: INSTRUMENT_TYPES }],
})
