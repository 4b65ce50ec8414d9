import type { Designation } from '../../../../model/instrument.ts'
import type { NameKind } from './tree.ts'
import { CLASSES, DESIGNATION_WORDS, MARKETS } from './words.ts'

// Names are numbers in the memory of an instrument: their place in these lists.
const NAMES: Readonly<Record<NameKind, readonly string[]>> = {
  market: Object.keys(MARKETS),
  class: Object.keys(CLASSES),
  designation: Object.keys(DESIGNATION_WORDS),
}

export const codeOf = (kind: NameKind, name: string): number => NAMES[kind].indexOf(name)

export const nameOf = (kind: NameKind, code: number): string | undefined => NAMES[kind][code]

export const designationBit = (designation: string): number => codeOf('designation', designation)

/** The designations as bits. */
export const designationBits = (designations: readonly Designation[]): number =>
  designations.reduce((bits, each) => bits | (1 << designationBit(each)), 0)
