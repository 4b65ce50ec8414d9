/**
 * The fields of one API as the vendor lists them, names separated by blanks.
 *
 * `asks`: the request in the order of the specification; `?` after a name: may be absent; `:day`, `:code`, `:venue`: its form.
 * `top`: the flat fields of the answer. `list`: the name of its array, `row`: the fields of one element.
 */
export interface FieldList {
  readonly asks?: string
  readonly top?: string
  readonly list?: string
  readonly row?: string
}

export type FieldLists = Readonly<Record<string, FieldList>>
