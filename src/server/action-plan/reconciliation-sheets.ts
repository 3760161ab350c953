/** The reconciliation as a workbook, in the reader's language. */
import type { PlanContent } from '#domain/action-plan/content.ts'
import { reconcile } from '#domain/action-plan/reconciliation.ts'
import type { Language } from '#wire/words/index.ts'
import { say } from '../words.ts'
import { type Sheet, writeWorkbook } from '../workbook/write.ts'

const lek = '#,##0.##'

export const reconciliationSheets = (content: PlanContent, language: Language): Sheet[] => {
  const found = reconcile(content)
  const word = (key: string, params?: Record<string, string | number>): string =>
    say(language, `planPage.${key}`, params)
  const title =
    (language === 'sq' ? content.head.titleSq : content.head.titleEn) ?? content.head.titleEn ?? ''
  const intro = [title, word('rec_lede')]
  const column = (code: string): string => {
    const said = word(`col_${code}`)
    return said.endsWith(`col_${code}`) ? code : said
  }
  const difference = { title: word('rec_difference'), width: 16, format: lek }
  return [
    {
      name: word('rec_title'),
      intro: [
        ...intro,
        ...(found.rows.length === 0 ? [word('no_table')] : []),
        ...(found.euro === null
          ? []
          : [
              word('euro_more', {
                rate: found.euro.rate,
                total: found.euro.total,
                activities: found.euro.activities,
              }),
            ]),
      ],
      columns: [
        { title: word('rec_pillar'), width: 24 },
        { title: word('rec_source'), width: 18 },
        { title: word('rec_printed'), width: 18, format: lek },
        { title: word('rec_activities'), width: 18, format: lek },
        difference,
      ],
      rows: [...found.rows, ...found.totals].map((row) => [
        row.pillar,
        word(`source_${row.source}`),
        Number(row.printed),
        Number(row.activities),
        Number(row.difference),
      ]),
    },
    {
      name: word('suspicions'),
      intro: [word('suspicions_more')],
      columns: [
        { title: word('activity'), width: 18 },
        { title: word('line', { line: '' }).trim(), width: 10 },
        { title: word('suspicion'), width: 60 },
        { title: word('arithmetic'), width: 70 },
      ],
      rows: found.suspicions.map((one) => [
        one.uid,
        one.sourceLine,
        word(`suspicion_${one.how}`, { printed: one.printed, perhaps: one.perhaps }),
        word(one.together.length === 0 ? 'suspicion_alone' : 'suspicion_together', {
          change: one.change,
          pillar: one.pillar,
          explains: one.explains,
          others: one.together.join(', '),
        }),
      ]),
    },
    {
      name: word('shares'),
      columns: [
        { title: word('share_of'), width: 36 },
        { title: word('rec_printed'), width: 12, format: '0.0' },
        { title: word('share_computed'), width: 12, format: '0.0' },
        { title: word('status'), width: 24 },
      ],
      rows: found.shares.map((one) => [
        column(one.of),
        Number(one.printed),
        Number(one.computed),
        word(one.wrong ? 'share_wrong' : 'share_right'),
      ]),
    },
    {
      name: word('sums'),
      intro: [word('sums_more')],
      columns: [
        { title: word('sum_of'), width: 60 },
        { title: word('rec_printed'), width: 18, format: lek },
        { title: word('share_computed'), width: 18, format: lek },
        difference,
      ],
      rows: found.tableSums.map((sum) => [
        `${sum.row}: ${column(sum.column)}${sum.parts.length === 0 ? '' : ` = ${sum.parts.map(column).join(' + ')}`}`,
        Number(sum.printed),
        Number(sum.computed),
        Number(sum.difference),
      ]),
    },
    {
      name: word('numbers'),
      columns: [
        { title: word('number_said'), width: 40 },
        { title: word('number_arithmetic'), width: 60 },
        { title: word('suspicion'), width: 80 },
      ],
      rows: found.numbers.map((one) => [
        one.printedAs,
        `${one.parts.map((part) => `${part.value} ${language === 'sq' ? part.sq : part.en}`).join(one.kind === 'sum' ? ' + ' : ' × ')} = ${one.computed}`,
        language === 'sq' ? one.noteSq : one.noteEn,
      ]),
    },
  ]
}

export const reconciliationWorkbook = (content: PlanContent, language: Language): Promise<Buffer> =>
  writeWorkbook(reconciliationSheets(content, language))
