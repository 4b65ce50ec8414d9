/**
 * Where a venue's day stands. `closed` outside every session; `halted` while the whole market stands still (circuit
 * breaker). Instruments have states of their own on top: VI, trading halt.
 * preClose 장전 시간외 종가 · openingCall 시가 단일가 · continuous 접속매매 · closingCall 종가 단일가 ·
 * postCloseEntry 장후 시간외 접수 15:30–15:40 · postClose 장후 시간외 종가 · offHoursSingle 시간외 단일가 (until 2026-09-11) ·
 * afterMarket 애프터마켓 (since 2026-09-14) · preMarket NXT 프리마켓 · afterMarketEntry NXT 애프터마켓 접수 15:30–15:40:
 * limit orders queue, nothing trades.
 */
export type Phase =
  | 'closed'
  | 'preClose'
  | 'openingCall'
  | 'continuous'
  | 'closingCall'
  | 'postCloseEntry'
  | 'postClose'
  | 'offHoursSingle'
  | 'afterMarket'
  | 'preMarket'
  | 'afterMarketEntry'
  | 'halted'
