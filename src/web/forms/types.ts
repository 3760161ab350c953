import { useGet } from '#web/client/api.ts'
import type { FormRow, FormView } from '#wire/form.ts'

export type { FormRow, FormView }
/** The forms that may be answered today; every version once approved stays as it is, so it is asked for once. */
export const useFormsInForce = () =>
  useGet<{ items: readonly FormRow[] }>('/api/forms', { status: 'in_force', limit: '100' }).data?.items ?? []
export const useForm = (form: string, version?: number) =>
  useGet<FormView>(version === undefined ? `/api/forms/${form}` : `/api/forms/${form}/${version}`)
