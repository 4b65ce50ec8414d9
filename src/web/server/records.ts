import type {
  DayCurveMessage,
  DaysMessage,
  FillsPage,
  FillsQuery,
  OrderLife,
  OrdersPage,
  OrdersQuery,
  RecordedOrderMessage,
  RefusalsPage,
  RefusalsQuery,
  ReplayMessage,
  TrailEntry,
  TrailPage,
  TrailQuery,
  TripsPage,
  VerificationMessage,
} from '../contract/records.ts'

type Paged<Q> = Omit<Q, 'day'>

/** What can be asked about a recorded day, and what answers it. */
export interface RecordAnswers {
  readonly orders: { readonly asked: Paged<OrdersQuery>; readonly given: OrdersPage }
  readonly order: { readonly asked: { readonly id: string }; readonly given: OrderLife | undefined }
  readonly everyOrder: { readonly asked: object; readonly given: readonly RecordedOrderMessage[] }
  readonly fills: { readonly asked: Paged<FillsQuery>; readonly given: FillsPage }
  readonly refusals: { readonly asked: Paged<RefusalsQuery>; readonly given: RefusalsPage }
  readonly trail: {
    /** `signIns`: lines that stand among those of the record, oldest first. */
    readonly asked: Paged<TrailQuery> & { readonly signIns: readonly TrailEntry[] }
    readonly given: TrailPage
  }
  readonly trips: { readonly asked: object; readonly given: TripsPage }
  readonly curve: { readonly asked: object; readonly given: DayCurveMessage }
  readonly replay: { readonly asked: { readonly at: number }; readonly given: ReplayMessage }
}

export type RecordTopic = keyof RecordAnswers

/** The records of all days, read while they are written and never touched. */
export interface Records {
  /** Newest first. */
  days(): Promise<DaysMessage['days']>
  /**
   * Answers from what has been read of the day's record so far; the first question about a day begins the reading. Gives
   * `undefined` when there is no such day. Errors: a `Trouble` when the record cannot be read at all.
   */
  ask<T extends RecordTopic>(
    day: string,
    topic: T,
    asked: RecordAnswers[T]['asked'],
  ): Promise<RecordAnswers[T]['given'] | undefined>
  /** Begins to check every record of a day; does nothing while that runs. */
  verify(day: string): Promise<VerificationMessage | undefined>
  verification(day: string): Promise<VerificationMessage | undefined>
  cancelVerification(day: string): Promise<VerificationMessage | undefined>
  close(): Promise<void>
}
