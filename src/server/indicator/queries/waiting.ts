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
  // What the police does in a safety plan is said in sealed words; its reports are written nowhere else.
  'S004-PROT-2.b.1-i2': ['PoliceProtection'],
  'S004-PROT-2.b.3-i2': ['PoliceReport'],
  // Dates, not counts: that a list exists is not a figure of records.
  'S004-PROT-3.b.4-i1': ['ServiceList'],
  'S004-PREV-3.b.2-i2': ['ServiceList'],
  'S004-PROS-1.e.2-i2': ['ContactList'],
  'S004-COOR-1.a-i1': ['ActorList'],
  'S004-COOR-1.a.1-i1': ['ActorList'],
  'S004-COOR-1.a.3-i2': ['ActorList'],
  'S004-COOR-2.a.1-i1': ['ReportedOutcome'],
  'S004-PREV-G4-i1': ['ReportedOutcome'],
  // Interviews write down what was said, not by which channel somebody was recruited.
  'S004-PREV-4.a-i1': ['RecruitmentChannel'],
  // Local coordination groups identify and assist through their members, whose body alone is recorded.
  'S004-COOR-1.c-i2': ['LocalGroup'],
  'S004-COOR-1.c-i3': ['LocalGroup'],
  // The reviews that exist are of children's files as a whole; none asks after the standard procedures.
  'S004-PROS-1.c.8-i1': ['SopReview'],
  'S004-PROT-G1-i5': ['SopReview'],
  'S004-PROT-1.b-i2': ['SopReview'],
  // A meeting belongs to a body of the register; the plan names meetings of others.
  'S004-PROS-1.a.8-i3': ['JointMeeting'],
  'S004-PROS-1.a.9-i1': ['JointMeeting'],
  'S004-PROS-1.e.2-i1': ['JointMeeting'],
  'S000-2.8.3-i2': ['JointMeeting'],
  'S004-COOR-1.c.1-i8': ['JointMeeting'],
  // Two numbers in one: how many services are new is not told apart.
  'S000-2.2.5-i1': ['NewService'],
  'S002-PROT-1.a.5-i2': ['CareProgramme'],
}
