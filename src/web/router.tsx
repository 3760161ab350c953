import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { session } from './client/session.ts'
import { Loading } from './design/States.tsx'
import { openWords } from './design/words.tsx'
import { planChoice } from './execution/choice.ts'
import type { Filter } from './indicator/IndicatorsPage.tsx'
import { FailedPage, NotFoundOutside, NotFoundPage } from './shell/Failed.tsx'
import { homeOf } from './shell/navigation.ts'
import { Shell } from './shell/Shell.tsx'

/** The staff application's table of contents. Every page travels only when it is opened. */
const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundOutside })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { back?: string } =>
    typeof search.back === 'string' && search.back.startsWith('/') ? { back: search.back } : {},
  component: lazyRouteComponent(() => import('./session/SignIn.tsx')),
})
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: ({ location }) => {
    if (session().stage === 'full') return
    const back = location.pathname === '/' ? {} : { back: location.pathname }
    throw redirect({ to: '/sign-in', search: back })
  },
  component: Shell,
  notFoundComponent: NotFoundPage,
})

const page = <P extends string>(path: P, load: Parameters<typeof lazyRouteComponent>[0]) =>
  createRoute({ getParentRoute: () => inside, path, component: lazyRouteComponent(load) })

/** A page that says the words of a volume: they come with it. */
type Load = Parameters<typeof lazyRouteComponent>[0]
const withWords =
  (volume: Parameters<typeof openWords>[0]) =>
  (load: Load): Load =>
  async () => {
    const [module] = await Promise.all([load(), openWords(volume)])
    return module
  }
const withPlanWords = withWords('plans')
const withCaseWords = withWords('cases')
const withDeskWords = withWords('desk')
const withIntakeWords = withWords('intake')
const intakePage = <P extends string>(path: P, load: Load) => page(path, withIntakeWords(load))
const casePage = <P extends string>(path: P, load: Load) => page(path, withCaseWords(load))
const carePage = <P extends string>(path: P, load: Load) => page(path, withWords('care')(load))
const nrmPage = <P extends string>(path: P, load: Load) => page(path, withCaseWords(withWords('nrm')(load)))
const planPage = <P extends string>(path: P, load: Load) => page(path, withPlanWords(load))

const work = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    const { user } = session()
    if (user && homeOf(user.role) !== '/') throw redirect({ to: homeOf(user.role) })
  },
  component: lazyRouteComponent(() => import('./worklist/WorkPage.tsx')),
})

/** The list, and the list beside one referral, are one page. */
const referrals = <P extends string>(path: P) =>
  createRoute({
    getParentRoute: () => inside,
    path,
    validateSearch: (search): { box?: string } => (typeof search.box === 'string' ? { box: search.box } : {}),
    component: lazyRouteComponent(() => import('./referral/ReferralsPage.tsx')),
  })

const privacy = <P extends string>(path: P) =>
  createRoute({
    getParentRoute: () => inside,
    path,
    validateSearch: (search): { tab?: string } => (typeof search.tab === 'string' ? { tab: search.tab } : {}),
    component: lazyRouteComponent(withCaseWords(withWords('log')(() => import('./privacy/PrivacyPage.tsx')))),
  })

