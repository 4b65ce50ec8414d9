import { runSeed } from './run-seeds.ts'

/** A process of its own that plays the seeds it is told, one at a time. */
process.on('message', ({ seed, shrinks }: { readonly seed: number; readonly shrinks: boolean }) => {
  runSeed(seed, { shrinks }).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit(0))
