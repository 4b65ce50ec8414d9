import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { PDF_FONT } from '../../lab/reports/pdf-document.ts'
import { refuse } from '../io.ts'

/**
 * The bytes of a document. Its font (Noto Sans KR, under the Open Font License) is embedded in the letters that are used, so that
 * it reads the same everywhere and its text can be searched. Nothing is loaded from the network, and no file but the font.
 * Refuses when the package of the font is not installed.
 */
export async function pdfBytes(document: TDocumentDefinitions): Promise<Uint8Array> {
  const [normal, bold] = [fontFile('NotoSansKR-Regular.otf'), fontFile('NotoSansKR-Bold.otf')]
  const { default: pdfmake } = await import('pdfmake')
  pdfmake.setFonts({ [PDF_FONT]: { normal, bold } })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path === normal || path === bold)
  return pdfmake.createPdf(document).getBuffer()
}

const require = createRequire(import.meta.url)

function fontFile(name: string): string {
  try {
    return join(dirname(require.resolve('@embedpdf/fonts-kr')), '../fonts', name)
  } catch {
    return refuse(
      'PDF에 넣을 한글 글꼴이 없습니다: npm install @embedpdf/fonts-kr 로 설치하세요',
      'the Korean font of the PDF is missing: npm install @embedpdf/fonts-kr',
    )
  }
}
