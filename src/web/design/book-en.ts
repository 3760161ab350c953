/** The words that the staff application says; those of the server's own sentences and public pages stay behind. */
export {
  account,
  admin,
  casePage,
  clock,
  consent,
  nationalPage,
  newReport,
  notice,
  personPage,
  referral,
  reportPage,
  screeningPage,
  tipsPage,
  unitPage,
  web,
  work,
} from '#wire/words/en.ts'
