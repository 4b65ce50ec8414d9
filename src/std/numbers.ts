const grouped = new Intl.NumberFormat('en-US')

/** 1234567 → `1,234,567`. */
export const count = (value: number): string => grouped.format(value === 0 ? 0 : value)

/** 0.0312 → `+3.12%`. */
export const percent = (ratio: number): string => {
  const text = (ratio * 100).toFixed(2)
  return `${ratio > 0 ? '+' : ''}${text === '-0.00' ? '0.00' : text}%`
}
