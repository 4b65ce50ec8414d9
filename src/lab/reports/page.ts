import type { Sentence } from '../../model/sentence.ts'
import { escaped } from './format.ts'
import { STYLE } from './style.ts'

/** A line of a list: what, and how it was. */
export interface Fact extends Sentence {
  readonly value: string
}

/** Parts as one HTML page that needs nothing else: no script, no font, no network. */
export const page = ({ ko }: Sentence, parts: readonly string[]): string =>
  `<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(ko)}</title><style>${STYLE}</style></head><body><main>${parts.join('\n')}</main></body></html>\n`

export const heading = ({ ko, en }: Sentence, subtitle: string): string =>
  `<h1>${escaped(ko)} <small class="en">${escaped(en)}</small></h1><p class="sub">${escaped(subtitle)}</p>`

/** Without anything inside there is no section. */
export const section = (ko: string, en: string, inside: string, kind = ''): string =>
  inside === ''
    ? ''
    : `<section class="${kind}"><h2>${escaped(ko)} <small>${escaped(en)}</small></h2>${inside}</section>`

export const list = (sentences: readonly Sentence[]): string =>
  sentences.length === 0
    ? ''
    : `<ul>${sentences.map(({ ko, en }) => `<li>${escaped(ko)}<br><span class="en">${escaped(en)}</span></li>`).join('')}</ul>`

export const facts = (all: readonly Fact[]): string =>
  `<dl>${all.map(({ ko, en, value }) => `<div><dt>${escaped(ko)}<small>${escaped(en)}</small></dt><dd style="white-space:normal;text-align:right">${escaped(value)}</dd></div>`).join('')}</dl>`
