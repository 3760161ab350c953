/** The long test files first, so that the workers of a run end together. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const long = [
  'e2e/staff',
  'e2e/journey',
  'e2e/public',
  'e2e/child',
  'e2e/net',
  'e2e/reporters',
  'e2e/prevention',
  'e2e/reporting',
  'e2e/assistance',
  'e2e/hotspot',
  'e2e/body',
  'e2e/justice',
  'e2e/placement',
  'e2e/purpose',
  'e2e/break-glass',
  'e2e/supervision',
  'e2e/plan',
  'e2e/outside',
  'e2e/interview',
  'e2e/sign-in',
  'http/demo',
  'scopes/nrm',
  'server/embedded',
  'server/cli',
  'scopes/plans',
  'scopes/scopes',
  'http/reporting',
  'http/report-kinds',
  'server/erase',
  'http/document',
  'server/rollup',
  'http/plan-write',
  'http/prevention',
  'scopes/steering',
  'http/session',
  'server/packet-cli',
  'server/accounts-cli',
  'http/placement',
  'http/assistance',
  'server/managed',
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
