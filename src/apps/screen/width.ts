/**
 * How many terminal cells a character takes: East Asian wide and fullwidth ones take two, combining marks none.
 * Source: Unicode Standard Annex #11 (East Asian Width), the ranges W and F that a Korean screen meets.
 */
const WIDE: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f], // Hangul Jamo, leading consonants
  [0x2e80, 0x303e], // CJK radicals, punctuation
  [0x3041, 0x33ff], // Kana, Hangul compatibility Jamo, enclosed CJK
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f], // Hangul Jamo Extended-A
  [0xac00, 0xd7a3], // Hangul syllables
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60], // fullwidth forms
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff], // pictographs
  [0x20000, 0x3fffd],
]

const isZeroWidth = (code: number): boolean =>
  (code >= 0x0300 && code <= 0x036f) ||
  (code >= 0x1160 && code <= 0x11ff) ||
  code === 0x200d ||
  code === 0xfe0f

function cellsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x1100) return isZeroWidth(code) ? 0 : 1
  if (isZeroWidth(code)) return 0
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1
}

/** Colour codes take no room. */
const ESC = String.fromCharCode(27)
const STYLE = new RegExp(`${ESC}\\[[0-9;]*m`, 'g')
const STYLE_SPLIT = new RegExp(`(${ESC}\\[[0-9;]*m)`)

export const plain = (text: string): string => text.replace(STYLE, '')

/** Cells the text takes on a terminal; colour codes count nothing. */
export function displayWidth(text: string): number {
  let cells = 0
  for (const character of plain(text)) cells += cellsOf(character)
  return cells
}

/** The text cut to at most `cells`, with `…` where something was lost. Plain text only: colour comes afterwards. */
export function clip(text: string, cells: number): string {
  if (displayWidth(text) <= cells) return text
  if (cells <= 0) return ''
  let kept = ''
  let used = 0
  for (const character of text) {
    const next = cellsOf(character)
    if (used + next > cells - 1) break
    kept += character
    used += next
  }
  return `${kept}…`
}

/** Like `clip` for text that carries colour codes: those are kept, and the colour ends where the text is cut. */
export function clipStyled(text: string, cells: number): string {
  if (displayWidth(text) <= cells) return text
  let kept = ''
  let used = 0
  for (const piece of text.split(STYLE_SPLIT)) {
    if (piece.startsWith(ESC)) {
      kept += piece
      continue
    }
    const part = clip(piece, cells - used)
    kept += part
    used += displayWidth(part)
    if (part !== piece) break
  }
  return `${kept}${ESC}[0m`
}

/** Exactly `cells` wide: cut or filled with spaces on the right. */
export function left(text: string, cells: number): string {
  const cut = clip(text, cells)
  return cut + ' '.repeat(Math.max(0, cells - displayWidth(cut)))
}

/** Exactly `cells` wide, filled on the left: for numbers. */
export function right(text: string, cells: number): string {
  const cut = clip(text, cells)
  return ' '.repeat(Math.max(0, cells - displayWidth(cut))) + cut
}
