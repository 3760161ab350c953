import { describe, expect, it } from 'vitest'
import { limiter } from '#server/public/limits.ts'

const minute = 60_000

describe('limits of the public pages', () => {
  const limits = {
    send: { perAddress: 2, together: 3, window: 60 * minute },
    complain: { perAddress: 2, together: 3, window: 60 * minute },
    look: { perAddress: 5, together: 100, window: 10 * minute },
  }

  it('counts each address apart, each act apart, and tells how long to wait', () => {
    let now = 0
    const limit = limiter(limits, () => now)
    expect([limit.wait('send', 'a'), limit.wait('send', 'a')]).toEqual([null, null])
    now = 30 * minute
    expect(limit.wait('send', 'a')).toBe(30)
    expect(limit.wait('look', 'a')).toBeNull()
    expect(limit.wait('send', 'b')).toBeNull()
    now = 60 * minute
    expect(limit.wait('send', 'a')).toBeNull()
  })

  it('holds everybody together too, so that many addresses do not add up', () => {
    const limit = limiter(limits, () => 0)
    expect(['a', 'b', 'c'].map((address) => limit.wait('send', address))).toEqual([null, null, null])
    expect(limit.wait('send', 'd')).toBe(60)
  })

  it('does not count what it refused: waiting is never made longer by trying', () => {
    let now = 0
    const limit = limiter(limits, () => now)
    for (let i = 0; i < 10; i++) limit.wait('send', 'a')
    now = 60 * minute
    expect([limit.wait('send', 'a'), limit.wait('send', 'b'), limit.wait('send', 'c')]).toEqual([
      null,
      null,
      null,
    ])
  })

  it('stays small under a flood of addresses, and the common limit stands', () => {
    const limit = limiter({ ...limits, look: { perAddress: 5, together: 30_000, window: minute } }, () => 0)
    const waits = Array.from({ length: 30_000 }, (_, i) => limit.wait('look', `10.0.${i}`))
    expect(waits.every((wait) => wait === null)).toBe(true)
    expect(limit.wait('look', 'another')).toBe(1)
  })
})

it('one place of version 6 counts once, however many addresses it takes', () => {
  const { wait } = limiter(
    {
      send: { perAddress: 2, together: 99, window: minute },
      complain: { perAddress: 2, together: 99, window: minute },
      look: { perAddress: 2, together: 99, window: minute },
    },
    () => 0,
  )
  expect(wait('send', '2001:db8:0:1::1')).toBeNull()
  expect(wait('send', '2001:db8::1:aaaa:0:0:2')).toBeNull()
  expect(wait('send', '2001:0db8:0000:0001:ffff:ffff:ffff:ffff')).toBe(1)
  expect(wait('send', '2001:db8:0:2::1')).toBeNull()
  expect(wait('send', '::ffff:192.0.2.7')).toBeNull()
  // Complaints are counted apart.
  expect(wait('complain', '2001:db8:0:1::1')).toBeNull()
})
