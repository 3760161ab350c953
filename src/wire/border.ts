/** The border on the wire: a child recorded and looked up, the short screening, alerts and their hits, what is counted. */
import { z } from 'zod'
import {
  absences,
  alertDirections,
  alertKinds,
  alertSteps,
  categories,
  directions,
  documentKinds,
  escortRelations,
  hitAnswers,
  steps,
  withdrawReasons,
} from '#domain/border/kinds.ts'
import { answers } from '#domain/border/screen.ts'
import { immediacies, sexes } from '#domain/report/body.ts'
import { screeningResults, subjects } from '#domain/screening.ts'
import { PageQuery, uuid } from './envelope.ts'
import { day, freeText, listCode, partialDate, saidText, trimmedText } from './text.ts'

const crossing = z.string().regex(/^[A-Z][0-9]{2}$/)
const citizenship = z.string().regex(/^[A-Z]{2}$/)
const phone = z
  .string()
  .trim()
  .regex(/^\+?[0-9][0-9 /()-]{2,38}$/)
/** What is printed on papers; longer is no number. */
const documentNumber = trimmedText(40)

/** Body of `border.check`; the record id is the client's. */
export const CheckAtBorder = z.strictObject({
  crossing: crossing.optional(),
  direction: z.enum(directions),
  category: z.enum(categories),
  escorts: z
    .array(z.strictObject({ relation: z.enum(escortRelations), name: freeText(120).optional() }))
    .max(10),
  document: z.strictObject({ kind: z.enum(documentKinds), number: documentNumber.optional() }),
  givenName: freeText(120).optional(),
  familyName: freeText(120).optional(),
  birth: partialDate.optional(),
  sex: z.enum(sexes),
  citizenship: citizenship.optional(),
})
export type CheckAtBorder = z.infer<typeof CheckAtBorder>

/** Body of `border.protect`; the record id is the check's. The report takes the child's name from there. */
export const ProtectAtBorder = z.strictObject({
  reportId: uuid,
  immediacy: z.enum(immediacies),
  protection: z.boolean(),
  concerns: z.array(listCode).max(20),
  narrative: freeText(20_000).optional(),
})

const Presence = z.strictObject({
  present: z.boolean(),
  name: freeText(120).optional(),
  role: freeText(120).optional(),
  absence: z.enum(absences).optional(),
})
/** Body of `border.screen`; the record id is the screening's. Of a child the check that was told to the unit is named. */
export const ScreenAtBorder = z.strictObject({
  checkId: uuid.optional(),
  crossing: crossing.optional(),
  subject: z.enum(subjects),
  sex: z.enum(sexes),
  language: z.string().regex(/^[a-z]{2,3}$/),
  womanOfficer: Presence,
  socialWorker: Presence,
  answers: z
    .array(z.strictObject({ code: z.string().regex(/^[a-z_]{2,40}$/), answer: z.enum(answers) }))
    .max(60),
})
export type ScreenAtBorder = z.infer<typeof ScreenAtBorder>

export const SetBorderAlert = z.strictObject({
  kind: z.enum(alertKinds),
  direction: z.enum(alertDirections),
  step: z.enum(alertSteps),
  phone,
  caseId: uuid.optional(),
  nrmId: uuid.optional(),
  givenName: freeText(120).optional(),
  familyName: freeText(120).optional(),
  otherNames: freeText(240).optional(),
  birth: partialDate.optional(),
  sex: z.enum(sexes),
  documents: z.array(documentNumber).max(10),
  reason: saidText(4000),
  expiresOn: day,
})
export const WithdrawBorderAlert = z.strictObject({ why: z.enum(withdrawReasons) })
export const ProlongBorderAlert = z.strictObject({ expiresOn: day })
/** Body of `border_alert.answer_hit`; the record id is the alert's. */
export const AnswerBorderHit = z.strictObject({ hitId: uuid, answer: z.enum(hitAnswers) })

export const BorderDesk = {
  summary: 'Own crossings and what was recorded there today, without names but for those written oneself',
  reply: z.object({
    crossings: z.array(z.object({ id: z.string(), name: z.string(), otherSide: z.string().nullable() })),
    lookUpsAnHour: z.int(),
    keepDays: z.int(),
    items: z.array(
      z.object({
        id: uuid,
        at: z.string(),
        crossing: z.string(),
        direction: z.enum(directions),
        category: z.enum(categories),
        sex: z.enum(sexes),
        hit: z.boolean(),
        odd: z.boolean(),
        reportId: uuid.nullable(),
        /** Own check of the last day: may be told and screened from here. */
        mine: z.boolean(),
        name: z.string().nullable(),
        screened: z.enum(screeningResults).nullable(),
      }),
    ),
  }),
}

