/**
 * Who may import whom (style guide, section 2). A new arrow is one line here, added on purpose.
 * A name is a folder of `src/`; `trading/*` means each folder in it. A folder always knows itself.
 */
export interface Row {
  readonly folder: string
  readonly may: readonly string[]
  /** Packages from outside; `node:*` is everything that Node brings. */
  readonly packages: readonly string[]
}

const HASHING = ['node:crypto']
const NODE = ['node:*']
const WEB = [
  'fastify-type-provider-zod',
  'zod',
  'ws',
  'prom-client',
  '@node-rs/argon2',
  'otpauth',
  'qrcode',
  '@simplewebauthn/server',
  'web-push',
]
const SCREEN = [
  'react',
  'react-dom',
  'wouter',
  'zustand',
  '@tanstack/react-query',
  'lightweight-charts',
  '@simplewebauthn/browser',
]
const LAB = ['std', 'model', 'ports', 'matching', 'trading/*']

/** The first row that fits counts. */
export const IMPORT_TABLE: readonly Row[] = [
  { folder: 'std', may: [], packages: ['pure-rand', ...HASHING] },
  { folder: 'model', may: ['std'], packages: HASHING },
  { folder: 'matching', may: ['std', 'model'], packages: HASHING },
  { folder: 'ports', may: ['std', 'model'], packages: [] },

  { folder: 'trading/engine', may: ['std', 'model', 'ports', 'trading/*'], packages: HASHING },
  { folder: 'trading/universe', may: ['std', 'model', 'trading/indicators'], packages: HASHING },
  { folder: 'trading/strategies', may: ['std', 'model', 'trading/indicators'], packages: HASHING },
  { folder: 'trading/*', may: ['std', 'model'], packages: HASHING },

  { folder: 'adapters/network', may: ['std', 'model', 'ports'], packages: [...NODE, 'ws'] },
  {
    folder: 'adapters/catalog',
    may: ['std', 'model', 'ports'],
    packages: [...NODE, 'zod', '@duckdb/node-api'],
  },
  { folder: 'adapters/jobs', may: ['std', 'model'], packages: [...NODE, 'zod', 'bullmq', 'ioredis'] },
  { folder: 'adapters/paper', may: ['std', 'model', 'ports', 'matching'], packages: NODE },
  { folder: 'adapters/*', may: ['std', 'model', 'ports'], packages: [...NODE, 'zod'] },

  // Never an adapter: twins meet only on the wire, or they share their mistakes.
  {
    folder: 'simulators/*',
    may: ['std', 'model', 'matching'],
    packages: [...NODE, 'fastify', '@fastify/websocket', 'ws', 'zod'],
  },

  // Offline work: optimise, ml -> backtest -> analytics <- reports.
  { folder: 'lab/analytics', may: [...LAB], packages: HASHING },
  { folder: 'lab/backtest', may: [...LAB, 'lab/analytics'], packages: HASHING },
  { folder: 'lab/reports', may: [...LAB, 'lab/analytics'], packages: [...HASHING, 'pdfmake'] },
  { folder: 'lab/optimise', may: [...LAB, 'lab/backtest', 'lab/analytics'], packages: HASHING },
  { folder: 'lab/ml', may: [...LAB, 'lab/backtest', 'lab/analytics'], packages: HASHING },

  { folder: 'web/contract', may: ['std', 'model'], packages: ['zod'] },
  {
    folder: 'web/server',
    may: ['std', 'model', 'ports', 'trading/*', 'lab/*', 'web/contract'],
    packages: [...NODE, 'fastify', '@fastify/*', ...WEB],
  },
  // Built by itself, for a browser: it knows the messages and nothing else of ours.
  { folder: 'web/dashboard', may: ['web/contract'], packages: SCREEN },

  // What other people's programs import; inside the house nobody does.
  {
    folder: 'face',
    may: ['std', 'model', 'matching', 'trading/indicators', 'trading/strategies', 'lab/analytics'],
    packages: [],
  },

  { folder: 'apps', may: ['*'], packages: ['*'] },
]

/** Nobody imports these from another folder. */
export const IMPORTED_BY_NOBODY: readonly string[] = ['apps', 'face']

/** What a test may import besides what its folder may. */
export const TEST_PACKAGES: readonly string[] = [
  ...NODE,
  'vitest',
  'fast-check',
  '@fast-check/vitest',
  'decimal.js',
  '@seriousme/openapi-schema-validator',
]
