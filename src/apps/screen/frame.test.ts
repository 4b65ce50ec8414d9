import { describe, expect, it } from 'vitest'
import { krw, price, quantity } from '../../model/money.ts'
import { sampleHealth, sampleOrder, samplePosition, sampleView } from '../testing/sample-view.ts'
import { type FrameOptions, frame } from './frame.ts'
import { displayWidth, plain } from './width.ts'

const options: FrameOptions = {
  width: 80,
  height: 24,
  title: '시뮬레이션 simulated',
  speed: 20,
  sentence: (denial) => ({ ko: `거부: ${denial.code}`, en: denial.code }),
}

const shown = (view = sampleView(), change: Partial<FrameOptions> = {}) =>
  frame(view, sampleHealth, { ...options, ...change }).map(plain)

const busy = () =>
  sampleView({
    positions: Array.from({ length: 30 }, (_, i) =>
      samplePosition({
        name: `아주아주긴이름의종목전환우선주${i}`,
        last: price(1_234_000),
        pnl: krw(-12_345_678),
      }),
    ),
    orders: Array.from({ length: 30 }, () =>
      sampleOrder({
        quantity: quantity(1_234_567),
        filled: quantity(234_567),
        reason: '몹시 긴 이유가 여기에 '.repeat(5),
      }),
    ),
    conditions: Array.from({ length: 20 }, (_, i) => ({
      id: sampleView().conditions[0]?.id as never,
      name: `장초반 거래대금 상위 돌파 조건식 ${i}`,
      use: 'buy' as const,
      entered: 1000 + i,
      ordered: i,
      lastAt: sampleView().now,
    })),
    happenings: Array.from({ length: 200 }, (_, i) => ({
      at: sampleView().now,
      level: 'info' as const,
      ko: `사건 ${i} ${'길다'.repeat(60)}`,
      en: 'event',
    })),
  })

describe('the screen', () => {
  it.each([
    [60, 12],
    [80, 24],
    [80, 40],
    [132, 50],
    [200, 70],
  ])('fills %i×%i exactly and overflows no line, empty or busy', (width, height) => {
    for (const view of [
      sampleView(),
      busy(),
      sampleView({ positions: [], orders: [], conditions: [], happenings: [], refusals: [] }),
    ]) {
      const lines = frame(view, sampleHealth, { ...options, width, height })
      expect(lines).toHaveLength(height)
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
    }
  })

  it('shows index, positions, working orders, refusals with their sentence and events', () => {
    const text = shown().join('\n')
    expect(text).toMatch(/KOSPI 3,120\.55 ▲12\.40 \+0\.40%/)
    expect(text).toMatch(/KOSDAQ 901\.22 ▼3\.11 -0\.34%/)
    expect(text).toMatch(/삼성전자 +14 +71,500 +72,300 +\+1\.12% +\+9,210 +69,800/)
    expect(text).toMatch(/09:31:02 SK하이닉스 +매수 +9 +201,500 접수/)
    expect(text).toMatch(/에코프로비엠 \(거래량 급증\) 거부: positionCountExceedsMax/)
    expect(text).toMatch(/신고가 편입/)
    expect(text).toMatch(/슬롯 61\/95\+3/)
  })

  it('lines up numbers under their headings when names are Korean', () => {
    const lines = shown(
      sampleView({ positions: [samplePosition({ name: '삼성전자' }), samplePosition({ name: 'LG' })] }),
    )
    const [korean, latin] = ['삼성전자', '  LG '].map(
      (name) => lines.find((line) => line.includes(name)) ?? '',
    )
    const cellsBefore = (line = '') => displayWidth(line.slice(0, line.indexOf('71,500')))
    expect(cellsBefore(korean)).toBe(cellsBefore(latin))
    expect(cellsBefore(korean)).toBeGreaterThan(0)
  })

  it('lights a condition that fired just now', () => {
    const text = shown().join('\n')
    expect(text).toMatch(/\* 매수 거래량 급증 12→5/)
    expect(text).toMatch(/ {3}매도 급락 2→1| {2}매도 급락 2→1/)
    expect(text).not.toMatch(/\* 매도 급락/)
  })

  it.each([
    [{ halt: 'halted' as const }, /■ 정지 halted/],
    [{ feedUp: false }, /시세 끊김/],
    [{ accountKnown: false }, /계좌 확인 중/],
    [{ buyingPaused: true }, /매수 중지 buying paused/],
    [{}, /● 매매 중/],
  ])('says what state trading is in: %j', (change, words) => {
    expect(shown(sampleView(change))[1]).toMatch(words)
  })

  it('leaves out finished orders and counts what does not fit', () => {
    expect(shown(sampleView({ orders: [sampleOrder({ status: 'filled' })] })).join('\n')).toMatch(
      /working orders 0/,
    )
    expect(shown(busy()).join('\n')).toMatch(/… 외 \d+건 more/)
  })

  it.each([
    [{ low: 0.034, high: 0.412 }, '접수 체결 3~41%'],
    [{ low: 0.0001, high: 0.9999 }, '접수 체결 1~99%'],
    [{ low: 0, high: 1 }, '접수 체결 0~100%'],
  ])('shows between what chances an order at a locked limit price fills: %o', (fills, words) => {
    const queue = { ahead: { low: 4_500, high: 9_000 }, fills }
    const at = (width: number) =>
      shown(sampleView({ orders: [sampleOrder({ queue })] }), { width }).join('\n')
    expect(at(80)).toContain(words)
    expect(at(140)).toContain('앞 ahead 4,500~9,000주 · 신고가 편입')
    expect(shown().join('\n')).not.toContain('접수 체결')
  })

  it('shows where the dashboard is, whole, below the title', () => {
    const link = 'http://127.0.0.1:8787/enter/0123456789012345678901'
    const lines = shown(busy(), { link })
    expect(lines[1]).toContain(link)
    expect(lines).toHaveLength(options.height)
    expect(shown().join()).not.toMatch(/대시보드/)
  })

  it('shows a question in place of the keys', () => {
    const lines = shown(sampleView(), { message: '정말 청산할까요?' })
    expect(lines.at(-1)).toBe('정말 청산할까요?')
  })

  it('marks a position that is being sold with the exit instead of its stop', () => {
    const text = shown(sampleView({ positions: [samplePosition({ exiting: 'stopLoss' })] })).join('\n')
    expect(text).toMatch(/\+9,210 +손절/)
  })
})
