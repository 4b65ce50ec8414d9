import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { cancelled } from '../duck.ts'
import { CatalogTrouble, refuse } from '../trouble.ts'
import { clip, type Header, readHeader } from './header.ts'
import type { Source } from './source.ts'

/** Whole lines of a text file, in UTF-8. */
export interface Block {
  readonly index: number
  readonly header: Header
  readonly bytes: Buffer
  /** The line of the file, counted from 1, on which it begins. */
  readonly firstRow: number
  /** Its blank lines, counted from 1: a parser passes over them. */
  readonly blanks: readonly number[]
  /** How much of the file on disk was read for it: for progress. */
  readonly readBytes: number
}

export interface CutOptions {
  readonly encoding: 'utf-8' | 'cp949'
  readonly delimiter?: string
  readonly blockBytes: number
  /** Blocks before this one are cut but not given: a run that was interrupted has them already. */
  readonly from: number
  readonly signal?: AbortSignal
}

const NEWLINE = 10
const QUOTE = 34
/** A quote that is still open after so many blocks was never closed. */
const OPEN_QUOTE_BLOCKS = 4
/** A first line that is longer holds no names. */
const HEADER_MAX = 1 << 20

/**
 * Cuts a text file into blocks of about `blockBytes`, at ends of lines outside quotes, so that one after the other fits into memory. The
 * same file gives the same blocks every time.
 *
 * Errors: `cutShort` for a gzip that ends early, `encoding` for bytes that are not what was declared, `emptyFile`, `header`.
 */
export async function* cutBlocks(source: Source, options: CutOptions): AsyncIterable<Block> {
  const reading = readBytes(source, options.signal)
  let header: Header | undefined
  let pending: Buffer[] = []
  let held = 0
  let index = 0
  let lines = 1
  let read = 0
  const give = (bytes: Buffer, header: Header): Block | undefined => {
    const firstRow = lines + 1
    lines += countOf(bytes, NEWLINE)
    if (index++ < options.from) return undefined
    const whole = decoded(bytes, options.encoding, firstRow, source.path)
    return { index: index - 1, header, bytes: whole, firstRow, blanks: blankLines(whole), readBytes: read }
  }
  try {
    for await (const { chunk, at } of reading) {
      read = at
      pending.push(chunk)
      held += chunk.length
      if (header !== undefined && held < options.blockBytes) continue
      let bytes: Buffer = Buffer.concat(pending)
      if (header === undefined) {
        const first = takeHeader(bytes, options, source)
        if (first === undefined) {
          if (bytes.length > HEADER_MAX) refuseOneLine(source)
          pending = [bytes]
          continue
        }
        header = first.header
        bytes = first.rest
      }
      for (;;) {
        const end = endOfBlock(bytes, options.blockBytes)
        if (end === 0) break
        const block = give(bytes.subarray(0, end), header)
        if (block) yield block
        bytes = bytes.subarray(end)
      }
      if (bytes.length > options.blockBytes * OPEN_QUOTE_BLOCKS) refuseOpenQuote(source, lines)
      pending = [bytes]
      held = bytes.length
    }
  } catch (error) {
    const seen = lines + pending.reduce((count, each) => count + countOf(each, NEWLINE), 0)
    throw told(error, source, seen, options.signal)
  }
  let rest: Buffer = Buffer.concat(pending)
  if (header === undefined) {
    // A file of one line without an end has a header at most.
    header = takeHeader(Buffer.concat([rest, Buffer.from('\n')]), options, source)?.header
    rest = Buffer.alloc(0)
  }
  if (countOf(rest, QUOTE) % 2 === 1) refuseOpenQuote(source, lines)
  const hasData = lines > 1 || !isBlank(rest)
  const last = header !== undefined && !isBlank(rest) ? give(rest, header) : undefined
  if (last) yield last
  if (!hasData)
    refuse(
      'emptyFile',
      `${source.path} 에 1행(열 이름)만 있고 자료가 없습니다: 내려받기를 다시 확인하세요`,
      `${source.path} has column names in row 1 and no data: look at the download again`,
      1,
    )
}

async function* readBytes(source: Source, signal: AbortSignal | undefined) {
  const options = { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) }
  const file = createReadStream(source.path, options)
  if (source.format === 'csv') {
    for await (const chunk of file) yield { chunk: chunk as Buffer, at: file.bytesRead }
    return
  }
  const unpacked = createGunzip({ chunkSize: 1 << 18 })
  file.on('error', (error) => unpacked.destroy(error))
  file.pipe(unpacked)
  try {
    for await (const chunk of unpacked) yield { chunk: chunk as Buffer, at: file.bytesRead }
  } finally {
    file.destroy()
  }
}

function takeHeader(
  bytes: Buffer,
  { encoding, delimiter }: CutOptions,
  source: Source,
): { readonly header: Header; readonly rest: Buffer } | undefined {
  const end = bytes.indexOf(NEWLINE)
  if (end < 0) return undefined
  const line = decoded(bytes.subarray(0, end), encoding, 1, source.path).toString('utf8')
  const plain = line.replace(/^\ufeff/, '').replace(/\r$/, '')
  if (plain.trim() === '')
    return refuse(
      'header',
      `${source.path} 1행이 비었습니다: 첫 줄에는 열 이름이 있어야 합니다`,
      `row 1 of ${source.path} is blank: the first line holds the names of the columns`,
      1,
    )
  return { header: readHeader(plain, delimiter), rest: bytes.subarray(end + 1) }
}

