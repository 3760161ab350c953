/** Why an entry of the directory of services is refused. */
export const servicesRefusals = [
  'service_ages',
  'service_closed',
  'service_free_fees',
  'service_hours',
  'service_place_elsewhere',
  'service_place_unknown',
  'service_point_whole',
  'service_shelter_withheld',
  'service_withheld_address',
] as const
