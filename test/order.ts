/** The long test files first, so that the workers of a run end together. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const long = [
  'e2e/staff',
  'e2e/journey',
  'e2e/public',
  'e2e/prevention',
  'e2e/reporting',
  'e2e/net',
  'e2e/plan',
  'e2e/outside',
  'e2e/hotspot',
  'e2e/files',
  'e2e/reporters',
  'http/demo',
  'server/embedded',
  'server/cli',
  'server/accounts-cli',
  'server/rollup',
  'scopes/scopes',
  'http/session',
  'http/prevention',
  'http/body',
]

const rank = ({ moduleId }: TestSpecification): number => {
  const at = long.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`))
  return at === -1 ? long.length : at
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}
