import { crashed, runCommandLine } from './command-line.ts'
import { processIo } from './io.ts'

/** The command `garam`: everything else is in `commands/`, one file each. */
const words = process.argv.slice(2)

// A reader that went away (`garam … | head`) is no bug.
process.stdout.on('error', () => process.exit(0))

process.on('uncaughtException', (error) => {
  process.exit(crashed(error, words, processIo))
})

const code = await runCommandLine(words, processIo)

/** Where a pipe is asynchronous, what was written last is still on its way. */
const written = (stream: NodeJS.WriteStream) => new Promise((resolve) => stream.write('', resolve))
await Promise.all([written(process.stdout), written(process.stderr)])

// After trouble a line or a timer may be left over; it must not keep a finished command alive.
process.exit(code)
