import { fileURLToPath } from 'node:url'

/** The arguments after `node` that start another file of the tests: a compiled copy starts without a loader. */
export const programArguments = (file: string, from: string): readonly string[] => {
  const path = fileURLToPath(new URL(file, from))
  return from.endsWith('.ts') ? ['--import', 'tsx', path] : [path.replace(/\.ts$/, '.js')]
}
