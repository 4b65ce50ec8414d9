/** Colours in daylight and on paper. Up is red and down is blue, as on every Korean screen. */
export const DAYLIGHT = {
  ink: '#1c2430',
  soft: '#667085',
  line: '#e4e7ec',
  paper: '#ffffff',
  ground: '#f5f6f8',
  up: '#d03434',
  down: '#2563c9',
  ours: '#0f766e',
  theirs: '#98a2b3',
} as const

const variables = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';')

/** How the charts of `charts.ts` are painted, in the colours of whoever shows them. One class a rule: a document knows no others. */
export const CHART_STYLE = `.chart .grid{stroke:var(--line);stroke-width:1}
.chart .tick{fill:var(--soft);font-size:11px}
.chart .ours{fill:none;stroke:var(--ours);stroke-width:1.8}
.chart .theirs{fill:none;stroke:var(--theirs);stroke-width:1.3}
.chart .below{fill:var(--down);opacity:.35}
.chart .up{stroke:var(--up);fill:var(--up)}
.chart .down{stroke:var(--down);fill:var(--down)}
.chart path.buy{fill:var(--up);stroke:var(--paper)}.chart path.sell{fill:var(--down);stroke:var(--paper)}
.chart .cell text{fill:var(--ink);font-size:11px}
.chart .cell .best{fill:none;stroke:var(--ink);stroke-width:2.5}`

/** The page's own style sheet: nothing is loaded from anywhere. */
export const STYLE = `
:root{${variables(DAYLIGHT)}}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#98a2b3;--line:#2b3340;--paper:#171c24;--ground:#0f1319;--up:#f26d6d;--down:#6ea3f5;--ours:#2dd4bf;--theirs:#667085}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 -apple-system,BlinkMacSystemFont,"Apple SD Gothic Neo","Noto Sans KR","Noto Sans CJK KR","Malgun Gothic",sans-serif}
main{max-width:1080px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:24px;margin:0 0 4px}
h2{font-size:17px;margin:0 0 12px}
h2 small,th small,dt small,.en{color:var(--soft);font-weight:400;font-size:.82em}
.sub{color:var(--soft);margin:0 0 20px}
section{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:18px;margin:0 0 16px;break-inside:avoid}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:0 0 16px}
.card{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:12px 14px}
.card b{display:block;font-size:20px;font-variant-numeric:tabular-nums;white-space:nowrap}
.card span{color:var(--soft);font-size:13px}
.up{color:var(--up)}.down{color:var(--down)}
.alarm{border-color:var(--up);border-width:2px}
.alarm h2{color:var(--up)}
ul{margin:0;padding-left:18px}li{margin:4px 0}
.chart{width:100%;min-width:620px;height:auto;display:block}
${CHART_STYLE}
.legend{color:var(--soft);font-size:13px;margin:6px 0 0}
.legend i{display:inline-block;width:18px;height:3px;vertical-align:middle;margin:0 5px 0 12px}
.groups{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:0 28px}
dl{margin:0 0 14px}dl div{display:flex;justify-content:space-between;gap:12px;border-bottom:1px solid var(--line);padding:5px 0}
dt small{display:block}dd{margin:0;font-variant-numeric:tabular-nums;white-space:nowrap}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13.5px;font-variant-numeric:tabular-nums}
th,td{padding:5px 8px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
th{color:var(--soft);font-weight:600}
td.text,th.text{text-align:left;white-space:normal}
table.heat td{text-align:center;border:1px solid var(--paper)}
code{font-size:12.5px;word-break:break-all}
@media print{body{background:#fff}main{max-width:none;padding:0}section,.card{border-color:#ccc}}
`
