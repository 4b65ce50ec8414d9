import type { Content, CustomTableLayout, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Sentence } from '../../model/sentence.ts'
import type { EpochMs } from '../../std/clock.ts'
import { percent } from '../../std/numbers.ts'
import type { YearRow } from '../analytics/calendar-tables.ts'
import type { Fact } from './page.ts'
import {
  type Part,
  type ReportInput,
  type ReportSection,
  reportContent,
  type Shown,
  type Tone,
} from './report-content.ts'
import { shakenLines, shakenTexts } from './robustness-section.ts'
import { CHART_STYLE, DAYLIGHT } from './style.ts'

/** The font that the document asks for: it needs Hangul, regular and bold. */
export const PDF_FONT = 'Hangul'

/** A4 in points, and what is left between the margins. */
const [SIDE, TOP, BOTTOM] = [40, 58, 44]
const WIDTH = 595.28 - 2 * SIDE

/**
 * A result as a document for pdfmake: the same content as the page, on A4, with the name of the strategy and its data above and
 * the page number below. Charts are the page's own, in daylight colours. The same result gives the same document: it is dated
 * with its last bar.
 */
export function pdfDocument(input: ReportInput): TDocumentDefinitions {
  const { title, subtitle, result } = input
  const { alarms, cards, sections } = reportContent(input)
  const lastBar: EpochMs = result.equity.at.at(-1) ?? 0
  return {
    info: { title: `${title.ko} · ${title.en}`, subject: subtitle, creationDate: new Date(lastBar) },
    language: 'ko',
    pageSize: 'A4',
    pageMargins: [SIDE, TOP, SIDE, BOTTOM],
    defaultStyle: { font: PDF_FONT, fontSize: 9, lineHeight: 1.15, color: DAYLIGHT.ink },
    styles: {
      title: { fontSize: 18, bold: true },
      heading: { fontSize: 12, bold: true, margin: [0, 14, 0, 6] },
      alarm: { color: DAYLIGHT.up },
      soft: { fontSize: 7.5, color: DAYLIGHT.soft },
      small: { fontSize: 7, color: DAYLIGHT.soft },
    },
    header: (page) => (page === 1 ? '' : running(`${title.ko} · ${subtitle}`, '', 26)),
    footer: (page, pages) =>
      running(`가람 Garam · decision hash ${result.decisionHash}`, `${page} / ${pages}`, 14),
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel === BREAKABLE && startPosition.verticalRatio > LOW,
    content: [
      { text: [{ text: title.ko, style: 'title' }, soft(`  ${title.en}`)] },
      { text: subtitle, style: 'soft', margin: [0, 2, 0, 8] },
      ...alarms.map(sectionOf),
      cardTable(cards),
      ...sections.map(sectionOf),
    ],
  }
}

/** The heading of a section that may go on on the next page; below this part of a page it begins on the next. */
const BREAKABLE = 1
const LOW = 0.85

const soft = (text: string): Content => ({ text, style: 'soft' })

const running = (left: string, right: string, top: number): Content => ({
  columns: [
    { text: left, style: 'small', noWrap: false },
    { text: right, style: 'small', alignment: 'right', width: 60 },
  ],
  margin: [SIDE, top, SIDE, 0],
})

function sectionOf({ ko, en, isAlarm, parts }: ReportSection): Content {
  const heading = { text: [ko, soft(`  ${en}`)], style: isAlarm ? ['heading', 'alarm'] : 'heading' }
  const inside = parts.map(partOf)
  return parts.every(isShort)
    ? { stack: [heading, ...inside], unbreakable: true }
    : { stack: [{ ...heading, headlineLevel: BREAKABLE }, ...inside] }
}

/** Rows that a page has room for, with what may stand above them. */
const SHORT_ROWS = 15
/** Letters of one value that take a few lines; a list of sources may take pages. */
const SHORT_TEXT = 500

/** What is short enough stays on one page with its heading. */
function isShort(part: Part): boolean {
  switch (part.is) {
    case 'figures':
      return false
    case 'table':
      return part.rows.length <= SHORT_ROWS
    case 'facts':
      return part.facts.length <= SHORT_ROWS && part.facts.every(({ value }) => value.length <= SHORT_TEXT)
    case 'list':
      return part.sentences.length <= SHORT_ROWS
    case 'months':
      return part.years.length <= SHORT_ROWS
    default:
      return true
  }
}

