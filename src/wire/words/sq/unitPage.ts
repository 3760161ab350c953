import type { unitPage as en } from '../en/unitPage.ts'
import type { Words } from '../words.ts'

export const unitPage: Words<typeof en> = {
  title: 'Njësia',
  lede: 'Çfarë pret vendimin tuaj dhe si ndahet ngarkesa.',
  open: 'raste të hapura',
  late: 'me afat të kaluar',
  unassigned: 'pa menaxher',
  high: 'me rrezik të lartë',
  follow_up: 'në ndjekje',
  waiting: 'Presin vendimin tuaj',
  nothing_waits: 'Asgjë nuk pret vendimin tuaj',
  since: 'Që nga',
  what: 'Çfarë',
  what_closure: 'Mbyllje e propozuar',
  what_plan: 'Plan për miratim',
  what_assignment: 'Rast pa menaxher',
  what_transfer_in: 'Rast që i kalon njësisë suaj',
  what_transfer_out: 'Rast që pret të kalojë',
  workers: 'Punonjësit',
}
