/** The net of structures and posts, as it stood on the last day of the period (today, where the period still runs). */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Measure } from '#domain/net/coverage.ts'
import type { StructureKind } from '#domain/net/kinds.ts'
import { type NetOnDay, netAsOf } from '../../net/as-of.ts'
import type { Figure, IndicatorQuery } from '../query.ts'

type Count = (net: NetOnDay) => readonly [n: number, of: number | null]

interface Declared {
  readonly code: string
  readonly unit: 'n' | '%'
  readonly restsOn: readonly string[]
  readonly definition: IndicatorQuery['definition']
  readonly indicators: readonly string[]
  readonly of: Count
}

const query = ({ of: count, ...declared }: Declared): IndicatorQuery => ({
  ...declared,
  version: 1,
  // Not split: the coverage board names the places, which are no persons.
  splits: [],
  adds: false,
  count: async (tx, period): Promise<Figure> => {
    const today = tiranaDay(tx.now)
    const net = await netAsOf(tx, period.to < today ? period.to : today)
    const [n, of] = count(net)
    return { n, of, records: net.groups.reduce((sum, group) => sum + group.structures, 0) }
  },
  split: async () => new Map(),
})

const share =
  (measure: Measure): Count =>
  (net) => {
    const found = net.shares.find((one) => one.measure === measure)
    return [found?.have ?? 0, found?.total ?? 0]
  }
const number =
  (measure: Measure): Count =>
  (net) => [share(measure)(net)[0], null]
const sum = (net: NetOnDay, kind: StructureKind, of: (group: NetOnDay['groups'][number]) => number): number =>
  net.groups.reduce((n, group) => (group.kind === kind ? n + of(group) : n), 0)
const described =
  (kind: StructureKind): Count =>
  (net) => [sum(net, kind, (group) => group.inJobDescription), sum(net, kind, (group) => group.filled)]

const places = ['Organisation', 'StaffPosition'] as const

