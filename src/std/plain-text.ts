/**
 * A text of somebody else's without what nobody sees: control characters, which steer a terminal, and marks that turn the direction
 * of whatever is written behind them.
 */
export const plainText = (text: string): string =>
  text
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