function partOf(part: Part): Content {
  switch (part.is) {
    case 'words':
      return bilingual(part.words)
    case 'list':
      return { ul: part.sentences.map(bilingual) }
    case 'facts':
      return factTable(part.facts)
    case 'chart':
      return chart(part)
    case 'months':
      return months(part.years)
    case 'figures':
      return figures(part)
    case 'table':
      return table(part)
    case 'shaken':
      return shaken(part)
  }
}

const bilingual = ({ ko, en }: Sentence): Content => ({ stack: [ko, soft(en)], margin: [0, 0, 0, 3] })

const hair = (): number => 0.5
const none = (): number => 0
/** A thin line under each row. */
const LINED: CustomTableLayout = {
  hLineWidth: (place) => (place === 0 ? 0 : 0.5),
  vLineWidth: none,
  hLineColor: () => DAYLIGHT.line,
  paddingLeft: (place) => (place === 0 ? 2 : 8),
  paddingRight: () => 2,
  paddingTop: () => 2,
  paddingBottom: () => 2,
}
const BOXED: CustomTableLayout = {
  hLineWidth: hair,
  vLineWidth: hair,
  hLineColor: () => DAYLIGHT.line,
  vLineColor: () => DAYLIGHT.line,
  paddingLeft: () => 6,
  paddingRight: () => 6,
  paddingTop: () => 5,
  paddingBottom: () => 4,
}

const CARDS_A_ROW = 4

function cardTable(cards: readonly Shown[]): Content {
  const cells = cards.map(
    (each): TableCell => ({
      stack: [
        soft(each.ko),
        { text: each.text, fontSize: 14, bold: true, color: colourOf(each.tone) },
        { text: each.en, style: 'small' },
      ],
    }),
  )
  const rows: TableCell[][] = []
  for (let at = 0; at < cells.length; at += CARDS_A_ROW) {
    const row = cells.slice(at, at + CARDS_A_ROW)
    rows.push([...row, ...new Array<TableCell>(CARDS_A_ROW - row.length).fill('')])
  }
  if (rows.length === 0) return ''
  return {
    table: { widths: new Array<'*'>(CARDS_A_ROW).fill('*'), body: rows, dontBreakRows: true },
    layout: BOXED,
  }
}

const colourOf = (tone: Tone | undefined): string => (tone === undefined ? DAYLIGHT.ink : DAYLIGHT[tone])

function factTable(facts: readonly Fact[]): Content {
  if (facts.length === 0) return ''
  const body = facts.map(({ ko, en, value }): TableCell[] => [
    { stack: [ko, { text: en, style: 'small' }] },
    { text: value, alignment: 'right' },
  ])
  return { table: { widths: ['38%', '*'], body }, layout: LINED }
}

const isColour = (name: string): name is keyof typeof DAYLIGHT => name in DAYLIGHT

/** Charts are set at half their size, so their words are larger. */
const PRINTED_CHART = `${CHART_STYLE}.tick{font-size:13px}`
  .replaceAll('.chart ', '')
  .replace(/var\(--(\w+)\)/g, (whole, name: string) => (isColour(name) ? DAYLIGHT[name] : whole))

/** The drawing inside, which brings its colours along: a document knows no style sheet around it. */
function chart({ chart: drawn, legend = [] }: Extract<Part, { is: 'chart' }>): Content {
  const [svg = ''] = /<svg[\s\S]*<\/svg>/.exec(drawn) ?? []
  const names = legend.flatMap(({ name, kind }) => [
    { text: '—— ', color: DAYLIGHT[kind], bold: true },
    { text: `${name}   `, style: 'soft' },
  ])
  return [
    { svg: svg.replace('>', `><style>${PRINTED_CHART}</style>`), width: WIDTH, font: PDF_FONT },
    ...(names.length > 0 ? [{ text: names }] : []),
  ]
}

/** Full colour at a tenth. */
const FULL_RATIO = 0.1
const FULL_OPACITY = 0.55

function months(years: readonly YearRow[]): Content {
  const head = ['', ...Array.from({ length: 12 }, (_, i) => `${i + 1}월`), '연 year']
  const body = years.map(({ year, months: ratios, total }): TableCell[] => [
    { text: String(year), bold: true },
    ...ratios.map((ratio) => (ratio === undefined ? '' : shaded(ratio, (ratio * 100).toFixed(1)))),
    { ...shaded(total, percent(total)), bold: true },
  ])
  return {
    table: {
      headerRows: 1,
      widths: ['auto', ...new Array<'*'>(12).fill('*'), 'auto'],
      body: [head.map((text) => ({ text, style: 'small', alignment: 'center' })), ...body],
      dontBreakRows: true,
    },
    layout: LINED,
    fontSize: 7.5,
  }
}

