import { open, stat } from 'node:fs/promises'
import { type Duck, text, textIn } from '../duck.ts'
import { refuse } from '../trouble.ts'

/** What a file is, told by its first bytes: names lie. */
export interface Source {
  readonly path: string
  readonly format: 'csv' | 'csv.gz' | 'parquet'
  readonly bytes: number
}

export async function openSource(path: string): Promise<Source> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile())
    return refuse('notFound', `${path} 파일이 없습니다: 경로를 확인하세요`, `there is no file ${path}`)
  if (found.size === 0)
    return refuse(
      'emptyFile',
      `${path} 은(는) 빈 파일입니다 (0바이트): 다시 내려받으세요`,
      `${path} is empty (0 bytes): download it again`,
    )
  return { path, format: formatOf(await firstBytes(path), path), bytes: found.size }
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function formatOf(head: Buffer, path: string): Source['format'] {
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet'
  if (head[0] === 0x1f && head[1] === 0x8b) return 'csv.gz'
  if (head.subarray(0, 2).toString('latin1') === 'PK' || head.readUInt16BE(0) === 0xd0cf)
    return refuse(
      'notTable',
      `${path} 은(는) 엑셀이나 압축 파일입니다: CSV로 저장하거나 압축을 푼 뒤 가져오세요`,
      `${path} is an Excel or zip file: save it as CSV, or unpack it`,
    )
  if (head.readUInt16LE(0) === 0xfeff || head.readUInt16BE(0) === 0xfeff)
    return refuse(
      'encoding',
      `${path} 1행: UTF-16 파일입니다. 'CSV UTF-8'로 다시 저장하세요`,
      `${path} row 1: this is UTF-16; save it again as 'CSV UTF-8'`,
      1,
    )
  return 'csv'
}

/** The columns of a Parquet file. A file that is no Parquet beyond its first bytes is refused. */
export async function parquetColumns(duck: Duck, path: string): Promise<readonly string[]> {
  try {
    const rows = await duck.rows(`DESCRIBE SELECT * FROM read_parquet(${text(path)})`)
    return rows.map((row) => textIn(row, 'column_name'))
  } catch (error) {
    return refuse(
      'cutShort',
      `${path} 의 Parquet 꼬리를 읽을 수 없습니다 (끝까지 내려받지 못한 파일): 다시 내려받으세요`,
      `the footer of ${path} cannot be read (a Parquet file that was not downloaded to its end): download it again. ${String(error).split('\n')[0]}`,
    )
  }
}
