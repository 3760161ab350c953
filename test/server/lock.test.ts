import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isAlive, myName, takeLock } from '#server/lock.mjs'

const directory = mkdtempSync(join(tmpdir(), 'mb-lock-'))
let number = 0
const lock = (): string => {
  number += 1
  return join(directory, String(number))
}
afterAll(() => rmSync(directory, { recursive: true }))

test('one holds it, the other waits until it is free', async () => {
  const at = lock()
  const order: string[] = []
  const free = await takeLock(at, () => {})
  const second = takeLock(at, (pid) => order.push(`waiting for ${pid}`)).then((done) => {
    order.push('mine')
    done()
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  order.push('freed')
  free()
  await second
  expect(order).toEqual([`waiting for ${process.pid}`, 'freed', 'mine'])
  expect(existsSync(at)).toBe(false)
})

test('a dead holder’s lock is taken over', async () => {
  const at = lock()
  const child = spawn('true')
  const gone = child.pid
  await once(child, 'exit')
  mkdirSync(at)
  writeFileSync(join(at, 'holder'), `${gone} 1`)
  const free = await takeLock(at, () => expect.unreachable())
  free()
})

test('a number that now names another process is not the holder', async () => {
  const at = lock()
  mkdirSync(at)
  writeFileSync(join(at, 'holder'), `${process.pid} 1`)
  expect(isAlive(`${process.pid} 1`)).toBe(false)
  expect(isAlive(myName())).toBe(true)
  const free = await takeLock(at, () => expect.unreachable())
  free()
})

test('a lock that was never named is a leftover after a while', async () => {
  const at = lock()
  mkdirSync(at)
  const past = new Date(Date.now() - 60_000)
  utimesSync(at, past, past)
  const free = await takeLock(at, () => expect.unreachable())
  free()
})
