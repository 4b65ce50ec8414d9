// Prints `N passed, N failed` from vitest's JSON report; exits 1 when a test failed, was skipped or none was run.
import { readFileSync } from 'node:fs'

const report = read(process.argv[2])
const passed = report?.numPassedTests ?? 0
const brokenFiles = (report?.testResults ?? []).filter(
  (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
)
const failed = report ? report.numFailedTests + brokenFiles.length : 1
const skipped = (report?.testResults ?? []).flatMap((file) =>
  file.assertionResults.filter((test) => !['passed', 'failed'].includes(test.status)),
)

if (!report) console.error('there is no test report')
for (const file of brokenFiles) console.error(`broken test file: ${file.name}`)
for (const test of skipped) console.error(`skipped: ${test.fullName}`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = passed > 0 && failed === 0 && skipped.length === 0 && report?.success ? 0 : 1

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
