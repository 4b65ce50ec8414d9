import type { Quirks } from '../quirks.ts'

/** FIDs whose sign is their own. */
const SIGNED = /"(11|15|26|29|8[1-9]|9\d|100|122|126|128|138|200|294|1313|1314|1315|1316)":"0"/g

/** A REAL event as the switched-on quirks write it. */
export function quirkEvent(event: string, quirks: Quirks): string {
  if (quirks.on.length === 0) return event
  let text = event
  if (quirks.has('spaceZero')) text = text.replace(SIGNED, '"$1":" 0"')
  if (quirks.has('numericVenue'))
    text = text.replace('"9081":"KRX"', '"9081":"1"').replace('"9081":"NXT"', '"9081":"2"')
  if (quirks.has('prefixedCodes') && /"type":"0[04]"/.test(text))
    text = text.replace(/"9001":"(\w{6})"/, '"9001":"A$1"')
  return text
}
