/** Registers of alternative care on the wire: facilities, foster families, beds, emergency teams. */
import { z } from 'zod'
import { ageBands, bedSexes, refuseReasons, releaseReasons } from '#domain/care/beds.ts'
import { uuid } from './envelope.ts'

const Who = { placeId: uuid, sex: z.enum(bedSexes), ageBand: z.enum(ageBands) }
export const HoldBed = z.strictObject(Who)
export const TakeBed = z.strictObject(Who)
export const ConfirmBed = z.strictObject({})
export const RefuseBed = z.strictObject({ reason: z.enum(refuseReasons) })
export const ReleaseBed = z.strictObject({ reason: z.enum(releaseReasons) })
export const ExpireBed = z.strictObject({})