const shaded = (ratio: number, text: string) => ({
  text,
  alignment: 'center' as const,
  fillColor: DAYLIGHT[ratio >= 0 ? 'up' : 'down'],
  fillOpacity: Math.min(1, Math.abs(ratio) / FULL_RATIO) * FULL_OPACITY,
})

/** Groups in two columns, each into the shorter one. */
function figures({ groups }: Extract<Part, { is: 'figures' }>): Content {
  const columns: { stack: Content[]; rows: number }[] = [
    { stack: [], rows: 0 },
    { stack: [], rows: 0 },
  ]
  for (const group of groups) {
    const [shorter] = columns.toSorted((a, b) => a.rows - b.rows)
    shorter?.stack.push(figureTable(group))
    if (shorter) shorter.rows += group.figures.length + 1
  }
  return { columns: columns.map(({ stack }) => ({ stack, width: '*' })), columnGap: 20 }
}

function figureTable({ ko, en, figures: all }: Extract<Part, { is: 'figures' }>['groups'][number]): Content {
  const body = all.map((each): TableCell[] => [
    {
      stack: [
        each.ko,
        { text: each.why === undefined ? each.en : `${each.en} — ${each.why}`, style: 'small' },
      ],
    },
    { text: each.text, alignment: 'right', noWrap: true, color: colourOf(each.tone) },
  ])
  return {
    stack: [
      { text: [ko, soft(`  ${en}`)], bold: true, margin: [0, 6, 0, 2] },
      { table: { widths: ['*', 'auto'], body, dontBreakRows: true }, layout: LINED, fontSize: 8 },
    ],
  }
}

/** Tables with many columns are set smaller. */
const MANY_COLUMNS = 7

function table({ columns, rows, note }: Extract<Part, { is: 'table' }>): Content {
  const places = Array.from({ length: columns.length || (rows[0]?.length ?? 0) }, (_, place) => place)
  // A table without a head has words first.
  const isText = (place: number) => (columns.length === 0 ? place === 0 : columns[place]?.isText === true)
  const widest = places.findLast(isText)
  const laid = (place: number) =>
    isText(place) ? { alignment: 'left' as const } : { alignment: 'right' as const, noWrap: true }
  const head = columns.map(
    ({ ko, en }, place): TableCell => ({
      text: [ko, { text: en === '' ? '' : ` ${en}`, style: 'small' }],
      color: DAYLIGHT.soft,
      ...laid(place),
    }),
  )
  const body = rows.map((cells) =>
    cells.map(({ text, tone }, place): TableCell => ({ text, color: colourOf(tone), ...laid(place) })),
  )
  return [
    {
      table: {
        headerRows: head.length > 0 ? 1 : 0,
        widths: places.map((place) => (place === widest ? '*' : 'auto')),
        body: head.length > 0 ? [head, ...body] : body,
        dontBreakRows: true,
      },
      layout: LINED,
      fontSize: places.length > MANY_COLUMNS ? 7 : 8,
    },
    ...(note === undefined ? [] : [soft(note)]),
  ]
}

function shaken({ robustness, currency }: Extract<Part, { is: 'shaken' }>): Content {
  const head = ['', '5%', '50%', '95%'].map(
    (text): TableCell => ({ text, style: 'small', alignment: 'right' }),
  )
  const body = shakenLines(robustness).map((each): TableCell[] => {
    const texts = shakenTexts(each, currency)
    const name = { stack: [each.ko, { text: each.en, style: 'small' }] }
    if (texts.length === 1) return [name, { text: texts[0] ?? '', colSpan: 3, alignment: 'right' }, '', '']
    return [name, ...texts.map((text) => ({ text, alignment: 'right' as const, noWrap: true }))]
  })
  const { runs, seed } = robustness
  return [
    {
      table: {
        headerRows: 1,
        widths: ['*', 'auto', 'auto', 'auto'],
        body: [head, ...body],
        dontBreakRows: true,
      },
      layout: LINED,
      fontSize: 8,
    },
    soft(`${runs}번, 시드 ${seed} · ${runs} runs, seed ${seed}`),
  ]
}
