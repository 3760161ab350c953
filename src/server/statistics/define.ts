import type { z } from 'zod'
import { type Definition, figures } from '#wire/statistics.ts'
import type { Language } from '#wire/words/index.ts'
import { say } from '../words.ts'
import type { Period } from './count.ts'

/** "Where this figure comes from", for each figure, in the reader's language. */
export const define = (period: Period, language: Language): z.input<typeof Definition>[] =>
  figures.map((figure) => ({
    figure,
    name: say(language, `statistics.${figure}`),
    text: say(language, `statistics.${figure}_from`, { from: period.firstDay, until: period.lastDay }),
    from: period.firstDay,
    until: period.lastDay,
  }))
