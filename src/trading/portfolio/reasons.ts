import type { Price } from '../../model/money.ts'
import { averagePrice, gainRatio } from '../../model/position.ts'
import { kstClock, type TimeOfDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { ExitQuestion as Question } from './exit.ts'
import type { ActiveStage } from './levels.ts'

/** Groups of three, written by hand: what a runtime knows of locales must not change a recorded decision. */
const won = (value: number): string => `${String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')}원`
const percent = (ratio: number): string => `${ratio >= 0 ? '+' : ''}${(ratio * 100).toFixed(2)}%`

const againstAverage = ({ position, view }: Question): string =>
  `평균 ${won(averagePrice(position))} 대비 ${percent(gainRatio(position, view.last))}`

export const ofStopLoss = (question: Question): string =>
  `손절: ${againstAverage(question)} (기준 ${percent(-(question.settings.stopLossRatio ?? 0))})`

export const ofTakeProfit = (question: Question): string =>
  `익절: ${againstAverage(question)} (기준 ${percent(question.settings.takeProfitRatio ?? 0)})`

export function ofAtr({ position, view, atr, settings }: Question, level: Price): string {
  const { period = 0, multiple = 0 } = settings.atr ?? {}
  const range = atr === undefined ? '' : `, ATR(${period}) ${won(atr)} × ${multiple}`
  return `ATR 손절: 현재가 ${won(view.last)} ≤ ${won(level)} (평균 ${won(averagePrice(position))}${range})`
}

export function ofTrailing({ tracked, view }: Question, { number, stage }: ActiveStage): string {
  const back = percent(view.last / tracked.high - 1)
  const rule = `${percent(stage.activateRatio)} 이후 ${percent(-stage.giveBackRatio)}`
  return `추적 손절 ${number}단계: 고점 ${won(tracked.high)} 대비 ${back} (기준 ${rule})`
}

const duration = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? `${seconds}초` : `${minutes}분${seconds % 60 === 0 ? '' : ` ${seconds % 60}초`}`
}

export const ofTime = (heldMs: number, maxMs: number): string =>
  `보유 시간: ${duration(heldMs)} (기준 ${duration(maxMs)})`

/** The instant `time` after midnight, written in UTC: it prints as the time of day it is. */
const timeText = (time: TimeOfDay): string => new Date(time).toISOString().slice(11, 16)

export const ofEndOfDay = (now: EpochMs, from: TimeOfDay): string =>
  `장 마감 청산: ${kstClock(now)} (기준 ${timeText(from)})`
