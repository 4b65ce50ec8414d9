import { currencyOf } from '../../model/home-venue.ts'
import { moneyWords } from '../../model/money-words.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Desk } from './desk.ts'

/** An amount or a price in the currency of the desk's account. */
export const amountWords = ({ venue }: Pick<Desk, 'venue'>, value: number): Sentence =>
  moneyWords(currencyOf(venue), value)
