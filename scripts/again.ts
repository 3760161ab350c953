/** Names each test that passed only when tried again: a journey on a busy machine gets a second attempt, never a silent one. */
import type { Reporter, TestCase } from 'vitest/node'
import { say } from './say.ts'

export default class Again implements Reporter {
  #names: string[] = []

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky === true) this.#names.push(test.fullName)
  }

  onTestRunEnd(): void {
    for (const name of this.#names) say(`passed at the second attempt only: ${name}`)
  }
}
