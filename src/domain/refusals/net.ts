/** Why a change to the net, to the list of actors and projects, or to a municipality's money is refused. */
export const netRefusals = [
  'net_act_incomplete',
  'net_address',
  'net_already_ended',
  'net_dates_overlap',
  'net_duty_not_here',
  'net_ends_before_begins',
  'net_later_begins',
  'net_name_on_day',
  'net_nothing_changes',
  'net_outside_position',
  'net_outside_structure',
  'net_place_wanted',
  'net_structure_known',
  'net_unit_elsewhere',
] as const
