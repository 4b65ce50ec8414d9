#!/usr/bin/env node
import { existsSync } from 'node:fs'

const program = new URL('../dist/apps/garam.js', import.meta.url)

if (existsSync(program)) await import(program.href)
else {
  console.error('가람이 아직 빌드되지 않았습니다: npm run build 를 먼저 실행하세요.')
  console.error('Garam is not built yet: run npm run build first.')
  process.exitCode = 1
}
