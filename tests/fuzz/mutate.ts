import type { Random } from '../../src/std/random.ts'

/** A good input, with the places where its values stand, so that a mutation costs no parsing. */
export interface Sample {
  readonly text: string
  readonly tokens: readonly Token[]
}

/** A text in quotes or a bare number. A YAML scalar is a token too. */
interface Token {
  readonly from: number
  readonly to: number
  readonly quoted: boolean
}

const JSON_TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?/g
const YAML_TOKEN = /"[^"\n]*"|[A-Za-z_][\w+-]*|-?\d[\d.:]*/g

export const jsonSample = (text: string): Sample => sampleOf(text, JSON_TOKEN)
export const yamlSample = (text: string): Sample => sampleOf(text, YAML_TOKEN)

const sampleOf = (text: string, pattern: RegExp): Sample => ({
  text,
  tokens: [...text.matchAll(pattern)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    quoted: match[0].startsWith('"'),
  })),
})

/** No input is longer, in UTF-16 units: what takes long then is our fault and not the input's. */
const MOST_UNITS = 64 * 1024

/** What numbers, times and codes are not, and what they almost are. */
const EXTREMES: readonly string[] = [
  '',
  ' ',
  '0',
  '-0',
  ' 0',
  '+',
  '--1',
  '+-1',
  '- 1',
  '1-',
  '1,000',
  '0x10',
  '1e3',
  '1e999',
  '-1e999',
  'NaN',
  'Infinity',
  'null',
  'true',
  '0.5',
  '71500.00',
  '71500.001',
  '-71500',
  '000000071500',
  '2147483648',
  '4294967296',
  '99999999999',
  '999999999999999',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '18446744073709551616',
  '1'.repeat(400),
  '235959',
  '240000',
  '246060',
  '888888',
  '20261120',
  '99999999',
  '005930',
  'A005930',
  '005930_NX',
  '005930_AL',
  '0059300',
  '00593',
  'KRX:005930',
  '０１２３',
  '٣',
  '가',
  '매수',
  '매도정정취소',
  '체결',
  '거부',
  '\u0000',
  '\ufeff1',
  '\ud800',
  '😀',
  'N',
  'Y',
  '1',
  '2',
  '00',
  '0B',
  '0D',
  '02',
  'REAL',
  'R10001',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  '../../etc/passwd',
  '[8005:Token]',
]

/** Where a text or a number belongs. */
const OTHER_TYPES: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-1',
  '1.5',
  '1e999',
  '-1e999',
  '1e-7',
  '9007199254740993',
  '[]',
  '{}',
  '[1]',
  '["1"]',
  '{"toString":1}',
  '{"toString":null,"valueOf":null}',
  '{"__proto__":{"a":1}}',
  '{"length":1}',
  '[[],[]]',
  'NaN',
  '',
]

const NOISE = [
  '\u0000',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\n',
  '-',
  '+',
  ' ',
  '9',
  '한',
  '\ud800',
  '\udcff',
]
const DEEPEST = 4_000

/** One, two or three changes of a good input. The same draws give the same input. */
export function mutate(random: Random, corpus: readonly Sample[]): string {
  const sample = random.pick(corpus)
  const kind = random.int(0, 9)
  let text = kind < 6 && sample.tokens.length > 0 ? changeValues(random, sample) : sample.text
  if (kind >= 4) text = changeText(random, text, corpus)
  if (kind === 9) text = changeText(random, text, corpus)
  return text.length > MOST_UNITS ? text.slice(0, MOST_UNITS) : text
}

/** Some tokens become others; the frame around them stays what it is. */
function changeValues(random: Random, { text, tokens }: Sample): string {
  const places = [random.int(0, tokens.length - 1)]
  while (places.length < 3 && random.next() < 0.35) places.push(random.int(0, tokens.length - 1))
  places.sort((a, b) => a - b)
  let made = ''
  let from = 0
  for (const place of places) {
    const token = tokens[place]
    if (!token || token.from < from) continue
    made += text.slice(from, token.from) + valueInstead(random, text, token, tokens)
    from = token.to
  }
  return made + text.slice(from)
}

function valueInstead(random: Random, text: string, token: Token, tokens: readonly Token[]): string {
  const old = text.slice(token.from, token.to)
  const quote = token.quoted ? '"' : ''
  switch (random.int(0, 9)) {
    case 0:
      return random.pick(OTHER_TYPES)
    case 1: {
      const other = random.pick(tokens)
      return text.slice(other.from, other.to)
    }
    case 2: {
      const depth = random.int(1, random.next() < 0.05 ? DEEPEST : 40)
      return random.next() < 0.5
        ? '['.repeat(depth) + old + ']'.repeat(depth)
        : '{"a":'.repeat(depth) + old + '}'.repeat(depth)
    }
    case 3:
      return `${old}:${old},${old}`
    case 4:
      return quote + String(random.int(-9, 9) * 10 ** random.int(0, 18)) + quote
    case 5:
      return quote + old.slice(quote.length, old.length - quote.length).repeat(random.int(2, 4)) + quote
    default:
      return quote + random.pick(EXTREMES) + quote
  }
}

/** Blind to what the text means. */
function changeText(random: Random, text: string, corpus: readonly Sample[]): string {
  const at = random.int(0, text.length)
  const to = Math.min(text.length, at + random.int(0, random.next() < 0.5 ? 4 : 200))
  switch (random.int(0, 7)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + text.slice(to)
    case 2:
      return text.slice(0, to) + text.slice(at)
    case 3: {
      const other = random.pick(corpus).text
      return text.slice(0, at) + other.slice(random.int(0, other.length))
    }
    case 4:
      return text.slice(0, at) + random.pick(NOISE) + text.slice(at)
    case 5:
      return text.slice(0, at) + String.fromCharCode(random.int(0, 255)) + text.slice(at + 1)
    case 6:
      return text.slice(0, at) + String.fromCharCode(0xdc80 + random.int(0, 127)) + text.slice(at + 1)
    default:
      return (
        text.slice(0, at) +
        String.fromCharCode(text.charCodeAt(at) ^ (1 << random.int(0, 7))) +
        text.slice(at + 1)
      )
  }
}

const RAW = /[\udc80-\udcff]/

/** UTF-8, with U+DC80…U+DCFF standing for the bytes 0x80…0xFF, so that an input can hold what is no UTF-8. */
export function bytesOf(text: string): Buffer {
  if (!RAW.test(text)) return Buffer.from(text)
  const parts: Buffer[] = []
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const isPair = i > 0 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800
    if (unit < 0xdc80 || unit > 0xdcff || isPair) continue
    parts.push(Buffer.from(text.slice(from, i)), Buffer.from([unit - 0xdc00]))
    from = i + 1
  }
  parts.push(Buffer.from(text.slice(from)))
  return Buffer.concat(parts)
}
