const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
const FINALS = 28

/**
 * The text with the form of a particle that its last sound asks for: `closed` after a final consonant (거래량이), `open`
 * after a vowel (종가가). Brackets are not spoken; what is not Hangul counts as a vowel.
 */
export function withParticle(text: string, closed: string, open: string): string {
  const code = lastSpoken(text)?.charCodeAt(0) ?? 0
  const isSyllable = code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE
  return text + (isSyllable && (code - FIRST_SYLLABLE) % FINALS > 0 ? closed : open)
}

/** The text in quotation marks with its particle: `“종가”는`. Of Latin letters and digits nobody knows the last sound. */
export function quoted(text: string, closed: string, open: string): string {
  const last = lastSpoken(text) ?? ''
  const isHangul = last >= '가' && last <= '힣'
  return `“${text}”${isHangul ? withParticle(text, closed, open).slice(text.length) : `${closed}(${open})`}`
}

function lastSpoken(text: string): string | undefined {
  if (!text.endsWith(')')) return text.at(-1)
  let depth = 0
  for (let i = text.length - 1; i >= 0; i--) {
    if (text[i] === ')') depth++
    if (text[i] === '(') depth--
    if (depth === 0) return text[i - 1]
  }
  return undefined
}
