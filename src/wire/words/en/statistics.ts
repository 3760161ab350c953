/** Names of figures and where each comes from. */
export const statistics = {
  municipalities: 'municipalities with teams',
  fieldTeams: 'field teams',
  reports: 'reports',
  identified: 'children identified',
  managed: 'cases managed',
  protectionMeasures: 'protection measures',
  municipalities_from:
    'Municipalities whose field teams sent at least one report about something that happened from {{from}} to {{until}}.',
  fieldTeams_from:
    'Field teams that sent at least one report about something that happened from {{from}} to {{until}}.',
  reports_from: 'Reports about something that happened from {{from}} to {{until}}, whoever sent them.',
  identified_from:
    'Different children in reports of field teams about something that happened from {{from}} to {{until}}. A child met twice counts once.',
  managed_from:
    'Cases open at the end of {{until}} with a concern of economic exploitation: begging, collecting recyclables, mining, agriculture, street vending or other work.',
  protectionMeasures_from:
    'Protection measures on the ground of work or begging that began from {{from}} to {{until}}; refused ones are not counted.',
  where_from: 'Where this figure comes from',
  hidden: '1–4, not shown',
  hidden_why: 'Figures of 1 to 4 are hidden, and others with them where the sum would give them away.',
  per_10000: 'Reports per 10 000 inhabitants',
  operational: 'Operational, not official, until reconciled with SIVET.',
  counted_at: 'Counted from the register’s records, {{time}}.',
  kept: 'kept',
  missed: 'missed',
  running: 'running',
  late: 'late now',
} as const
