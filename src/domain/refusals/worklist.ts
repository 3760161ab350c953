/** Why a filter of the work list is not kept. */
export const worklistRefusals = ['work_filter_head_shares', 'work_filter_too_many'] as const
