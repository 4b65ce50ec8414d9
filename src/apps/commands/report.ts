import { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { type Io, refuse } from '../io.ts'
import { journalFiles, replayDay } from '../replay-day.ts'
import { dayResult, summary } from '../screen/summary.ts'

const WIDTH = 100

export const reportCommand = ({ io, finish }: CommandContext): Command =>
  new Command('report').description('보고서 · reports').addCommand(
    new Command('day')
      .description('기록에서 하루 요약을 만듭니다 · the day summary, made from the record')
      .argument('<journal>', '기록 폴더 또는 하루 파일 · folder of the record, or one day file')
      .option('--json', '결과를 JSON으로 · result as JSON')
      .addHelpText('after', '\n예 · example:\n  garam report day .garam/journal/2026-11-20.jsonl')
      .action(async (place: string, options: { readonly json?: true }) => {
        for (const file of await journalFiles(place)) await reportDay(file, options.json === true, io)
        finish(0)
      }),
  )

async function reportDay(file: string, json: boolean, io: Io): Promise<void> {
  const { result, view } = await replayDay(file, false)
  if (!result.ok) refuse(`${result.seq}번 기록: ${result.reason}`, `record ${result.seq}: ${result.reason}`)
  if (json) io.out(JSON.stringify(dayResult(view, file, undefined)))
  else for (const line of summary(view, { width: WIDTH, journal: file })) io.out(line)
}
