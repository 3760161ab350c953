/**
 * What a password may be. Length is what protects (NIST SP 800-63B §5.1.1.2): at least 12 characters, no rules on
 * their kind, nothing that is guessed first. Lengths are counted in Unicode characters after NFC.
 */
import { type Decision, refuse } from './core.ts'

export const passwordLength = { min: 12, max: 128 } as const

/** The one form that is hashed and compared, so that ë typed as one or as two code points is the same. */
export const normalPassword = (typed: string): string => typed.normalize('NFC')

/**
 * Stems of the passwords tried first, in Albanian, English and on keyboards. A password that is only a stem, twice a
 * stem, or a stem with digits and signs around it is refused. Own list, kept short on purpose: a long one belongs to
 * the operator's own checks.
 */
const stems = new Set(
  `password passwort parola parole fjalekalim fjalekalimi fjalkalim sekret sekreti secret letmein welcome welcomehome
  miresevini mireserdhe mireserdhet pershendetje admin administrator administratori perdorues perdoruesi user root
  mburoja shqiperi shqiperia shqiptar shqiptare shqipe shqiponja albania albanian tirana tirane tirona durres durresi
  vlore vlora shkoder shkodra elbasan elbasani korce korca fier fieri berat berati kukes kosova kosove prishtina
  kuqezi kuqezinj atdheu liria skenderbeu skenderbe nenetereza bashkia ministria qeveria policia femija femijet
  mbrojtja drejtoria njmf ashmdf shtepia familja nenababa dashuria tedua teduashume zemra zemer shpirti jeta
  qwerty qwertyui qwertyuiop qwertz qwertzuiop asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc iloveyou
  football futboll futbolli partizani dinamo monkey dragon sunshine princess superman batman starwars master
  changeme changethis default test testing demo guest computer kompjuter internet michael jesus abc abcd abcdef
  abcdefg abcdefgh abcdefghijkl trustno passphrase correcthorsebatterystaple winter spring summer autumn dimer
  dimri pranvera vera vjeshta january january janar shkurt mars prill maj qershor korrik gusht shtator tetor
  nentor dhjetor hyrje hyrja login signin`
    .split(/\s+/)
    .filter((stem) => stem.length > 0),
)

const signs: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** Lower case, no accents: how a stem is written. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Letters alone, once as they stand and once with the usual digits for letters. */
function letterForms(text: string): readonly string[] {
  const low = plain(text)
  const bare = low.replace(/[^\p{L}]/gu, '')
  const core = low.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const leet = [...core].map((c) => signs[c] ?? c).join('')
  return [bare, core.replace(/[^\p{L}]/gu, ''), leet.replace(/[^\p{L}]/gu, '')]
}

/** The shortest piece whose repetition is the text, or the text itself. */
function period(text: string): string {
  for (let n = 1; n <= text.length / 2; n++) {
    const piece = text.slice(0, n)
    if (text.length % n === 0 && piece.repeat(text.length / n) === text) return piece
  }
  return text
}

/** Only digits in a row, upward or downward, or the same few characters again and again. */
function trivial(text: string): boolean {
  const points = [...text].map((c) => c.codePointAt(0) ?? 0)
  let steps = 0
  for (let i = 1; i < points.length; i++) {
    const step = points[i]! - points[i - 1]!
    if (Math.abs(step) <= 1 || Math.abs(step) === 9) steps++
  }
  return new Set(points).size < 5 || steps >= points.length - 2 || [...period(text)].length <= 4
}

/** Whether this password is among those that an attacker tries first. */
export function isCommonPassword(password: string): boolean {
  const text = plain(normalPassword(password))
  return trivial(text) || letterForms(text).some((form) => stems.has(form) || stems.has(period(form)))
}

/**
 * Whether a new password may be set for this account. Refusals name the field `password`.
 * The login counts as guessed first when it makes up most of the password.
 */
export function decidePassword(password: string, account: { readonly login: string }): Decision<never> {
  const text = normalPassword(password)
  const length = [...text].length
  if (length < passwordLength.min)
    return refuse('password_too_short', 'password', { min: passwordLength.min })
  if (length > passwordLength.max) return refuse('password_too_long', 'password', { max: passwordLength.max })
  const login = plain(account.login)
  const rest = login.length === 0 ? plain(text) : plain(text).split(login).join('')
  if ([...rest].length < 6 && rest !== plain(text)) return refuse('password_is_login', 'password')
  if (isCommonPassword(text)) return refuse('password_common', 'password')
  return { ok: true, events: [] }
}
