/** What may be corrected about a person, and what is read. */
import { z } from 'zod'
import { sexes } from '#domain/report/body.ts'
import { uuid } from './envelope.ts'
import { freeText, keptPartialDate, partialDate, saidText } from './text.ts'

const name = freeText(120).nullable().optional()

/** Body of `person.correct`: only what changes; null empties a field. */
export const CorrectPerson = z.strictObject({
  sex: z.enum(sexes).optional(),
  citizenship: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .optional(),
  identity: z
    .strictObject({
      givenName: name,
      familyName: name,
      otherNames: freeText(240).nullable().optional(),
      fatherName: name,
      motherName: name,
      birth: partialDate.nullable().optional(),
      birthPlace: freeText(200).nullable().optional(),
      address: freeText(400).nullable().optional(),
      contact: freeText(200).nullable().optional(),
    })
    .optional(),
  sensitive: z
    .strictObject({
      personalNumber: freeText(20).nullable().optional(),
      disability: freeText(1000).nullable().optional(),
      minority: freeText(200).nullable().optional(),
      birthRegistered: z.boolean().nullable().optional(),
    })
    .optional(),
  reason: saidText(1000),
})

const text = z.string().nullable()

export const ReadPerson = {
  summary:
    'One person through a case or report the caller may open; sensitive facts only for who carries the case',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    id: uuid,
    version: z.int(),
    sex: z.enum(sexes),
    citizenship: text,
    identity: z
      .object({
        givenName: text,
        familyName: text,
        otherNames: text,
        fatherName: text,
        motherName: text,
        birth: keptPartialDate.nullable(),
        birthPlace: text,
        address: text,
        contact: text,
      })
      .nullable(),
    sensitive: z
      .object({
        personalNumber: text,
        disability: text,
        minority: text,
        birthRegistered: z.boolean().nullable(),
      })
      .nullable(),
  }),
}
