import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pdfDocument } from '../../lab/reports/pdf-document.ts'
import { input, RESULT } from '../../lab/reports/testing/reported.ts'
import { pdfBytes } from './write-pdf.ts'

const report = (trades: number) =>
  pdfBytes(
    pdfDocument({
      ...input,
      title: { ko: '이동평균 교차', en: 'EMA cross' },
      result: {
        ...RESULT,
        roundTrips: Array.from({ length: trades }, (_, i) => RESULT.roundTrips[i % 2]).flatMap(
          (each) => each ?? [],
        ),
      },
    }),
  )
const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const pagesOf = (pdf: string): number => pdf.match(/\/Type \/Page\b/g)?.length ?? 0

/** The letters that a reader is told the glyphs stand for: what can be selected and searched. */
function letters(pdf: string): string {
  const streams = [...pdf.matchAll(/stream\n([\s\S]*?)\nendstream/g)].flatMap(([, packed = '']) => {
    try {
      return [inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')]
    } catch {
      return []
    }
  })
  const maps = streams.filter((each) => each.includes('begincmap')).join('\n')
  return [...maps.matchAll(/<([0-9a-f]{4})>/gi)]
    .map(([, code = '']) => String.fromCharCode(Number.parseInt(code, 16)))
    .join('')
}

describe('the PDF of a report', () => {
  it('is one, with Korean text that can be selected, and the same from the same run', async () => {
    const bytes = await report(2)
    const pdf = latin(bytes)
    expect(pdf.startsWith('%PDF-1.')).toBe(true)
    expect(pagesOf(pdf)).toBeGreaterThanOrEqual(3)
    const told = letters(pdf)
    expect([...'이동평균교차총수익률'].filter((each) => !told.includes(each))).toEqual([])
    expect(latin(await report(2)) === pdf).toBe(true)
  })

  it('goes on over as many pages as its trades take', async () => {
    const [few, many] = [pagesOf(latin(await report(2))), pagesOf(latin(await report(400)))]
    expect(many).toBeGreaterThan(few + 3)
  })
})
