/** What a table has itself. A key from outside (`__proto__`, `constructor`) must not find what every object has. */
export const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined
