/** How much happens on a simulated day. */
export type FlowProfile = 'lively' | 'normal' | 'quiet'

export interface Liveliness {
  /** Factor on how often participants act. */
  readonly pace: number
  /** Mean minutes between two episodes of one ordinary name. */
  readonly episodeEveryMinutes: number
  /** The same within the first `morningMinutes` of continuous trading. */
  readonly morningEveryMinutes: number
  readonly morningMinutes: number
  /** Mean minutes between two theme waves. */
  readonly waveEveryMinutes: number
  /** Shares of names that open well above and well below their base price. */
  readonly gapUpShare: number
  readonly gapDownShare: number
}

export const PROFILES: Readonly<Record<FlowProfile, Liveliness>> = {
  lively: {
    pace: 1,
    episodeEveryMinutes: 45,
    morningEveryMinutes: 22,
    morningMinutes: 90,
    waveEveryMinutes: 14,
    gapUpShare: 0.28,
    gapDownShare: 0.1,
  },
  normal: {
    pace: 0.8,
    episodeEveryMinutes: 120,
    morningEveryMinutes: 70,
    morningMinutes: 60,
    waveEveryMinutes: 50,
    gapUpShare: 0.08,
    gapDownShare: 0.05,
  },
  quiet: {
    pace: 0.4,
    episodeEveryMinutes: 400,
    morningEveryMinutes: 300,
    morningMinutes: 30,
    waveEveryMinutes: 200,
    gapUpShare: 0.02,
    gapDownShare: 0.02,
  },
}
