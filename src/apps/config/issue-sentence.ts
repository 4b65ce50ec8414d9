import type { z } from 'zod'
import type { Sentence } from '../../model/sentence.ts'

const isQuotable = (value: unknown): boolean => typeof value === 'number' || typeof value === 'boolean'

/** A value that is text in our schema but was read as something else: YAML eats the zeros of a bare 005930. */
function wantsText(raw: string, value: unknown): Sentence {
  if (isQuotable(value))
    return {
      ko: `따옴표로 감싸 주세요: "${raw}" (따옴표가 없으면 YAML이 숫자로 읽습니다)`,
      en: `put the code in quotes: "${raw}" (without them YAML reads a number)`,
    }
  return { ko: '글자가 와야 합니다', en: 'this must be text' }
}

function wantsNumber(raw: string, value: unknown): Sentence {
  const digits = /^[-+]?[\d_,.]+/.exec(raw)?.[0]?.replace(/[_,]/g, '')
  if (typeof value === 'string' && digits !== undefined && digits !== '' && raw !== digits)
    return {
      ko: `단위나 쉼표 없이 숫자만 씁니다: ${digits} (단위는 키 이름 끝에 있습니다)`,
      en: `only the number, without unit or separators: ${digits} (the unit is the end of the key)`,
    }
  return { ko: '숫자가 와야 합니다', en: 'this must be a number' }
}

const KINDS: Readonly<Record<string, Sentence>> = {
  boolean: { ko: 'true 또는 false가 와야 합니다', en: 'this must be true or false' },
  array: {
    ko: '"- "로 시작하는 목록이 와야 합니다',
    en: 'this must be a list of lines that start with "- "',
  },
  object: { ko: '들여쓴 "키: 값" 묶음이 와야 합니다', en: 'this must be an indented block of "key: value"' },
  int: { ko: '정수가 와야 합니다', en: 'this must be a whole number' },
}

/** zod's issue as a sentence for people. `value` is what stood there, `raw` how it was spelled. */
export function issueSentence(issue: z.core.$ZodIssue, value: unknown, raw: string): Sentence {
  switch (issue.code) {
    case 'custom': {
      const ko: unknown = issue.params?.ko
      return { ko: typeof ko === 'string' ? ko : issue.message, en: issue.message }
    }
    case 'invalid_type':
      if (value === undefined) return { ko: '꼭 필요한 값이 없습니다', en: 'this is required and missing' }
      if (issue.expected === 'string') return wantsText(raw, value)
      if (issue.expected === 'number') return wantsNumber(raw, value)
      return KINDS[issue.expected] ?? { ko: issue.message, en: issue.message }
    case 'invalid_value':
      return oneOf(issue.values.map(String), raw)
    case 'too_small':
      return { ko: `${issue.minimum} 이상이어야 합니다`, en: `at least ${issue.minimum}` }
    case 'too_big':
      return { ko: `${issue.maximum} 이하여야 합니다`, en: `at most ${issue.maximum}` }
    default:
      return { ko: issue.message, en: issue.message }
  }
}

function oneOf(words: readonly string[], raw: string): Sentence {
  if (raw === 'live')
    return {
      ko: '실전(live)은 아직 열리지 않았습니다: 모의투자 검증과 승인 절차가 갖춰진 뒤에 열립니다. simulated 또는 paper를 쓰세요',
      en: 'live is not open yet: it comes with the go/no-go gate. Use simulated or paper',
    }
  return { ko: `다음 중 하나여야 합니다: ${words.join(', ')}`, en: `one of: ${words.join(', ')}` }
}
