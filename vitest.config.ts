import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // `npm run soak -- series` asks for more random series than a test run plays.
    setupFiles: process.env.GARAM_SERIES === undefined ? [] : ['tests/soak/series-setup.ts'],
    globalSetup: ['tests/services.ts'],
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    // Processes, not threads: some tests start children, hold locks by process number and send signals.
    pool: 'forks',
    // Journeys open sockets and wait for the disk; more of them at once than cores only makes each one slower.
    maxWorkers: 2,
    // Tests marked concurrent start processes of their own: two at a time is what two cores take.
    maxConcurrency: 2,
    // Against hanging, not a measure of speed: some tests start processes, and a machine may be slow.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    slowTestThreshold: 2_000,
    // A focused test would leave the others out unnoticed, and one without an expectation proves nothing.
    allowOnly: false,
    expect: { requireAssertions: true },
  },
})
