/** The same as the packet's data, for whoever reads paper: PDF, in the language that the maker chose. */
import type { Instant } from '#domain/core.ts'
import { timeOf } from '#domain/document/parts.ts'
import type { Manifest } from '#domain/packet/manifest.ts'
import type { PacketContent } from '#wire/packet.ts'
import { pdfOf } from '../pdf/document.ts'
import { say } from '../words.ts'

type Told = Omit<PacketContent, 'paper'>

export const packetPaper = (
  content: Told,
  manifest: Manifest,
  language: 'sq' | 'en',
  now: Instant,
): Promise<Buffer> => {
  const t = (key: string, params?: Readonly<Record<string, string | number>>) =>
    say(language, `packetPage.${key}`, params)
  const text = (head: string) => ({ head, kind: 'text' as const })
  const { basis } = content
  return pdfOf(
    {
      language,
      title: t(`purpose_${content.purpose}`),
      about: [
        t('paper_from', { country: content.from.country, institution: content.from.institution }),
        t('paper_to', { country: content.to.country, institution: content.to.institution }),
        t('paper_id', { id: manifest.id }),
        t('paper_until', { when: timeOf(manifest.expiresAt) }),
        t('paper_contact', { contact: content.from.contact }),
      ],
      sections: [
        {
          heading: t('what_it_says'),
          paragraphs: [],
          tables: [
            {
              caption: t('what_it_says'),
              columns: [text(t('item')), text(t('value')), text(t('reason'))],
              rows: content.items.map((one) => [t(`field_${one.field}`), one.value, one.reason ?? '–']),
            },
          ],
          charts: [],
        },
        {
          heading: t('basis'),
          paragraphs: [t(`ground_${basis.ground}`), basis.reference],
          tables:
            basis.consents.length === 0
              ? []
              : [
                  {
                    caption: t('consents'),
                    columns: [text(t('who')), text(t('answer')), text(t('on')), text(t('words'))],
                    rows: basis.consents.map((one) => [
                      t(`who_${one.who}`),
                      t(`answer_${one.answer}`),
                      one.on,
                      one.words,
                    ]),
                  },
                ],
          charts: [],
        },
      ],
    },
    { now, footer: t('paper_id', { id: manifest.id }) },
  )
}
