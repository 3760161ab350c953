/**
 * What an indicator waits for where its source names records that exist and yet do not hold what it asks for. The others wait for the
 * kinds that their source names.
 */
export const waitsInstead: Readonly<Record<string, readonly string[]>> = {
  // Which municipalities have mines is no record.
  'S000-2.6.5-i1': ['MiningTown'],
  'S000-2.6.7-i1': ['MiningTown'],
  // Work that harms is said in assessments in words, not by a code.
  'S000-2.6.7-i2': ['HazardousWork'],
  // A service is not recorded as part of a scheme.
  'S004-PROT-2.a.1-i3': ['CommunityScheme'],
  // Plans of safety are goals of the plan; what the police does is written nowhere else.
  'S004-PROT-2.b.1-i2': ['SafetyPlan'],
  'S004-PROT-2.b.3-i2': ['SafetyPlan'],
  // Legal help as a service and a lawyer in a proceeding are not one figure.
  'S002-PROS-1.a.3-i2': ['LegalAid'],
  // Dates, not counts: that a list exists is not a figure of records.
  'S004-PROT-3.b.4-i1': ['ServiceList'],
  'S004-PREV-3.b.2-i2': ['ServiceList'],
  'S004-PREV-G4-i1': ['ReportedOutcome'],
}
