import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CatalogTrouble } from '../trouble.ts'
import { type Block, cutBlocks } from './blocks.ts'
import { openSource } from './source.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'garam-blocks-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function cut(
  content: Uint8Array | string,
  options: { blockBytes?: number; from?: number; encoding?: 'utf-8' | 'cp949' } = {},
): Promise<readonly Block[]> {
  const path = join(folder, 'file')
  await writeFile(path, content)
  const blocks: Block[] = []
  const all = { encoding: 'utf-8', blockBytes: 64, from: 0, ...options } as const
  for await (const block of cutBlocks(await openSource(path), all)) blocks.push(block)
  return blocks
}

const textOf = (blocks: readonly Block[]) => Buffer.concat(blocks.map(({ bytes }) => bytes)).toString('utf8')

const field = fc.oneof(
  fc.stringMatching(/^[a-z0-9 가나다]{0,8}$/u),
  fc.stringMatching(/^[a-z,"\n]{0,6}$/).map((inner) => `"${inner.replaceAll('"', '""')}"`),
)
const body = fc
  .array(fc.tuple(field, field), { minLength: 1, maxLength: 40 })
  .map((rows) => rows.map(([a, b]) => `x${a},${b}\n`).join(''))

describe('cutting a file into blocks', () => {
  it('loses and changes nothing, packed or not, and cuts at ends of rows only', async () => {
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.integer({ min: 8, max: 400 }),
        fc.boolean(),
        async (rows, blockBytes, packed) => {
          const file = `a,b\n${rows}`
          const blocks = await cut(packed ? gzipSync(file) : file, { blockBytes: Math.max(blockBytes, 64) })
          expect(textOf(blocks)).toBe(rows)
          for (const { bytes } of blocks.slice(0, -1)) {
            expect(bytes.at(-1)).toBe(10)
            expect(bytes.filter((byte) => byte === 34).length % 2).toBe(0)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('gives the same later blocks when it goes on from one of them', async () => {
    const file = `a,b\n${Array.from({ length: 100 }, (_, row) => `${row},${row * row}\n`).join('')}`
    const all = await cut(file)
    expect(all.length).toBeGreaterThan(5)
    expect(await cut(file, { from: 3 })).toEqual(all.slice(3))
  })

  it('counts rows with the header as row 1, and knows the blank ones', async () => {
    const blocks = await cut('a,b\n1,2\n\n3,4\n')
    expect(blocks).toMatchObject([{ firstRow: 2, blanks: [2] }])
  })

  it('reads CP949 as UTF-8, and takes a byte-order mark off', async () => {
    // 0xC0 0xCF 0xC0 0xDA = 일자, 0xC1 0xBE 0xB0 0xA1 = 종가 (code page 949).
    const header = Buffer.from([0xc0, 0xcf, 0xc0, 0xda, 0x2c, 0xc1, 0xbe, 0xb0, 0xa1, 0x0a])
    const [korean] = await cut(Buffer.concat([header, Buffer.from('1,2\n')]), { encoding: 'cp949' })
    expect(korean?.header.columns).toEqual(['일자', '종가'])
    const [marked] = await cut('\ufeffa,b\r\n1,2\r\n')
    expect(marked?.header.columns).toEqual(['a', 'b'])
  })

  it.each([
    ['a;b;c\n1;2;3\n', ';'],
    ['a\tb\n1\t2\n', '\t'],
    ['"x,y"|b|c\n1|2|3\n', '|'],
  ])('finds the delimiter of %j', async (file, delimiter) => {
    const [block] = await cut(file)
    expect(block?.header.delimiter).toBe(delimiter)
  })

  it.each([
    ['a quote that is never closed', `a,b\n1,"2\n${'3,4\n'.repeat(200)}`, 'notTable', 2],
    ['one line without an end', 'x'.repeat(2_000_000), 'notTable', 1],
    ['a first row of numbers', '20240102,1,2\n20240103,1,2\n', 'header', 1],
    ['a name that is there twice', 'a,b,a\n1,2,3\n', 'header', 1],
    ['a blank first row', '\na,b\n', 'header', 1],
  ] as const)('refuses %s', async (_, file, code, row) => {
    const trouble = await cut(file).catch((error: unknown) => error)
    expect(trouble).toBeInstanceOf(CatalogTrouble)
    expect(trouble).toMatchObject({ code, row })
  })
})
