import { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { dataCheckCommand } from './data-check.ts'
import { dataExportCommand } from './data-export.ts'
import { dataImportCommand } from './data-import.ts'
import { dataListCommand } from './data-list.ts'
import { dataSplitsCommand } from './data-splits.ts'

export const dataCommand = (context: CommandContext): Command =>
  new Command('data')
    .description(
      '과거 데이터 카탈로그: 가져오기, 목록, 검사, 내보내기, 분할 찾기\ncatalog of historical data: import, list, check, export, splits',
    )
    .addCommand(dataImportCommand(context))
    .addCommand(dataListCommand(context))
    .addCommand(dataCheckCommand(context))
    .addCommand(dataExportCommand(context))
    .addCommand(dataSplitsCommand(context))
