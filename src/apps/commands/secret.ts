import { Command } from 'commander'
import type { Vault } from '../../adapters/vault/vault.ts'
import type { CommandContext } from '../command-context.ts'
import { vaultOf } from '../config/secrets.ts'
import { type Io, refuse } from '../io.ts'
import { readSecret, type SecretInput } from '../read-secret.ts'
import { environmentVariable } from '../system.ts'

interface SecretOptions {
  readonly json?: true
}

export const secretCommand = (context: CommandContext, input: SecretInput = process.stdin): Command =>
  new Command('secret')
    .description(
      '증권사 키 같은 비밀을 봉인해 둡니다. 설정에는 secret:이름 으로 씁니다\nseals broker keys and the like; the config names them as secret:name',
    )
    .addCommand(setCommand(context, input))
    .addCommand(listCommand(context))
    .addCommand(removeCommand(context))

const NAME = ['<name>', '이름: kiwoom.appkey 처럼 · name, such as kiwoom.appkey'] as const
const JSON_OPTION = ['--json', '결과를 JSON으로 · result as JSON'] as const

const setCommand = ({ io, finish }: CommandContext, input: SecretInput): Command =>
  new Command('set')
    .description(
      '표준 입력으로 받은 값을 봉인합니다 (명령줄에는 쓰지 않습니다)\nseals a value from standard input, never from the command line',
    )
    .argument(...NAME)
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      '\n예 · examples:\n  garam secret set kiwoom.appkey\n  pass kiwoom | garam secret set kiwoom.appkey',
    )
    .action(async (name: string, options: SecretOptions) => {
      // A vault that does not open is said before anybody types a key.
      const vault = await opened()
      const value = await readSecret(input, io)
      if (value === '')
        refuse('빈 값입니다. 아무것도 바꾸지 않았습니다', 'the value is empty; nothing was changed')
      const done = await vault.set(name, value)
      if (!done.ok) refuse(done.error.ko, done.error.en)
      tell(
        io,
        options,
        { set: name },
        `봉인했습니다. 설정에는 secret:${name} 으로 쓰세요 · sealed; write secret:${name}`,
      )
      finish(0)
    })

const listCommand = ({ io, finish }: CommandContext): Command =>
  new Command('list')
    .description('이름만 보여 줍니다, 값은 보이지 않습니다 · shows the names, never a value')
    .option(...JSON_OPTION)
    .addHelpText('after', '\n예 · example:\n  garam secret list')
    .action(async (options: SecretOptions) => {
      const names = (await opened()).names()
      if (options.json) io.out(JSON.stringify(names))
      else if (names.length === 0) io.err('봉인한 비밀이 없습니다 · no secrets yet')
      else for (const name of names) io.out(name)
      finish(0)
    })

const removeCommand = ({ io, finish }: CommandContext): Command =>
  new Command('remove')
    .description('비밀을 지웁니다 · removes a secret')
    .argument(...NAME)
    .option(...JSON_OPTION)
    .addHelpText('after', '\n예 · example:\n  garam secret remove kiwoom.appkey')
    .action(async (name: string, options: SecretOptions) => {
      const done = await (await opened()).remove(name)
      if (!done.ok) refuse(done.error.ko, done.error.en)
      tell(io, options, { removed: name }, `${name} 을(를) 지웠습니다 · removed`)
      finish(0)
    })

async function opened(): Promise<Vault> {
  const vault = await vaultOf(environmentVariable)
  return vault.ok ? vault.value : refuse(vault.error.ko, vault.error.en)
}

const tell = (io: Io, { json }: SecretOptions, result: object, line: string): void =>
  json ? io.out(JSON.stringify(result)) : io.out(line)
