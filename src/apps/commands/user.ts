import { Command, Option } from 'commander'
import { ROLES, type Role } from '../../web/contract/access.ts'
import type { SecurityState } from '../../web/server/security/state.ts'
import {
  addUser,
  type LinkMade,
  listUsers,
  resetUser,
  type UserRow,
} from '../../web/server/security/user-admin.ts'
import type { CommandContext } from '../command-context.ts'
import { type Io, refuse } from '../io.ts'
import { secretBytes, wallClock } from '../system.ts'
import { openWebState, WEB_STATE } from '../web-state.ts'

interface PlaceOptions {
  readonly state: string
  readonly json?: true
}

interface LinkOptions extends PlaceOptions {
  readonly url: string
}

export const userCommand = (context: CommandContext): Command =>
  new Command('user')
    .description(
      '화면에 로그인하는 사람: 목록, 추가, 비밀번호 다시 정하기\nwho may sign in on the screen: list, add, choose a new password',
    )
    .addCommand(listCommand(context))
    .addCommand(addCommand(context))
    .addCommand(resetCommand(context))

const STATE_OPTION = ['--state <folder>', '사용자 폴더 · folder of the users', WEB_STATE] as const
const URL_OPTION = [
  '--url <address>',
  '화면의 주소 · address of the screen',
  'http://localhost:8787',
] as const
const JSON_OPTION = ['--json', '결과를 JSON으로 · result as JSON'] as const

const listCommand = ({ io, finish }: CommandContext): Command =>
  new Command('list')
    .description('사용자와 권한 · users and what they may do')
    .option(...STATE_OPTION)
    .option(...JSON_OPTION)
    .addHelpText('after', '\n예 · example:\n  garam user list')
    .action(async (options: PlaceOptions) => {
      const users = await withState(options.state, async (state) => listUsers(state))
      if (options.json) io.out(JSON.stringify(users))
      else if (users.length === 0)
        io.err(
          '아직 아무도 없습니다: 가람을 시작하면 첫 소유자의 링크가 나옵니다 · nobody yet: Garam prints the link of the first owner',
        )
      else for (const user of users) io.out(rowText(user))
      finish(0)
    })

const rowText = ({ name, role, disabled, active, secondFactor }: UserRow): string =>
  [
    name.padEnd(20),
    role.padEnd(7),
    disabled ? '사용 중지 · disabled' : active ? '' : '초대함 · invited',
    secondFactor ? '2단계 인증 · second factor' : '',
  ]
    .join(' ')
    .trimEnd()

const addCommand = ({ io, finish }: CommandContext): Command =>
  new Command('add')
    .description(
      '사람을 초대합니다. 나온 링크에서 비밀번호를 정합니다 · invites somebody, who chooses a password at the link',
    )
    .argument('<name>', '이름 · name')
    .addOption(new Option('--role <role>', '권한 · role').choices([...ROLES]).default('viewer'))
    .option(...STATE_OPTION)
    .option(...URL_OPTION)
    .option(...JSON_OPTION)
    .addHelpText('after', '\n예 · example:\n  garam user add minsu --role trader')
    .action(async (name: string, options: LinkOptions & { readonly role: Role }) => {
      const made = await withState(options.state, (state) =>
        addUser({ state, clock: wallClock, secretBytes }, name, options.role),
      )
      tellLink(io, options, made)
      finish(0)
    })

const resetCommand = ({ io, finish }: CommandContext): Command =>
  new Command('reset')
    .description(
      '들어갈 수 없게 된 사람에게 새 비밀번호 링크를 줍니다. 로그인한 기기와 토큰은 모두 끊습니다\na link to choose a new password; every device and token of theirs is signed out',
    )
    .argument('<name>', '이름 · name')
    .option('--second-factor', '2단계 인증도 지웁니다 (휴대폰을 잃었을 때) · removes the second factors too')
    .option(...STATE_OPTION)
    .option(...URL_OPTION)
    .option(...JSON_OPTION)
    .addHelpText('after', '\n예 · example:\n  garam user reset minsu --second-factor')
    .action(async (name: string, options: LinkOptions & { readonly secondFactor?: true }) => {
      const made = await withState(options.state, (state) =>
        resetUser({ state, clock: wallClock, secretBytes }, name, options.secondFactor === true),
      )
      tellLink(io, options, made)
      finish(0)
    })

async function withState<T>(folder: string, use: (state: SecurityState) => Promise<T>): Promise<T> {
  const opened = await openWebState(folder)
  if (!opened.ok) return refuse(opened.error.ko, opened.error.en)
  try {
    return await use(opened.value)
  } finally {
    await opened.value.close()
  }
}

function tellLink(io: Io, options: LinkOptions, made: LinkMade): void {
  if (!made.ok) return refuse(made.error.ko, made.error.en)
  const link = `${options.url.replace(/\/$/, '')}${made.value.path}`
  const until = new Date(made.value.until).toISOString()
  if (options.json) io.out(JSON.stringify({ link, until }))
  else {
    io.err(`한 번만 열립니다, ${until} 까지 · opens once, until then:`)
    io.out(link)
  }
}
