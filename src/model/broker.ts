/** Whose order counter our orders pass. */
export type Broker = 'kiwoom'

/** simulated: our own server; paper: the broker's mock investing (모의투자); live: real money. */
export type BrokerEnvironment = 'simulated' | 'paper' | 'live'
