/** One line of a CSV file without its end: quoted where it must be (RFC 4180); what is absent is empty. */
export const csvLine = (values: readonly (string | number | undefined)[]): string =>
  values.map(field).join(',')

function field(value: string | number | undefined): string {
  const text = String(value ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A text that a spreadsheet would take for a formula is disarmed; in Korea and Japan Excel reads the wide signs as well. */
export const disarmed = <T extends string | number | undefined>(value: T): T | string =>
  typeof value === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