/**
 * Where the first block ends; 0 when more bytes are needed to say. It depends on the bytes of the file alone and not on how they came,
 * so that a run that goes on after a kill finds the same blocks.
 */
function endOfBlock(bytes: Buffer, blockBytes: number): number {
  for (let size = blockBytes; size <= bytes.length; size += blockBytes) {
    const end = endOfLines(bytes.subarray(0, size))
    if (end > 0) return end
  }
  return 0
}

/** Where the last line that is outside quotes ends; 0 when there is none. */
function endOfLines(bytes: Buffer): number {
  let quotes = countOf(bytes, QUOTE)
  let end = bytes.length
  for (;;) {
    const newline = bytes.lastIndexOf(NEWLINE, end - 1)
    if (newline < 0) return 0
    quotes -= countOf(bytes.subarray(newline, end), QUOTE)
    if (quotes % 2 === 0) return newline + 1
    if (newline === 0) return 0
    end = newline
  }
}

function countOf(bytes: Buffer, byte: number): number {
  let count = 0
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count++
  return count
}

const isBlank = (bytes: Buffer): boolean => bytes.length < 1024 && bytes.toString('latin1').trim() === ''

/** The bytes as UTF-8. Errors: `encoding`, with the first line that is something else. */
function decoded(bytes: Buffer, encoding: CutOptions['encoding'], firstLine: number, file: string): Buffer {
  if (encoding === 'cp949') return Buffer.from(korean(bytes) ?? refuseKorean(bytes, firstLine, file), 'utf8')
  return isUtf8(bytes) ? bytes : refuseEncoding(bytes, firstLine, file)
}

/** `euc-kr` of the WHATWG standard is CP949, what Windows and Korean sites write. */
function korean(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('euc-kr', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function refuseEncoding(bytes: Buffer, firstLine: number, file: string): never {
  const { line, row } = firstLineThat(bytes, firstLine, (each) => !isUtf8(each))
  const read = korean(line)
  if (read !== undefined)
    return refuse(
      'encoding',
      `${file} ${row}행은 UTF-8이 아니라 CP949(EUC-KR)로 보입니다: '${clip(read.trim())}'. --encoding cp949 를 붙이세요`,
      `row ${row} of ${file} is not UTF-8 but looks like CP949 (EUC-KR): '${clip(read.trim())}'. Add --encoding cp949`,
      row,
    )
  return refuse(
    'encoding',
    `${file} ${row}행은 UTF-8도 CP949도 아닙니다: 파일이 깨졌거나 다른 인코딩입니다. UTF-8로 다시 저장하세요`,
    `row ${row} of ${file} is neither UTF-8 nor CP949: a damaged file or another encoding. Save it again as UTF-8`,
    row,
  )
}

function refuseKorean(bytes: Buffer, firstLine: number, file: string): never {
  const { row } = firstLineThat(bytes, firstLine, (each) => korean(each) === undefined)
  return refuse(
    'encoding',
    `${file} ${row}행은 CP949가 아닙니다${isUtf8(bytes) ? ' (UTF-8로 보입니다)' : ''}: --encoding 을 확인하세요`,
    `row ${row} of ${file} is not CP949${isUtf8(bytes) ? ' (it looks like UTF-8)' : ''}: look at --encoding`,
    row,
  )
}

function firstLineThat(bytes: Buffer, firstLine: number, isSo: (line: Buffer) => boolean) {
  let from = 0
  for (let row = firstLine; ; row++) {
    const newline = bytes.indexOf(NEWLINE, from)
    const line = bytes.subarray(from, newline < 0 ? bytes.length : newline)
    if (newline < 0 || isSo(line)) return { line, row }
    from = newline + 1
  }
}

function refuseOpenQuote(source: Source, lines: number): never {
  return refuse(
    'notTable',
    `${source.path} ${lines + 1}행 뒤 어딘가에서 따옴표(")가 닫히지 않았습니다: 그 행을 고치세요`,
    `a quote (") somewhere after row ${lines + 1} of ${source.path} is never closed: repair that row`,
    lines + 1,
  )
}

function told(error: unknown, source: Source, lines: number, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return cancelled()
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (!code.startsWith('Z_')) return error
  return new CatalogTrouble(
    'cutShort',
    `${source.path} 의 gzip이 ${lines}행 뒤에서 끊기거나 깨졌습니다. 아무것도 가져오지 않았습니다: 다시 내려받으세요 (gzip -t 로 확인)`,
    `the gzip ${source.path} ends early or is damaged after row ${lines}; nothing was taken. Download it again (gzip -t checks it)`,
    lines,
  )
}

function refuseOneLine(source: Source): never {
  return refuse(
    'notTable',
    `${source.path} 에 줄바꿈이 없습니다: CSV가 아니거나 옛 매킨토시 형식입니다. 'CSV UTF-8'로 다시 저장하세요`,
    `${source.path} has no line ends: it is no CSV, or one of an old Macintosh. Save it again as 'CSV UTF-8'`,
    1,
  )
}

/** Looked for line by line only where two line ends follow each other. */
function blankLines(bytes: Buffer): number[] {
  if (bytes[0] !== NEWLINE && bytes.indexOf('\n\n') < 0 && bytes.indexOf('\n\r\n') < 0) return []
  const lines = bytes.toString('utf8').split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.flatMap((line, index) => (line.trim() === '' ? [index + 1] : []))
}