export const netQueries: readonly IndicatorQuery[] = [
  query({
    code: 'cpu_established',
    unit: 'n',
    restsOn: ['Organisation'],
    definition: {
      en: 'Municipalities with a child protection unit in the register of structures.',
      sq: 'Bashkitë që kanë njësi për mbrojtjen e fëmijës në regjistrin e strukturave.',
    },
    indicators: ['S001-CPU-i1'],
    of: number('cpu'),
  }),
  query({
    code: 'field_teams',
    unit: 'n',
    restsOn: ['Organisation'],
    definition: {
      en: 'Field teams in the register of structures.',
      sq: 'Ekipet e terrenit në regjistrin e strukturave.',
    },
    indicators: ['S000-NARR-i1'],
    of: (net) => [sum(net, 'field_team', (group) => group.structures), null],
  }),
  query({
    code: 'cpu_coverage',
    unit: '%',
    restsOn: ['Organisation'],
    definition: {
      en: 'Municipalities with a child protection unit in the register of structures, against all municipalities.',
      sq: 'Bashkitë që kanë njësi për mbrojtjen e fëmijës në regjistrin e strukturave, kundrejt të gjitha bashkive.',
    },
    indicators: ['S004-PREV-2.b.5-i1', 'S002-PREV-4.a.2-i1', 'S002-PREV-4.c.1-i1'],
    of: share('cpu'),
  }),
  query({
    code: 'cpu_staffed',
    unit: 'n',
    restsOn: places,
    definition: {
      en: 'Municipalities whose child protection unit has at least two people in full-time posts.',
      sq: 'Bashkitë, njësia për mbrojtjen e fëmijës e të cilave ka të paktën dy veta në vende pune me kohë të plotë.',
    },
    indicators: ['S002-PREV-4.a-i1'],
    of: number('cpu_two_full_time'),
  }),
  query({
    code: 'cpu_staffed_share',
    unit: '%',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'Municipalities whose child protection unit has at least two people in full-time posts, against all municipalities.',
      sq: 'Bashkitë, njësia për mbrojtjen e fëmijës e të cilave ka të paktën dy veta në vende pune me kohë të plotë, kundrejt të gjitha bashkive.',
    },
    indicators: ['S002-PREV-4.b.1.1-i1'],
    of: share('cpu_two_full_time'),
  }),
  query({
    code: 'crossings_with_women',
    unit: 'n',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'Border crossings with both a woman police officer and a female social worker in post.',
      sq: 'Pikat e kalimit kufitar ku janë në detyrë si një punonjëse policie, ashtu edhe një punonjëse sociale.',
    },
    indicators: ['S004-PROT-1.c.12-i1'],
    of: (net) => [net.crossings.filter((one) => one.womanOfficer && one.femaleSocialWorker).length, null],
  }),
  query({
    code: 'crossings_with_women_share',
    unit: '%',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'Border crossings with both a woman police officer and a female social worker in post, against all crossings.',
      sq: 'Pikat e kalimit kufitar ku janë në detyrë si një punonjëse policie, ashtu edhe një punonjëse sociale, kundrejt të gjitha pikave.',
    },
    indicators: ['S002-PREV-1.a.2-i3'],
    of: (net) => [
      net.crossings.filter((one) => one.womanOfficer && one.femaleSocialWorker).length,
      net.crossings.length,
    ],
  }),
  query({
    code: 'women_officers_full_time',
    unit: 'n',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'Women in full-time posts of police officers in the police sections of the register of structures.',
      sq: 'Gratë në vende pune me kohë të plotë si punonjëse policie në seksionet e policisë të regjistrit të strukturave.',
    },
    indicators: ['S004-PROS-1.b.2-i1'],
    of: (net) => [sum(net, 'police_section', (group) => group.womenOfficersFullTime), null],
  }),
  query({
    code: 'police_carers',
    unit: 'n',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'Counties whose police section has a psychologist or social worker in post.',
      sq: 'Qarqet, seksioni i policisë i të cilave ka në detyrë psikolog ose punonjës social.',
    },
    indicators: ['S004-PROS-1.b.2-i2'],
    of: number('police_carer'),
  }),
  query({
    code: 'authority_secretary',
    unit: 'n',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'People in full-time posts of secretary in national offices (the aim is one who assists the Responsible Authority).',
      sq: 'Personat në vende pune me kohë të plotë si sekretar në zyrat kombëtare (synimi është një që ndihmon Autoritetin Përgjegjës).',
    },
    indicators: ['S004-PROT-1.a.1-i1'],
    of: (net) => [sum(net, 'national_office', (group) => group.secretariesFullTime), null],
  }),
  query({
    code: 'data_official',
    unit: 'n',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'People in full-time posts of database officer in national offices (the aim is one).',
      sq: 'Personat në vende pune me kohë të plotë si nëpunës i bazës së të dhënave në zyrat kombëtare (synimi është një).',
    },
    indicators: ['S004-PROT-1.a.2-i2'],
    of: (net) => [sum(net, 'national_office', (group) => group.dataOfficersFullTime), null],
  }),
  query({
    code: 'municipal_mechanisms',
    unit: 'n',
    restsOn: ['Organisation'],
    definition: {
      en: 'Municipalities with an inter-institutional mechanism against trafficking in the register of structures.',
      sq: 'Bashkitë që kanë mekanizëm ndërinstitucional kundër trafikimit në regjistrin e strukturave.',
    },
    indicators: ['S004-COOR-1.c-i1', 'S004-COOR-1.c.2-i1', 'S002-PREV-G4-i3'],
    of: number('nrm_mechanism'),
  }),
  query({
    code: 'table_coordinators',
    unit: 'n',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'Counties whose technical table has a full-time coordinator in post.',
      sq: 'Qarqet, tryeza teknike e të cilave ka në detyrë koordinator me kohë të plotë.',
    },
    indicators: ['S004-COOR-1.c.1-i2'],
    of: number('table_full_time_coordinator'),
  }),
  query({
    code: 'contact_points',
    unit: 'n',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'Municipalities with a contact point in post.',
      sq: 'Bashkitë që kanë pikë kontakti në detyrë.',
    },
    indicators: ['S004-COOR-1.c.2-i6'],
    of: number('contact_point'),
  }),
  query({
    code: 'contact_point_duties',
    unit: '%',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'Contact points in post whose job description names the duty, against all contact points in post.',
      sq: 'Pikat e kontaktit në detyrë, përshkrimi i punës i të cilave e përmend detyrën, kundrejt të gjitha pikave të kontaktit në detyrë.',
    },
    indicators: ['S004-COOR-1.b.2-i3'],
    of: described('contact_point'),
  }),
  query({
    code: 'mechanism_duties',
    unit: '%',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'Members of municipal mechanisms against trafficking whose job description names the duty, against all members in post.',
      sq: 'Anëtarët e mekanizmave kundër trafikimit në bashki, përshkrimi i punës i të cilëve e përmend detyrën, kundrejt të gjithë anëtarëve në detyrë.',
    },
    indicators: ['S004-COOR-1.c.2-i4'],
    of: described('nrm_mechanism'),
  }),
  query({
    code: 'school_protectors',
    unit: '%',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'Schools with a child protector in post, against the schools entered in the register of structures.',
      sq: 'Shkollat që kanë në detyrë mbrojtës të fëmijës, kundrejt shkollave të regjistruara në regjistrin e strukturave.',
    },
    indicators: ['S002-PREV-G5-i1'],
    of: share('school_protector'),
  }),
  query({
    code: 'school_protectors_full_time',
    unit: '%',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'Schools with a child protector in a full-time post, against the schools entered in the register of structures.',
      sq: 'Shkollat që kanë mbrojtës të fëmijës në vend pune me kohë të plotë, kundrejt shkollave të regjistruara në regjistrin e strukturave.',
    },
    indicators: ['S002-PREV-5.b.1.1-i4'],
    of: (net) => [
      sum(net, 'school', (group) => group.withFullTimeProtector),
      sum(net, 'school', (group) => group.structures),
    ],
  }),
  query({
    code: 'school_psychologists',
    unit: 'n',
    restsOn: ['StaffPosition'],
    definition: {
      en: 'People in posts of psychologist in the schools entered in the register of structures.',
      sq: 'Personat në vende pune si psikolog në shkollat e regjistruara në regjistrin e strukturave.',
    },
    indicators: ['S002-PREV-5.a.1-i2'],
    of: (net) => [sum(net, 'school', (group) => group.psychologists), null],
  }),
]
