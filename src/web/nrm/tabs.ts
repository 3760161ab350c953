/**
 * The parts of a file of the trafficking track. A noun adds one entry: its key (in the address), its word, the page part
 * (a default export that takes `{ nrm }`, travelling only when opened), and who is shown it. Words come with the volume
 * `nrm` (src/web/design/nrm-book-*.ts); a part that says more opens its volume in `load`.
 */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { Actor } from '#domain/core.ts'
import type { Say } from '#web/design/words.tsx'
import type { NrmTabProps, NrmView } from './types.ts'

export interface NrmTab {
  readonly key: string
  readonly word: (t: Say) => string
  readonly Part: LazyExoticComponent<ComponentType<NrmTabProps>>
  /** The server decides what is in it; this only spares empty rooms. */
  readonly shows: (role: Actor['role'], nrm: NrmView) => boolean
}

export const nrmTabs: readonly NrmTab[] = [
  {
    key: 'status',
    word: (t) => t('nrmPage', 'tab_status'),
    Part: lazy(() => import('./StatusTab.tsx')),
    shows: () => true,
  },
  {
    key: 'interview',
    word: (t) => t('interviewPage', 'tab'),
    Part: lazy(() => import('#web/interview/InterviewTab.tsx')),
    shows: () => true,
  },
  {
    key: 'assistance',
    word: (t) => t('assistancePage', 'tab'),
    Part: lazy(() => import('#web/assistance/AssistanceTab.tsx')),
    shows: () => true,
  },
  {
    key: 'justice',
    word: (t) => t('justicePage', 'justice'),
    Part: lazy(() => import('../justice/JusticeTab.tsx')),
    shows: (role) => ['responsible_authority', 'cpw', 'cpu_head', 'social_service', 'shelter'].includes(role),
  },
  {
    key: 'return',
    word: (t) => t('returnsPage', 'tab'),
    Part: lazy(() => import('../returns/ReturnsTab.tsx')),
    shows: (role) => ['responsible_authority', 'cpw', 'cpu_head', 'social_service'].includes(role),
  },
  {
    key: 'papers',
    word: (t) => t('documentPage', 'title'),
    Part: lazy(() => import('./PapersTab.tsx')),
    shows: (_, nrm) => nrm.subject === 'adult',
  },
]
