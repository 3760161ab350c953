import type { ActivityKind } from '#domain/prevention/kinds.ts'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalities } from '#web/place/Municipality.tsx'
import type { ActivityRow, ActivityView, BusinessRow } from '#wire/prevention.ts'
import { activityBody, activityFields } from './activity-form.ts'
import { placeField, planFields, planOf, reasonField, useBodies, usePlanOptions, word } from './shared.tsx'

interface Items<T> {
  readonly items: readonly T[]
}

/** Makes the dialog of a kind: a new record, or the correction of one that stands. */
export const useActivityForm = () => {
  const t = useWords()
  const user = useUser()
  const municipalities = useMunicipalities()
  const bodies = useBodies()
  const plans = usePlanOptions()
  const groups =
    useGet<Items<ActivityRow>>('/api/activities', { kind: 'group', limit: 100 }).data?.items ?? []
  const businesses = useGet<Items<BusinessRow>>('/api/businesses', { limit: 100 }).data?.items ?? []
  return (kind: ActivityKind, was?: ActivityView): CommandForm => {
    const fields = activityFields(
      kind,
      {
        t,
        place: placeField(t, user.unit.municipality, municipalities, was?.municipality),
        plan: planFields(t, plans, was?.plan ?? null),
        groups: groups
          .filter((one) => one.own && !one.struck)
          .map((one) => ({ value: one.id, label: one.title })),
        businesses: businesses.map((one) => ({ value: one.id, label: one.name })),
      },
      was,
    )
    return {
      type: was === undefined ? 'activity.record' : 'activity.correct',
      recordId: was?.id ?? uuidv7(),
      ...(was === undefined ? {} : { baseVersion: was.version }),
      title:
        was === undefined
          ? t('prevention', 'record_what', { kind: word(`kind_${kind}`) })
          : t('prevention', 'correct_question'),
      action: t('prevention', was === undefined ? 'record' : 'correct'),
      wide: true,
      fields: was === undefined ? fields : [...fields, reasonField(t)],
      toBody: (plain, values) => ({
        ...activityBody(kind, plain, values, bodies),
        plan: planOf(plain),
        ...(was === undefined ? {} : { reason: plain.reason }),
      }),
      done: t('prevention', was === undefined ? 'recorded' : 'corrected'),
    }
  }
}
