import { municipalStatistics } from './municipalities.ts'
import { nationalStatistics } from './national.ts'

export const statisticsEndpoints = [nationalStatistics, municipalStatistics]
export { mountPublicStatistics } from './public.ts'
