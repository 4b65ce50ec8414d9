/**
 * The hundred that are tried first: the heads of the yearly lists of leaked passwords (NordPass, SplashData, Have I Been Pwned), with
 * the longer forms and the Korean keyboard words that a limit of ten characters leaves.
 */
const LIST = `
123456 123456789 12345678 1234567890 12345 1234567 12345678910 0123456789 9876543210 0987654321
password password1 password123 password1234 passw0rd p@ssw0rd p@ssword passpass passport passwort
qwerty qwerty123 qwerty1234 qwertyuiop qwertyuiop123 qwert asdfghjkl asdfghjkl123 zxcvbnm zxcvbnm123
1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 qazwsxedc qazwsx q1w2e3r4 q1w2e3r4t5
111111 1111111111 000000 0000000000 123123 123123123 123321 654321 666666 121212
112233 1122334455 987654321 888888 88888888 555555 777777 159753 147258369 789456123
abc123 abcd1234 abcdefgh abcdefghij abc123456 a123456 a123456789 aa123456 asdf1234 asdfasdf
iloveyou iloveyou1 sunshine princess dragon monkey football baseball superman batman
welcome welcome1 welcome123 letmein letmein123 admin admin123 admin1234 administrator changeme
trustno1 starwars whatever master freedom shadow michael jordan23 charlie secret
dkssud dkssudgktpdy tkfkdgo tkfkdgody qlalfqjsgh qlqjs samsung samsung123 korea1234 garam
`

export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(LIST.split(/\s+/).filter((word) => word !== ''))
