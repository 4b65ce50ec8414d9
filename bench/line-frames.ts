/** Frames as the server writes them, for benchmarks. Shapes: frames recorded in 2026-09. */

export const SYMBOLS = Array.from({ length: 95 }, (_, i) => String(100_000 + i * 10))
export const BASE = 10_000

const signed = (price: number) => (price > BASE ? `+${price}` : price < BASE ? `-${price}` : String(price))

/** A trade frame of the recorded shape: 40-odd fields, one Hangul name, about 700 bytes. */
export function tradeFrame(symbol: string, price: number, at: string, volume: number): string {
  const p = signed(price)
  return `{"trnm":"REAL","data":[{"type":"0B","name":"주식체결","item":"${symbol}","values":{"20":"${at}","10":"${p}","11":"+500","12":"+0.70","27":"${signed(price + 10)}","28":"${p}","15":"+12","13":"${volume}","14":"579123","16":"+10020","17":"+10050","18":"-9980","25":"2","26":"-676656","29":"-45687000000","30":"-92.31","31":"0.14","32":"157","228":"104.22","311":"4232541","290":"2","691":"0","567":"000000","568":"000000","851":"98.10","1890":"090013","1891":"093122","1892":"090541","1030":"3900120","1031":"4064556","1032":"51.03","1071":"21110","1072":"22041","1313":"858","1315":"0","1316":"12","1314":"164436","1497":"0","1498":"0","620":"71290","732":"0","852":"0","9081":"KRX"}}]}`
}

/** The first 25 fields of it, about 420 bytes: the frame of the performance page. */
export function shortTradeFrame(symbol: string, price: number, at: string, volume: number): string {
  const full = tradeFrame(symbol, price, at, volume)
  return `${full.slice(0, full.indexOf(',"1890"'))},"9081":"KRX"}}]}`
}

/** A whole sale filled, as the `00` frames of 2026-09 spell it: what identifies it, what was asked, what was traded. */
export function fillFrame(symbol: string, number: string, quantity: number, price: number): string {
  const value = quantity * price
  return `{"trnm":"REAL","data":[{"type":"00","name":"주문체결","item":"","values":{"9201":"5012345610","9203":"${number}","9205":"","9001":"A${symbol}","912":"JJ","913":"체결","302":"종목${symbol}","900":"${quantity}","901":"0","902":"0","903":"${value}","904":"0000000","905":"-매도","906":"시장가","907":"1","908":"100000","909":"${Number(number)}","910":"${price}","911":"${quantity}","10":"${price}","27":"${price + 10}","28":"${price}","914":"${price}","915":"${quantity}","938":"0","939":"0","919":"0","920":"","921":"0000001","922":"00","923":"","10010":" ${BASE}","2134":"1","2135":"KRX","2136":"N"}}]}`
}

const STEPS = Array.from({ length: 10 }, (_, i) => i)

/** A book with ten steps a side and its totals, about 1.5 kB. */
export function bookFrame(symbol: string, price: number, at: string): string {
  const sides = STEPS.map((i) => {
    const ask = signed(price + 10 * (i + 1))
    const bid = signed(price - 10 * i)
    return `"${41 + i}":"${ask}","${61 + i}":"${1_204 + i}","${81 + i}":"${i - 4}","${51 + i}":"${bid}","${71 + i}":"${2_310 + i}","${91 + i}":"${3 - i}"`
  }).join(',')
  return `{"trnm":"REAL","data":[{"type":"0D","name":"주식호가잔량","item":"${symbol}","values":{"21":"${at}",${sides},"121":"18317","122":"+188","125":"19221","126":"-20","23":"0","24":"0","128":"+904","129":"104.93","138":"-904","139":"95.30","200":"0","201":"+0.00","238":"3","291":"0","292":"0","293":"","294":"0","295":"+0.00","13":"8123456","10":"${signed(price)}","215":"2","216":""}}]}`
}