const Spoken = z.record(z.string(), z.string())
export const BorderQuestions = {
  summary: 'The short questions of the border in every language that an officer may show',
  reply: z.object({
    version: z.string(),
    status: z.string(),
    source: z.string(),
    languages: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        dir: z.enum(['ltr', 'rtl']),
        intro: z.string(),
        yes: z.string(),
        no: z.string(),
        unclear: z.string(),
      }),
    ),
    questions: z.array(
      z.object({
        code: z.string(),
        element: z.string(),
        means: z.enum(['yes', 'no']),
        of: z.array(z.enum(subjects)),
        text: Spoken,
      }),
    ),
  }),
}

export const BorderAlertRow = z.object({
  id: uuid,
  version: z.int(),
  label: z.string(),
  kind: z.enum(alertKinds),
  direction: z.enum(alertDirections),
  step: z.enum(alertSteps),
  phone: z.string(),
  caseId: uuid.nullable(),
  nrmId: uuid.nullable(),
  name: z.string().nullable(),
  at: z.string(),
  expiresOn: z.string(),
  withdrawnAt: z.string().nullable(),
  withdrawnWhy: z.enum(withdrawReasons).nullable(),
  /** Hits that nobody has answered. */
  waiting: z.int(),
  mine: z.boolean(),
})
export type BorderAlertRow = z.infer<typeof BorderAlertRow>
export const BorderAlertList = {
  summary: 'Alerts of one’s own unit, and those of cases that one may open',
  query: z.strictObject({
    ...PageQuery,
    caseId: uuid.optional(),
    state: z.enum(['live', 'over']).optional(),
  }),
  reply: z.object({
    items: z.array(BorderAlertRow),
    next: z.string().nullable(),
    mayWrite: z.boolean(),
    mostDays: z.int(),
  }),
}
export const ReadBorderAlert = {
  summary: 'One alert with its reason, as far as the reader’s tier reaches, and its hits',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    ...BorderAlertRow.shape,
    otherNames: z.string().nullable(),
    birth: z.object({ from: z.string(), to: z.string(), said: z.string() }).nullable(),
    documents: z.array(z.string()),
    reason: z.string().nullable(),
    hits: z.array(
      z.object({
        id: uuid,
        at: z.string(),
        crossing: z.string(),
        direction: z.enum(directions),
        category: z.enum(categories),
        byDocument: z.boolean(),
        byName: z.boolean(),
        answer: z.enum(hitAnswers).nullable(),
        /** As shown at the crossing; null once it was somebody else or is forgotten. */
        shown: z
          .object({
            name: z.string(),
            document: z.string().nullable(),
            escorts: z.array(z.object({ relation: z.enum(escortRelations), name: z.string().nullable() })),
          })
          .nullable(),
      }),
    ),
  }),
}

export const BorderFigures = {
  summary: 'Children at crossings by direction and with whom, screenings, and women who were not there',
  query: z.strictObject({ from: day.optional(), until: day.optional() }),
  reply: z.object({
    from: z.string(),
    until: z.string(),
    /** A figure of 1 to 4, and whatever would give it away, is null; totals of the country are exact. */
    rows: z.array(
      z.object({
        crossing: z.string(),
        name: z.string(),
        inAlone: z.int().nullable(),
        inParents: z.int().nullable(),
        inOthers: z.int().nullable(),
        outAlone: z.int().nullable(),
        outParents: z.int().nullable(),
        outOthers: z.int().nullable(),
      }),
    ),
    totals: z.object({
      inAlone: z.int(),
      inParents: z.int(),
      inOthers: z.int(),
      outAlone: z.int(),
      outParents: z.int(),
      outOthers: z.int(),
    }),
    presence: z
      .object({
        screenings: z.int(),
        withoutWomanOfficer: z.int(),
        withoutSocialWorker: z.int(),
      })
      .nullable(),
  }),
}

/** What `border.check` answers: never why, never whose alert it is. */
export const CheckReply = z.object({
  step: z.enum(steps),
  phones: z.array(z.string()),
})
export type CheckReply = z.infer<typeof CheckReply>
