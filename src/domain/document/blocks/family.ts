/** Who lives with the child and who is who to it, who speaks for it, and what it and its family lack. */
import type { Json, Uuid } from '../../core.ts'
import type { Making } from '../file.ts'
import { block, coded, dayIn, orHidden, plain, section, table } from '../parts.ts'

/** Name and act of appointment; how the representative is reached stays in the register. */
const namedAs = (m: Making, id: Uuid): string | null => {
  const body = m.file.texts
    .filter((text) => text.subject === id && text.name === 'representative')
    .at(-1)?.body
  if (body === undefined) return null
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return plain(body)
  const { name, act } = body as { readonly [key: string]: Json }
  return [name, act].flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : [])).join(', ')
}

export const family = block('T3', (m) => {
  const { members, relations, representatives } = m.file.family
  const heading = m.t('document.family')
  if (m.file.tier < 3) return [section(heading, { paragraphs: [m.t('document.not_for_you')] })]
  return [
    section(heading, {
      paragraphs: members.length === 0 ? [m.t('document.none_recorded')] : [],
      tables: [
        ...(members.length === 0
          ? []
          : [
              table(
                heading,
                [m.t('document.name'), m.t('document.born'), m.t('document.remark')],
                members.map((one) => [
                  one.name ?? '',
                  one.bornYear === null ? '' : String(one.bornYear),
                  one.alleged ? m.t('familyPage.alleged') : '',
                ]),
              ),
            ]),
        ...(relations.length === 0
          ? []
          : [
              table(
                m.t('document.relations'),
                [
                  m.t('document.name'),
                  m.t('document.relation'),
                  m.t('document.to_whom'),
                  m.t('document.contact_with'),
                ],
                relations.map((one) => [
                  one.from ?? '',
                  [
                    m.t(`familyPage.kind_${one.kind}`),
                    one.guardian ? m.t('familyPage.is_guardian') : '',
                    one.livesWith ? m.t('familyPage.lives_together') : '',
                  ]
                    .filter((text) => text !== '')
                    .join(', '),
                  one.to ?? '',
                  m.t(`familyPage.contact_${one.contact}`),
                ]),
              ),
            ]),
      ],
    }),
    section(m.t('document.speaks'), {
      paragraphs: representatives.length === 0 ? [m.t('familyPage.representative_none')] : [],
      tables:
        representatives.length === 0
          ? []
          : [
              table(
                m.t('document.speaks'),
                [
                  m.t('document.name'),
                  m.t('document.relation'),
                  m.t('document.ground'),
                  m.t('document.from'),
                  m.t('document.until'),
                ],
                representatives.map((one) => [
                  orHidden(m, namedAs(m, one.id)),
                  m.t(`familyPage.kind_of_${one.kind}`),
                  m.t(`familyPage.basis_${one.basis}`),
                  dayIn(one.from),
                  dayIn(one.until),
                ]),
              ),
            ],
    }),
  ]
})

export const needs = block('T2', (m) => [
  section(m.t('outcomePage.needs'), {
    paragraphs: m.file.family.needs.length === 0 ? [m.t('document.none_recorded')] : [],
    tables:
      m.file.family.needs.length === 0
        ? []
        : [
            table(
              m.t('outcomePage.needs'),
              [m.t('outcomePage.need_kind'), m.t('document.day'), m.t('document.status')],
              m.file.family.needs.map((one) => [
                m.t(`casePage.service_${one.kind}`),
                dayIn(one.foundOn),
                `${coded(m, 'outcomePage.state_', one.state)}, ${dayIn(one.stateOn)}`,
              ]),
            ),
          ],
  }),
])
