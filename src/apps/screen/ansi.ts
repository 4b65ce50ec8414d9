const ESC = String.fromCharCode(27)
const style = (code: number) => (text: string) => (text === '' ? '' : `${ESC}[${code}m${text}${ESC}[0m`)

/** Plain ANSI colours. Korea paints a rise red and a fall blue. */
export const bold = style(1)
export const dim = style(2)
export const inverse = style(7)
export const rise = style(31)
const fall = style(34)
export const good = style(32)
export const warn = style(33)
export const urgent = style(35)

/** Colours the text by the sign of the value. */
export const bySign = (value: number, text: string): string =>
  value > 0 ? rise(text) : value < 0 ? fall(text) : text

/** Alternate screen, cursor and clearing: what a full-screen program switches on and must switch off again. */
export const ENTER_SCREEN = `${ESC}[?1049h${ESC}[?25l`
export const LEAVE_SCREEN = `${ESC}[?25h${ESC}[?1049l`
export const HOME = `${ESC}[H`
export const CLEAR_LINE = `${ESC}[K`
export const CLEAR_BELOW = `${ESC}[J`
