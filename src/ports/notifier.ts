/** A message for people. `urgent` wakes them up. */
export interface Notice {
  readonly level: 'info' | 'warning' | 'urgent'
  readonly at: number
  readonly ko: string
  readonly en: string
}

export interface Notifier {
  /** Never blocks trading and never throws; what could not be delivered is counted. */
  notify(notice: Notice): void
}
