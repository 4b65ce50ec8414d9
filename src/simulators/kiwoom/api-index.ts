/**
 * Every domestic API of the vendor's 2026 specification: path → lines of `id name`. An id that is not listed does not
 * exist (1505); an id listed under another path is not served there (1504).
 * Source: Kiwoom REST API specification 2026, index of domestic APIs (207).
 */
const INDEX: Readonly<Record<string, string>> = {
  '/oauth2/token': `
    au10001 접근토큰 발급
  `,
  '/oauth2/revoke': `
    au10002 접근토큰폐기
  `,
  '/api/dostk/stkinfo': `
    ka00198 실시간종목조회순위
    ka10001 주식기본정보
    ka10002 주식거래원
    ka10003 체결정보
    ka10013 신용매매동향
    ka10015 일별거래상세
    ka10016 신고저가
    ka10017 상하한가
    ka10018 고저가근접
    ka10019 가격급등락
    ka10024 거래량갱신
    ka10025 매물대집중
    ka10026 고저PER
    ka10028 시가대비등락률
    ka10043 거래원매물대분석
    ka10052 거래원순간거래량
    ka10054 변동성완화장치발동종목
    ka10055 당일전일체결량
    ka10058 투자자별일별매매종목
    ka10059 종목별투자자기관별
    ka10061 종목별투자자기관별합계
    ka10084 당일전일체결
    ka10095 관심종목정보
    ka10099 종목정보 리스트
    ka10100 종목정보 조회
    ka10101 업종코드 리스트
    ka10102 회원사 리스트
    ka90003 프로그램순매수상위50
    ka90004 종목별프로그램매매현황
    kt20016 신용융자 가능종목
    kt20017 신용융자 가능문의
  `,
  '/api/dostk/acnt': `
    ka00001 계좌번호조회
    ka01690 일별잔고수익률
    ka10072 일자별종목별실현손익요청_일자
    ka10073 일자별종목별실현손익요청_기간
    ka10074 일자별실현손익
    ka10075 미체결
    ka10076 체결
    ka10077 당일실현손익상세
    ka10085 계좌수익률
    ka10088 미체결 분할주문 상세
    ka10170 당일매매일지
    kt00001 예수금상세현황
    kt00002 일별추정예탁자산현황
    kt00003 추정자산조회
    kt00004 계좌평가현황
    kt00005 체결잔고
    kt00007 계좌별주문체결내역상세
    kt00008 계좌별익일결제예정내역
    kt00009 계좌별주문체결현황
    kt00010 주문인출가능금액
    kt00011 증거금율별주문가능수량조회
    kt00012 신용보증금율별주문가능수량조회
    kt00013 증거금세부내역조회
    kt00015 위탁종합거래내역
    kt00016 일별계좌수익률상세현황
    kt00017 계좌별당일현황
    kt00018 계좌평가잔고내역
    kt50020 금현물 잔고확인
    kt50021 금현물 예수금
    kt50030 금현물 주문체결전체조회
    kt50031 금현물 주문체결조회
    kt50032 금현물 거래내역조회
    kt50075 금현물 미체결조회
  `,
  '/api/dostk/mrkcond': `
    ka10004 주식호가
    ka10005 주식일주월시분
    ka10006 주식시분
    ka10007 시세표성정보
    ka10011 신주인수권전체시세
    ka10044 일별기관매매종목
    ka10045 종목별기관매매추이
    ka10046 체결강도추이시간별
    ka10047 체결강도추이일별
    ka10063 장중투자자별매매
    ka10066 장마감후투자자별매매
    ka10078 증권사별종목매매동향
    ka10086 일별주가
    ka10087 시간외단일가
    ka50010 금현물체결추이
    ka50012 금현물일별추이
    ka50087 금현물예상체결
    ka50100 금현물 시세정보
    ka50101 금현물 호가
    ka90005 프로그램매매추이요청 시간대별
    ka90006 프로그램매매차익잔고추이
    ka90007 프로그램매매누적추이
    ka90008 종목시간별프로그램매매추이
    ka90010 프로그램매매추이요청 일자별
    ka90013 종목일별프로그램매매추이
  `,
  '/api/dostk/frgnistt': `
    ka10008 주식외국인종목별매매동향
    ka10009 주식기관
    ka10131 기관외국인연속매매현황
    ka52301 금현물투자자현황
  `,
  '/api/dostk/sect': `
    ka10010 업종프로그램
    ka10051 업종별투자자순매수
    ka20001 업종현재가
    ka20002 업종별주가
    ka20003 전업종지수
    ka20009 업종현재가일별
  `,
  '/api/dostk/shsa': `
    ka10014 공매도추이
  `,
  '/api/dostk/rkinfo': `
    ka10020 호가잔량상위
    ka10021 호가잔량급증
    ka10022 잔량율급증
    ka10023 거래량급증
    ka10027 전일대비등락률상위
    ka10029 예상체결등락률상위
    ka10030 당일거래량상위
    ka10031 전일거래량상위
    ka10032 거래대금상위
    ka10033 신용비율상위
    ka10034 외인기간별매매상위
    ka10035 외인연속순매매상위
    ka10036 외인한도소진율증가상위
    ka10037 외국계창구매매상위
    ka10038 종목별증권사순위
    ka10039 증권사별매매상위
    ka10040 당일주요거래원
    ka10042 순매수거래원순위
    ka10053 당일상위이탈원
    ka10062 동일순매매순위
    ka10065 장중투자자별매매상위
    ka10098 시간외단일가등락율순위
    ka90009 외국인기관매매상위
  `,
  '/api/dostk/elw': `
    ka10048 ELW일별민감도지표
    ka10050 ELW민감도지표
    ka30001 ELW가격급등락
    ka30002 거래원별ELW순매매상위
    ka30003 ELWLP보유일별추이
    ka30004 ELW괴리율
    ka30005 ELW조건검색
    ka30009 ELW등락율순위
    ka30010 ELW잔량순위
    ka30011 ELW근접율
    ka30012 ELW종목상세정보
  `,
  '/api/dostk/chart': `
    ka10060 종목별투자자기관별차트
    ka10064 장중투자자별매매차트
    ka10079 주식틱차트조회
    ka10080 주식분봉차트조회
    ka10081 주식일봉차트조회
    ka10082 주식주봉차트조회
    ka10083 주식월봉차트조회
    ka10094 주식년봉차트조회
    ka20004 업종틱차트조회
    ka20005 업종분봉조회
    ka20006 업종일봉조회
    ka20007 업종주봉조회
    ka20008 업종월봉조회
    ka20019 업종년봉조회
    ka50079 금현물틱차트조회
    ka50080 금현물분봉차트조회
    ka50081 금현물일봉차트조회
    ka50082 금현물주봉차트조회
    ka50083 금현물월봉차트조회
    ka50091 금현물당일틱차트조회
    ka50092 금현물당일분봉차트조회
  `,
  '/api/dostk/slb': `
    ka10068 대차거래추이
    ka10069 대차거래상위10종목
    ka20068 대차거래추이요청(종목별)
    ka90012 대차거래내역
  `,
  '/api/dostk/websocket': `
    ka10171 조건검색 목록조회
    ka10172 조건검색 요청 일반
    ka10173 조건검색 요청 실시간
    ka10174 조건검색 실시간 해제
    00 주문체결
    04 잔고
    0A 주식기세
    0B 주식체결
    0C 주식우선호가
    0D 주식호가잔량
    0E 주식시간외호가
    0F 주식당일거래원
    0G ETF NAV
    0H 주식예상체결
    0I 국제금환산가격
    0J 업종지수
    0U 업종등락
    0g 주식종목정보
    0m ELW 이론가
    0s 장시작시간
    0u ELW 지표
    0w 종목프로그램매매
    1h VI발동/해제
  `,
  '/api/dostk/etf': `
    ka40001 ETF수익율
    ka40002 ETF종목정보
    ka40003 ETF일별추이
    ka40004 ETF전체시세
    ka40006 ETF시간대별추이
    ka40007 ETF시간대별체결
    ka40008 ETF일자별체결
    ka40009 ETF시간대별체결
    ka40010 ETF시간대별추이
  `,
  '/api/dostk/thme': `
    ka90001 테마그룹별
    ka90002 테마구성종목
  `,
  '/api/dostk/ordr': `
    kt10000 주식 매수주문
    kt10001 주식 매도주문
    kt10002 주식 정정주문
    kt10003 주식 취소주문
    kt50000 금현물 매수주문
    kt50001 금현물 매도주문
    kt50002 금현물 정정주문
    kt50003 금현물 취소주문
  `,
  '/api/dostk/crdordr': `
    kt10006 신용 매수주문
    kt10007 신용 매도주문
    kt10008 신용 정정주문
    kt10009 신용 취소주문
  `,
}

export interface Api {
  readonly id: string
  readonly path: string
  readonly name: string
}

export const APIS: ReadonlyMap<string, Api> = new Map(
  Object.entries(INDEX).flatMap(([path, lines]) =>
    lines
      .trim()
      .split('\n')
      .map((line) => {
        const [id = '', ...name] = line.trim().split(' ')
        return [id, { id, path, name: name.join(' ') }] as const
      }),
  ),
)

/** Of US stocks: the paths are there, and none of their ids exists (1505): the vendor lists them as planned. */
const US_PATHS = 'rkinfo chart stkinfo mrkcond sect acnt ordr etc invtinfo'
  .split(' ')
  .map((name) => `/api/us/${name}`)

export const PATHS: ReadonlySet<string> = new Set([...Object.keys(INDEX), ...US_PATHS])

/** Placing, amending and cancelling count on a bucket of their own. */
export const isOrder = (id: string): boolean => /^kt1000[0-9]$/.test(id) || /^kt5000[0-3]$/.test(id)
