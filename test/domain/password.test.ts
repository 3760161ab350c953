import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decidePassword, isCommonPassword, normalPassword } from '#domain/password.ts'

const verdict = (password: string, login = 'cpw-tirana') => {
  const decision = decidePassword(password, { login })
  return decision.ok ? 'ok' : decision.refusal.code
}

describe('a password', () => {
  test.each([
    ['katër hapa deri te lumi', 'ok'],
    ['gurët e bardhë të Valbonës', 'ok'],
    ['x9!kd-P2mzq_7', 'ok'],
    ['ëëëëëëëëëëë', 'password_too_short'],
    ['shkurt', 'password_too_short'],
    ['a'.repeat(129), 'password_too_long'],
    ['cpw-tirana12', 'password_is_login'],
    ['CPW-Tirana!!!!', 'password_is_login'],
    ['Password1234', 'password_common'],
    ['P4ssw0rd!2026', 'password_common'],
    ['Fjalëkalimi1!', 'password_common'],
    ['shqiperia2026', 'password_common'],
    ['tiranatirana', 'password_common'],
    ['123456789012', 'password_common'],
    ['098765432109', 'password_common'],
    ['abcdefghijklm', 'password_common'],
    ['aaaaaaaaaaaa', 'password_common'],
    ['abababababab', 'password_common'],
    ['qwertyuiop12', 'password_common'],
  ])('%s: %s', (password, expected) => expect(verdict(password)).toBe(expected))

  test('counts people’s characters, and ë is one however it was typed', () => {
    expect(verdict('zgjëdhë lirë'.normalize('NFD'))).toBe('ok')
    expect(normalPassword('ë'.normalize('NFD'))).toBe(normalPassword('ë'))
  })

  test('random long passwords are not called common', () => {
    const letters = fc.array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzëç0123456789 -'), {
      minLength: 24,
      maxLength: 60,
    })
    fc.assert(
      fc.property(letters, (list) => {
        fc.pre(new Set(list).size >= 8)
        return !isCommonPassword(list.join(''))
      }),
    )
  })
})
