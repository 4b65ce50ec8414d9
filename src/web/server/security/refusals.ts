import type { Sentence } from '../../../model/sentence.ts'
import { Trouble } from '../trouble.ts'

/** Every no of the guard: status, the kind a program knows it by, and the sentence for people. */
export const REFUSALS = {
  'address-not-allowed': [
    403,
    '이 네트워크 주소에서는 들어올 수 없습니다',
    'This network address may not come in',
  ],
  'host-not-expected': [
    403,
    '이 이름으로는 들어올 수 없습니다. 가람이 알려 준 주소로 여세요',
    'Garam is not called by this name; open the address it prints',
  ],
  'odd-path': [400, '이런 주소는 없습니다', 'There is no such address'],
  'too-large': [413, '요청이 너무 큽니다', 'The request is too large'],
  'other-origin': [
    403,
    '다른 사이트에서 온 요청이라 받지 않았습니다',
    'The request came from another site and was refused',
  ],
  'csrf-token-needed': [
    403,
    '요청에 이 로그인의 확인값이 없습니다. 화면을 새로 고치세요',
    'The request lacks the token of this session; reload the page',
  ],
  'sign-in-needed': [401, '로그인이 필요합니다', 'Sign in first'],
  'bad-token': [
    401,
    '토큰이 틀렸거나 만료되었거나 취소되었습니다',
    'The token is wrong, has expired or was revoked',
  ],
  'wrong-sign-in': [401, '이름이나 비밀번호가 맞지 않습니다', 'The name or the password is wrong'],
  'wrong-code': [
    401,
    '코드가 맞지 않거나 이미 쓰였습니다. 다음 코드를 입력하세요',
    'The code is wrong or was used already; enter the next one',
  ],
  'wrong-password': [403, '비밀번호가 맞지 않습니다', 'The password is wrong'],
  'password-needed': [403, '비밀번호를 한 번 더 입력하세요', 'Enter the password once more'],
  'wrong-passkey': [
    401,
    '패스키를 확인하지 못했습니다. 다시 해 보세요',
    'The passkey could not be verified; try again',
  ],
  'passkey-needs-name': [
    409,
    '패스키는 숫자 주소에서 쓸 수 없습니다. http://localhost 나 도메인 이름으로 여세요',
    'Passkeys do not work on a numeric address; open http://localhost or a domain name',
  ],
  'bad-link': [
    401,
    '이 링크는 틀렸거나 이미 쓰였거나 기한이 지났습니다. 터미널에서 새 링크를 받으세요',
    'This link is wrong, was used or has expired; get a new one in the terminal',
  ],
  'not-allowed': [403, '이 계정이나 토큰의 권한 밖입니다', 'This account or token may not do that'],
  'session-needed': [
    403,
    '토큰으로는 할 수 없습니다. 화면에 로그인해서 하세요',
    'A token cannot do this; sign in on the screen',
  ],
  'second-factor-needed': [
    403,
    '2단계 인증을 한 번 더 해 주세요 (10분 동안 유효)',
    'Give the second factor once more (good for 10 minutes)',
  ],
  'second-factor-missing': [
    403,
    '먼저 2단계 인증을 등록하세요: 내 계정 → 보안에서 인증 앱이나 패스키를 추가합니다',
    'Add a second factor first: My account → Security, an authenticator app or a passkey',
  ],
  'too-many-attempts': [
    429,
    '여러 번 틀려서 잠시 막았습니다. 나중에 다시 하세요',
    'Too many wrong attempts; try again later',
  ],
  'too-many-requests': [
    429,
    '요청이 너무 잦습니다. 잠시 뒤에 다시 하세요',
    'Too many requests; wait a moment',
  ],
  busy: [
    429,
    '로그인 요청이 몰려 있습니다. 잠시 뒤에 다시 하세요',
    'Too many people sign in at this moment; try again shortly',
  ],
  'last-owner': [409, '마지막 소유자는 없앨 수 없습니다', 'The last owner cannot go'],
  'last-factor': [
    409,
    '밖에서 접속할 수 있는 동안 소유자의 마지막 2단계 인증은 없앨 수 없습니다',
    'While other machines can reach this server, the last second factor of its owner stays',
  ],
  'name-taken': [409, '이미 있는 이름입니다', 'There is a user of that name'],
  'name-needed': [400, '쓸 이름을 정하세요', 'Choose a name'],
  'not-found': [404, '없습니다', 'There is no such thing'],
  'idempotency-key-needed': [
    400,
    'idempotency-key 머리글이 필요합니다 (글자·숫자·-·_ 8~64자)',
    'The header idempotency-key is needed (8 to 64 letters, digits, - and _)',
  ],
  'idempotency-key-used': [
    422,
    '같은 idempotency-key로 다른 요청이 이미 있었습니다',
    'Another request came with this idempotency-key before',
  ],
  'outcome-unknown': [
    409,
    '이 요청은 처리하다 끊겨 결과를 모릅니다. 주문과 잔고를 확인한 뒤 새로 하세요',
    'This request was cut off and its outcome is unknown; look at orders and positions before a new one',
  ],
  'answer-not-kept': [
    503,
    '디스크에 기록할 수 없어 실행하지 않았습니다',
    'The disk does not take the record, so nothing was done',
  ],
} as const satisfies Record<string, readonly [status: number, ko: string, en: string]>

export type RefusalKind = keyof typeof REFUSALS

export function refusal(kind: RefusalKind): Trouble {
  const [status, ko, en] = REFUSALS[kind]
  return new Trouble(status, kind, { ko, en })
}

/** The password itself is never part of the sentence. */
export const weakPassword = (said: Sentence): Trouble => new Trouble(400, 'weak-password', said)
