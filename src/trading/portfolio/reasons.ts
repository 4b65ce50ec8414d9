import { currencyOf, localClock } from '../../model/home-venue.ts'
import type { Price } from '../../model/money.ts'
import { moneyWords } from '../../model/money-words.ts'
import { averagePrice, gainRatio } from '../../model/position.ts'
import type { TimeOfDay } from '../../model/time.ts'
import type { ExitQuestion as Question } from './exit.ts'
import type { ActiveStage } from './levels.ts'

/** Prices are those of the board that the position is watched on. */
const money = ({ view }: Question, value: number): string => moneyWords(currencyOf(view.board), value).ko
const percent = (ratio: number): string => `${ratio >= 0 ? '+' : ''}${(ratio * 100).toFixed(2)}%`

const againstAverage = (question: Question): string => {
  const { position, view } = question
  return `평균 ${money(question, averagePrice(position))} 대비 ${percent(gainRatio(position, view.last))}`
}

export const ofStopLoss = (question: Question): string =>
  `손절: ${againstAverage(question)} (기준 ${percent(-(question.settings.stopLossRatio ?? 0))})`

export const ofTakeProfit = (question: Question): string =>
  `익절: ${againstAverage(question)} (기준 ${percent(question.settings.takeProfitRatio ?? 0)})`

export function ofAtr(question: Question, level: Price): string {
  const { position, view, atr, settings } = question
  const as = (value: number) => money(question, value)
  const { period = 0, multiple = 0 } = settings.atr ?? {}
  const range = atr === undefined ? '' : `, ATR(${period}) ${as(atr)} × ${multiple}`
  return `ATR 손절: 현재가 ${as(view.last)} ≤ ${as(level)} (평균 ${as(averagePrice(position))}${range})`
}

export function ofTrailing(question: Question, { number, stage }: ActiveStage): string {
  const { tracked, view } = question
  const back = percent(view.last / tracked.high - 1)
  const rule = `${percent(stage.activateRatio)} 이후 ${percent(-stage.giveBackRatio)}`
  return `추적 손절 ${number}단계: 고점 ${money(question, tracked.high)} 대비 ${back} (기준 ${rule})`
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

export const ofEndOfDay = ({ view, now }: Question, from: TimeOfDay): string =>
  `장 마감 청산: ${localClock(view.board, now)} (기준 ${timeText(from)})`
