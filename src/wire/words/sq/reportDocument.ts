import type { reportDocument as en } from '../en/reportDocument.ts'
import type { Words } from '../words.ts'

export const reportDocument: Words<typeof en> = {
  hidden: 'fshehur',
  hidden_why:
    '«fshehur»: numër i vogël, ose numër nga i cili do të dilte një numër i vogël; nuk tregohet, që asnjë fëmijë të mos njihet.',
  page_of: 'Faqja {{page}} nga {{pages}}',
  row_head: 'Emërtimi',
  chart_of: 'Grafik me shtylla. {{caption}}. {{figures}}.',
  figures: 'Shifrat e grafikut',
  goes_on: '{{caption}} (vazhdon)',
  sheet_about: 'Për raportin',
  draft: 'Projekt',
  draft_note: 'Projekt: raporti nuk është botuar, shifrat mund të ndryshojnë.',
}
