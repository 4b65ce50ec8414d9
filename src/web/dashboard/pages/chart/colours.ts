/** The page's own colours, read where a canvas cannot: it knows nothing of style sheets. */
export interface ChartColours {
  readonly surface: string
  readonly text: string
  readonly faint: string
  readonly line: string
  readonly up: string
  readonly down: string
  readonly accent: string
  readonly warn: string
  readonly good: string
  readonly bad: string
  readonly sunken: string
  readonly font: string
}

export function readColours(element: Element): ChartColours {
  const style = getComputedStyle(element)
  const of = (name: string) => style.getPropertyValue(name).trim()
  return {
    surface: of('--surface'),
    text: of('--text-2'),
    faint: of('--text-3'),
    line: of('--line'),
    up: of('--up'),
    down: of('--down'),
    accent: of('--accent'),
    warn: of('--warn'),
    good: of('--good'),
    bad: of('--bad'),
    sunken: of('--sunken'),
    font: of('--font'),
  }
}

/** `#rrggbb` with an opacity of 0 to 1. */
export const faded = (hex: string, opacity: number): string =>
  `${hex}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0')}`

/** Lines over the candles, told apart in both themes and by those who see no red and green. */
const LINES = {
  dark: {
    ema5: '#f0b93a',
    ema20: '#b48cff',
    ema60: '#3fd0c9',
    sma5: '#e6a15c',
    sma20: '#d88cd8',
    sma60: '#7fc98a',
    bollinger: '#94a3b4',
    vwap: '#ffd479',
    rsi: '#b48cff',
    macd: '#6ea8ff',
    signal: '#f0b93a',
  },
  light: {
    ema5: '#a86a00',
    ema20: '#7a3fd0',
    ema60: '#00807a',
    sma5: '#b05a00',
    sma20: '#a12fa1',
    sma60: '#2c7a3a',
    bollinger: '#5f6c7b',
    vwap: '#8f6a00',
    rsi: '#7a3fd0',
    macd: '#1659c7',
    signal: '#a86a00',
  },
} as const

export function lineColour(name: string, line: string): string {
  const theme = document.documentElement.dataset.theme === 'light' ? 'light' : 'dark'
  const colours: Readonly<Record<string, string>> = LINES[theme]
  return colours[line] ?? colours[name] ?? colours.bollinger ?? '#808080'
}
