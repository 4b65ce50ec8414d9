import { writeFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { configJsonSchema } from '../config/schema.ts'
import { configTemplate, type TemplateEnvironment } from '../config/template.ts'
import { refuse } from '../io.ts'

interface InitOptions {
  readonly environment: TemplateEnvironment
  readonly out: string
  readonly force?: true
  readonly schema?: true
  readonly json?: true
}

export const initCommand = ({ io, finish }: CommandContext): Command =>
  new Command('init')
    .description(
      '주석이 달린 기본 설정 garam.yaml을 만듭니다 (대화형 마법사는 아직 없습니다)\nwrites garam.yaml with commented defaults (the wizard is not there yet)',
    )
    .addOption(
      new Option('-e, --environment <name>', '접속 환경 · environment')
        .choices(['paper', 'simulated'])
        .default('paper'),
    )
    .option('-o, --out <file>', '만들 파일 · file to write', 'garam.yaml')
    .option('--force', '있는 파일을 덮어씁니다 · overwrite an existing file')
    .option('--schema', '설정 대신 JSON Schema를 출력 · print the JSON Schema instead')
    .option('--json', '결과를 JSON으로 · result as JSON')
    .addHelpText('after', '\n예 · example:\n  garam init --environment paper && garam doctor')
    .action(async (options: InitOptions) => {
      if (options.schema) io.out(JSON.stringify(configJsonSchema(), undefined, 2))
      else await write(options)
      if (options.json && !options.schema)
        io.out(JSON.stringify({ written: options.out, environment: options.environment }))
      else if (!options.schema) tellNext(options, io.out)
      finish(0)
    })

async function write(options: InitOptions): Promise<void> {
  const text = configTemplate(options.environment)
  // `wx` fails on an existing file in the same step as it writes: nothing can slip in between.
  await writeFile(options.out, text, { flag: options.force ? 'w' : 'wx' }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      refuse(
        `${options.out} 이(가) 이미 있습니다: --out 으로 다른 이름을 주거나 --force 로 덮어쓰세요`,
        `${options.out} exists: choose another --out, or overwrite it with --force`,
      )
    refuse(
      `${options.out} 을(를) 쓸 수 없습니다: ${String(error)}`,
      `cannot write ${options.out}: check the folder and its permissions`,
    )
  })
}

function tellNext(options: InitOptions, out: (line: string) => void): void {
  const [key, secret] =
    options.environment === 'paper'
      ? ['KIWOOM_APPKEY', 'KIWOOM_SECRETKEY']
      : ['GARAM_APPKEY', 'GARAM_SECRETKEY']
  out(`${options.out} 을(를) 만들었습니다 · written`)
  out('다음 · next:')
  out(`  export ${key}=…  ${secret}=…   # 키 · keys`)
  if (options.environment === 'simulated') out('  garam simulate kiwoom --port 9443')
  out(`  garam doctor --config ${options.out}`)
  out(`  garam run --config ${options.out}`)
}