const pages = [
  work,
  intakePage('/reports', () => import('./report/ReportsPage.tsx')),
  intakePage('/reports/new', () => import('./report/new/NewReportPage.tsx')),
  intakePage('/reports/$id', () => import('./report/ReportPage.tsx')),
  intakePage('/border', () => import('./border/BorderPage.tsx')),
  intakePage('/border/aside/$id', () => import('./border/AsidePage.tsx')),
  intakePage('/border/alerts/$id', () => import('./border/AlertPage.tsx')),
  intakePage('/inspections', () => import('./inspection/InspectionsPage.tsx')),
  intakePage('/inspections/new', () => import('./inspection/NewInspectionPage.tsx')),
  intakePage('/hotspots', () => import('./hotspot/HotspotsPage.tsx')),
  casePage(
    '/screening',
    withIntakeWords(() => import('./screening/OutsidePage.tsx')),
  ),
  casePage('/invitations', () => import('./gtn/InvitationsPage.tsx')),
  casePage('/invitations/$id', () => import('./gtn/InvitationsPage.tsx')),
  casePage('/gtn/attendance', () => import('./gtn/AttendancePage.tsx')),
  casePage('/services', () => import('./services/ServicesPage.tsx')),
  carePage('/care', () => import('./care/CarePage.tsx')),
  carePage('/care/teams', () => import('./care/TeamsPage.tsx')),
  carePage('/care/teams/$id', () => import('./care/TeamPage.tsx')),
  carePage('/care/$id', () => import('./care/PlacePage.tsx')),
  carePage('/line', () => import('./hotline/LinePage.tsx')),
  carePage('/lines', () => import('./hotline/LinesPage.tsx')),
  createRoute({
    getParentRoute: () => inside,
    path: '/supervision',
    validateSearch: (search): { tab?: string } => (typeof search.tab === 'string' ? { tab: search.tab } : {}),
    component: lazyRouteComponent(withCaseWords(() => import('./supervision/SupervisionPage.tsx'))),
  }),
  casePage('/supervision/hand-over/$id', () => import('./supervision/HandOverPage.tsx')),
  casePage('/supervision/reviews/$id', () => import('./supervision/ReviewPage.tsx')),
  casePage('/court', () => import('./court/CourtDuePage.tsx')),
  planPage(
    '/court/report',
    withCaseWords(() => import('./court/CourtReportPage.tsx')),
  ),
  planPage(
    '/outcomes',
    withCaseWords(() => import('./outcome/CohortsPage.tsx')),
  ),
  planPage(
    '/placements/monitoring',
    withCaseWords(() => import('./placement/PlacementMonitoringPage.tsx')),
  ),
  page('/cases', () => import('./case/CasesPage.tsx')),
  createRoute({
    getParentRoute: () => inside,
    path: '/cases/$id',
    validateSearch: (search): { tab?: string } => (typeof search.tab === 'string' ? { tab: search.tab } : {}),
    component: lazyRouteComponent(withCaseWords(() => import('./case/CasePage.tsx'))),
  }),
  casePage('/cases/$id/assessment/$form', () => import('./case/AssessmentPage.tsx')),
  casePage('/forms', () => import('./forms/FormsPage.tsx')),
  casePage('/forms/import', () => import('./forms/ImportPage.tsx')),
  casePage('/forms/$form/$version', () => import('./forms/FormPage.tsx')),
  casePage('/cases/$id/screening/$set', () => import('./screening/ScreeningPage.tsx')),
  createRoute({
    getParentRoute: () => inside,
    path: '/cases/$id/refer',
    validateSearch: (search): { action?: string } =>
      typeof search.action === 'string' ? { action: search.action } : {},
    component: lazyRouteComponent(withCaseWords(() => import('./referral/NewReferralPage.tsx'))),
  }),
  referrals('/referrals'),
  referrals('/referrals/$id'),
  intakePage('/unit', () => import('./unit/UnitPage.tsx')),
  page('/national', () => import('./national/NationalPage.tsx')),
  planPage('/plans', () => import('./plan/PlansPage.tsx')),
  planPage('/plans/import', () => import('./plan/ImportPage.tsx')),
  createRoute({
    getParentRoute: () => inside,
    path: '/plans/$slug',
    validateSearch: (search): { version?: number } =>
      typeof search.version === 'number' ? { version: search.version } : {},
    component: lazyRouteComponent(withPlanWords(() => import('./plan/PlanPage.tsx'))),
  }),
  planPage('/plans/$slug/reconciliation', () => import('./plan/ReconciliationPage.tsx')),
  planPage('/plans/$slug/dashboard', () => import('./execution/DashboardPage.tsx')),
  createRoute({
    getParentRoute: () => inside,
    path: '/plans/$slug/execution',
    validateSearch: planChoice,
    component: lazyRouteComponent(withPlanWords(() => import('./execution/PlanExecutionPage.tsx'))),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/plan-reports',
    validateSearch: (search): { late?: 'true'; plan?: string; asOf?: string } => ({
      ...(search.late === 'true' ? { late: 'true' } : {}),
      ...(typeof search.plan === 'string' ? { plan: search.plan } : {}),
      ...(typeof search.asOf === 'string' ? { asOf: search.asOf } : {}),
    }),
    component: lazyRouteComponent(withPlanWords(() => import('./reporting/PlanReportsPage.tsx'))),
  }),
  planPage('/plan-reports/$id', () => import('./reporting/PlanReportPage.tsx')),
  createRoute({
    getParentRoute: () => inside,
    path: '/indicators',
    validateSearch: (search): Filter =>
      Object.fromEntries(
        (['plan', 'pillar', 'kind', 'state', 'q'] as const).flatMap((key) =>
          typeof search[key] === 'string' && search[key] !== '' ? [[key, search[key]]] : [],
        ),
      ),
    component: lazyRouteComponent(withPlanWords(() => import('./indicator/IndicatorsPage.tsx'))),
  }),
  planPage('/indicators/$id', () => import('./indicator/IndicatorPage.tsx')),
  planPage('/surveys', () => import('./survey/SurveysPage.tsx')),
  planPage('/surveys/$id', () => import('./survey/SurveyPage.tsx')),
  planPage('/plan-activities/$id', () => import('./execution/ActivityPage.tsx')),
  planPage('/bodies', () => import('./body/BodiesPage.tsx')),
  planPage('/bodies/$id', () => import('./body/BodyPage.tsx')),
  planPage('/meetings/$id', () => import('./body/MeetingPage.tsx')),
  planPage('/recommendations', () => import('./body/RecommendationsPage.tsx')),
  planPage('/recommendations/$id', () => import('./body/RecommendationsPage.tsx')),
  planPage('/net', () => import('./net/NetPage.tsx')),
  planPage('/net/structures', () => import('./net/StructuresPage.tsx')),
  planPage('/net/structures/$id', () => import('./net/StructurePage.tsx')),
  planPage('/projects', () => import('./net/ProjectsPage.tsx')),
  planPage('/local', () => import('./local/LocalListPage.tsx')),
  planPage('/local/$municipality', () => import('./local/LocalPage.tsx')),
  planPage('/law', () => import('./law/LawPage.tsx')),
  intakePage('/tips', () => import('./tips/TipsPage.tsx')),
  casePage('/complaints', () => import('./complaint/ComplaintsPage.tsx')),
  casePage('/complaints/new', () => import('./complaint/EnterPage.tsx')),
  casePage('/complaints/$id', () => import('./complaint/ComplaintPage.tsx')),
  casePage('/complaint-questions/$id', () => import('./complaint/ComplaintsPage.tsx')),
  planPage('/trainings', () => import('./prevention/TrainingsPage.tsx')),
  planPage('/trainings/$id', () => import('./prevention/TrainingPage.tsx')),
  planPage('/prevention', () => import('./prevention/PreventionPage.tsx')),
  planPage('/prevention/figures', () => import('./prevention/FiguresPage.tsx')),
  planPage('/prevention/$id', () => import('./prevention/ActivityPage.tsx')),
  planPage('/registers/businesses', () => import('./prevention/BusinessesPage.tsx')),
  planPage('/registers/businesses/$id', () => import('./prevention/BusinessPage.tsx')),
  planPage('/learning', () => import('./learning/LearningPage.tsx')),
  planPage('/learning/guidance/$id', () => import('./learning/GuidancePage.tsx')),
  planPage('/learning/courses/new', () => import('./learning/CourseWritingPage.tsx')),
  planPage('/learning/courses/$id/write', () => import('./learning/CourseWritingPage.tsx')),
  planPage('/learning/courses/$id', () => import('./learning/CoursePage.tsx')),
  planPage('/notices', () => import('./notice/NoticesPage.tsx')),
  planPage('/notices/settings', () => import('./notice/SettingsPage.tsx')),
  planPage('/notices/deliveries', () => import('./notice/DeliveriesPage.tsx')),
  nrmPage('/interviews', () => import('./interview/InterviewsPage.tsx')),
  nrmPage('/interviews/rooms', () => import('./interview/RoomsPage.tsx')),
  nrmPage('/interviews/$id', () => import('./interview/InterviewPage.tsx')),
  nrmPage('/proceedings', () => import('./justice/ProceedingsPage.tsx')),
  nrmPage('/proceedings/new', () => import('./justice/NewProceedingPage.tsx')),
  nrmPage('/proceedings/closed', () => import('./justice/ClosedPage.tsx')),
  nrmPage('/proceedings/$id', () => import('./justice/ProceedingPage.tsx')),
  planPage('/funnel', withCaseWords(withWords('nrm')(() => import('./funnel/FunnelPage.tsx')))),
  createRoute({
    getParentRoute: () => inside,
    path: '/exchange',
    validateSearch: (search): { tab?: string } => (typeof search.tab === 'string' ? { tab: search.tab } : {}),
    component: lazyRouteComponent(
      withCaseWords(withWords('nrm')(() => import('./exchange/ExchangePage.tsx'))),
    ),
  }),
  nrmPage('/returns', () => import('./returns/ReturnsPage.tsx')),
  nrmPage('/returns/$id', () => import('./returns/ReturnPage.tsx')),
  nrmPage('/packets', () => import('./packet/PacketsPage.tsx')),
  nrmPage('/nrm', () => import('./nrm/NrmPage.tsx')),
  nrmPage('/shelters', () => import('./assistance/SheltersPage.tsx')),
  nrmPage('/shelters/$id', () => import('./assistance/ResidentPage.tsx')),
  createRoute({
    getParentRoute: () => inside,
    path: '/nrm/new',
    validateSearch: (search): { prior?: string } =>
      typeof search.prior === 'string' ? { prior: search.prior } : {},
    component: lazyRouteComponent(withCaseWords(withWords('nrm')(() => import('./nrm/NewAdultPage.tsx')))),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/nrm/$id',
    validateSearch: (search): { tab?: string } => (typeof search.tab === 'string' ? { tab: search.tab } : {}),
    component: lazyRouteComponent(withCaseWords(withWords('nrm')(() => import('./nrm/NrmFilePage.tsx')))),
  }),
  page('/work', () => import('./worklist/WorkPage.tsx')),
  page(
    '/search',
    withDeskWords(() => import('./search/SearchPage.tsx')),
  ),
  page('/account', () => import('./session/AccountPage.tsx')),
  page('/admin', () => import('./admin/AdminPage.tsx')),
  page(
    '/access',
    withWords('log')(() => import('./access/AccessPage.tsx')),
  ),
  privacy('/privacy'),
  privacy('/privacy/$id'),
  casePage('/beyond', () => import('./privacy/BeyondPage.tsx')),
  casePage('/beyond/$id', () => import('./privacy/BeyondPage.tsx')),
]

export const router = createRouter({
  routeTree: root.addChildren([signIn, inside.addChildren(pages)]),
  basepath: '/app',
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultPendingMs: 400,
  defaultErrorComponent: ({ error, reset }) => (
    <FailedPage error={error instanceof Error ? error : new Error('failed')} reset={reset} />
  ),
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
