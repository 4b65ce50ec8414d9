/** What the server asks of names and passwords, for hints while somebody types; a test holds it to the server's own rules. */
export const PASSWORD_MIN = 10
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{1,31}$/u

export const isName = (name: string): boolean => NAME.test(name)

/** Of a password that is being typed: what is met already. Whether it is a common one, the server says. */
export function passwordHints(password: string, name: string) {
  const text = password.normalize('NFKC')
  const isWithoutName = name === '' || !text.toLowerCase().includes(name.normalize('NFKC').toLowerCase())
  return { isLong: [...text].length >= PASSWORD_MIN, isWithoutName: text !== '' && isWithoutName }
}
