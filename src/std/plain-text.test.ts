import { expect, it } from 'vitest'
import { plainText } from './plain-text.ts'

it.each([
  [' 삼성전자우\t', '삼성전자우'],
  ['a\u0000b\u001B[2Jc\u009Bd\n', 'a b [2Jc d'],
  ['\u202Eexe.량급증\u202C', 'exe.량급증'],
  ['\u2066a\u2069 \u200Eb\u061C', 'a b'],
  ['<b>"é" 😀</b>', '<b>"é" 😀</b>'],
])('the plain text of %j is %j', (text, plain) => expect(plainText(text)).toBe(plain))
