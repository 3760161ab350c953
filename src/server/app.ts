/** The table of contents: what the server answers, and in which order a request walks through it. */
import fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { CommandReply, Envelope, Problem as ProblemShape } from '#wire/envelope.ts'
import { asProblem } from './accident.ts'
import { actionPlanCommands, actionPlanEndpoints, mountWorkbooks } from './action-plan/index.ts'
import { adminCommands, adminEndpoints, mountSetupCode } from './admin/index.ts'
import { assistanceCommands, assistanceEndpoints } from './assistance/index.ts'
import {
  attachmentCommands,
  attachmentEndpoints,
  mountAttachmentFiles,
  mountUploads,
} from './attachment/index.ts'
import { bodyCommands, bodyEndpoints, mountInvitation } from './body/index.ts'
import { borderCommands, borderEndpoints } from './border/index.ts'
import { careCommands, careEndpoints } from './care/index.ts'
import { caseCommands, caseDownloads, caseEndpoints, mountConferenceInvitation } from './case/index.ts'
import { clockCommands, clockEndpoints } from './clock/index.ts'
import { type CommandRegistry, execute, registry } from './command.ts'
import { complaintCommands, complaintEndpoints } from './complaint/index.ts'
import { consentCommands, consentEndpoints } from './consent/index.ts'
import type { Context } from './context.ts'
import { disclosureCommands, disclosureEndpoints } from './disclosure/index.ts'
import { documentDownloads, documentEndpoints } from './document/index.ts'
import { draftEndpoints } from './draft/index.ts'
import {
  type Download,
  type Endpoint,
  mountDownload,
  mountEndpoint,
  requireIdentity,
  sendProblem,
} from './endpoint.ts'
import { exchangeCommands, exchangeEndpoints, htcdsDownloads, mountHtcdsPreview } from './exchange/index.ts'
import { executionCommands, executionDownloads, executionEndpoints } from './execution/index.ts'
import { familyCommands, familyEndpoints } from './family/index.ts'
import { formCommands, formEndpoints, mountFormWorkbooks } from './form/index.ts'
import { funnelDownloads, funnelEndpoints } from './funnel/index.ts'
import { mountHealth } from './health.ts'
import { hotlineCommands, hotlineEndpoints } from './hotline/index.ts'
import { bareHeaders, mountHeaders } from './http/headers.ts'
import { mountShutdown } from './http/shutdown.ts'
import { mountTooLarge } from './http/too-large.ts'
import { uuidv7 } from './ids.ts'
import { indicatorCommands, indicatorEndpoints } from './indicator/index.ts'
import { inspectionCommands, inspectionEndpoints } from './inspection/index.ts'
import { interviewCommands, interviewEndpoints } from './interview/index.ts'
import { justiceCommands, justiceEndpoints } from './justice/index.ts'
import { learningCommands, learningEndpoints } from './learning/index.ts'
import { localCommands, localEndpoints } from './local/index.ts'
import { mountPublicDirectory, netCommands, netEndpoints } from './net/index.ts'
import { mountDevices, noticeCommands, noticeEndpoints } from './notice/index.ts'
import { nrmCommands, nrmEndpoints } from './nrm/index.ts'
import { describeApi } from './openapi.ts'
import { outcomeCommands, outcomeDownloads, outcomeEndpoints } from './outcome/index.ts'
import { mountPackets, packetCommands, packetDownloads, packetEndpoints } from './packet/index.ts'
import { personCommands, personEndpoints } from './person/index.ts'
import { placeCommands, placeEndpoints } from './place/index.ts'
import { placementCommands, placementDownloads, placementEndpoints } from './placement/index.ts'
import { preventionCommands, preventionDownloads, preventionEndpoints } from './prevention/index.ts'
import { privacyCommands, privacyDownloads, privacyEndpoints } from './privacy/index.ts'
import { invalid, Problem } from './problem.ts'
import { mountPublicPages } from './public/mount.ts'
import { referralCommands, referralEndpoints } from './referral/index.ts'
import { reportCommands, reportEndpoints } from './report/index.ts'
import { mountPublicApi } from './report/public-api.ts'
import { reportingCommands, reportingDownloads, reportingEndpoints } from './reporting/index.ts'
import { mountPublishedReports } from './reporting/published.ts'
import { returnCommands, returnEndpoints } from './returns/index.ts'
import { rightsCommands, rightsEndpoints } from './rights/index.ts'
import { screeningCommands, screeningEndpoints } from './screening/index.ts'
import { selfCommands, selfEndpoints } from './self/index.ts'
import { mountHsds, providersFor, serviceCommands, serviceEndpoints } from './services/index.ts'
import { mountSession } from './session/index.ts'
import { mountStaff } from './staff.ts'
import { mountPublicStatistics, statisticsEndpoints } from './statistics/index.ts'
import { supervisionCommands, supervisionEndpoints } from './supervision/index.ts'
import { surveyCommands, surveyEndpoints } from './survey/index.ts'
import { textSearchEndpoints } from './text-search/index.ts'
import { workCommands, workEndpoints } from './worklist/index.ts'

/** Every write, by noun. */
export const commands: CommandRegistry = registry([
  ...caseCommands,
  ...careCommands,
  ...assistanceCommands,
  ...attachmentCommands,
  ...actionPlanCommands,
  ...adminCommands,
  ...bodyCommands,
  ...borderCommands,
  ...clockCommands,
  ...complaintCommands,
  ...hotlineCommands,
  ...consentCommands,
  ...disclosureCommands,
  ...exchangeCommands,
  ...executionCommands,
  ...familyCommands,
  ...outcomeCommands,
  ...localCommands,
  ...indicatorCommands,
  ...inspectionCommands,
  ...netCommands,
  ...formCommands,
  ...justiceCommands,
  ...learningCommands,
  ...noticeCommands,
  ...packetCommands,
  ...personCommands,
  ...placeCommands,
  ...placementCommands,
  ...preventionCommands,
  ...privacyCommands,
  ...referralCommands,
  ...reportCommands,
  ...reportingCommands,
  ...returnCommands,
  ...rightsCommands,
  ...interviewCommands,
  ...nrmCommands,
  ...selfCommands,
  ...screeningCommands,
  ...serviceCommands,
  ...supervisionCommands,
  ...surveyCommands,
  ...workCommands,
])

/** Every read for somebody signed in, by noun. */
export const endpoints: readonly Endpoint[] = [
  ...caseEndpoints,
  ...careEndpoints,
  ...assistanceEndpoints,
  ...attachmentEndpoints,
  ...actionPlanEndpoints,
  ...adminEndpoints,
  ...bodyEndpoints,
  ...borderEndpoints,
  ...clockEndpoints,
  ...complaintEndpoints,
  ...hotlineEndpoints,
  ...consentEndpoints,
  ...documentEndpoints,
  ...disclosureEndpoints,
  ...draftEndpoints,
  ...exchangeEndpoints,
  ...executionEndpoints,
  ...familyEndpoints,
  ...outcomeEndpoints,
  ...localEndpoints,
  ...funnelEndpoints,
  ...indicatorEndpoints,
  ...inspectionEndpoints,
  ...netEndpoints,
  ...formEndpoints,
  ...justiceEndpoints,
  ...learningEndpoints,
  ...noticeEndpoints,
  ...packetEndpoints,
  ...personEndpoints,
  ...placeEndpoints,
  ...placementEndpoints,
  ...preventionEndpoints,
  ...privacyEndpoints,
  ...referralEndpoints,
  ...reportEndpoints,
  ...reportingEndpoints,
  ...returnEndpoints,
  ...rightsEndpoints,
  ...interviewEndpoints,
  ...nrmEndpoints,
  ...selfEndpoints,
  ...screeningEndpoints,
  ...serviceEndpoints,
  providersFor,
  ...statisticsEndpoints,
  ...supervisionEndpoints,
  ...surveyEndpoints,
  ...workEndpoints,
  ...textSearchEndpoints,
]

/** Files for somebody signed in, by noun. */
export const downloads: readonly Download[] = [
  ...caseDownloads,
  ...outcomeDownloads,
  ...packetDownloads,
  ...placementDownloads,
  ...documentDownloads,
  ...executionDownloads,
  ...funnelDownloads,
  ...htcdsDownloads,
  ...preventionDownloads,
  ...privacyDownloads,
  ...reportingDownloads,
]

/** Doors outside the pipeline of signed-in reads and commands: for nobody yet, or for answers that must not be kept. */
const mounts: ReadonlySet<(app: FastifyInstance, ctx: Context) => void> = new Set([
  mountHealth,
  mountHsds,
  mountConferenceInvitation,
  mountDevices,
  mountInvitation,
  mountPackets,
  mountPublicApi,
  mountPublicDirectory,
  mountPublicStatistics,
  mountPublishedReports,
  mountSession,
  mountSetupCode,
  mountFormWorkbooks,
  mountHtcdsPreview,
  mountWorkbooks,
  mountAttachmentFiles,
  mountUploads,
])

/** One megabyte: the longest honest command is a report of a few children. */
const bodyLimit = 1_048_576

export interface AppOptions {
  /** Addresses of the proxies whose X-Forwarded-For is believed; nobody's otherwise. */
  readonly trustProxy?: readonly string[]
  /** Where «leave quickly» leads; an everyday page by default. */
  readonly exitUrl?: string | undefined
}

export const buildApp = async (ctx: Context, options: AppOptions = {}): Promise<FastifyInstance> => {
  const trusted = options.trustProxy ?? []
  const app = fastify({
    logger: false,
    bodyLimit,
    trustProxy: trusted.length === 0 ? false : [...trusted],
    // Named by us: an id that a client chose could carry anything into the log.
    requestIdHeader: false,
    genReqId: () => uuidv7(),
    // Addresses that the router cannot read or that no record could have; by itself it would repeat them.
    frameworkErrors: (error, request, reply) =>
      void sendProblem(
        request,
        reply.headers(bareHeaders),
        error.code === 'FST_ERR_BAD_URL'
          ? invalid({ field: 'path', code: 'bad_format' })
          : new Problem('not_found'),
      ),
  }).withTypeProvider<ZodTypeProvider>()
  app.setSerializerCompiler(serializerCompiler)
  app.setValidatorCompiler(() => (value) => ({ value }))
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, asProblem(error)))
  const plain = app as unknown as FastifyInstance
  mountHeaders(plain, { secure: ctx.secure === true, clock: ctx.clock })
  mountShutdown(plain)
  mountTooLarge(plain)
  await describeApi(plain, commands)

  app.route({
    method: 'POST',
    url: '/api/commands',
    schema: {
      summary: 'Every write: one command, one answer, the same answer when sent again',
      body: Envelope,
      response: { 200: CommandReply, '4xx': ProblemShape },
    },
    handler: async (request) => {
      const identity = await requireIdentity(ctx, request)
      return execute(ctx, commands, identity.actor, request.body)
    },
  })
  for (const declared of endpoints) mountEndpoint(app, ctx, declared)
  for (const declared of downloads) mountDownload(plain, ctx, declared)
  for (const mount of mounts) mount(plain, ctx)
  await mountStaff(plain)
  const pages = await mountPublicPages(plain, ctx, options.exitUrl)
  app.setNotFoundHandler(
    (request, reply) =>
      pages.missing(request, reply) ?? sendProblem(request, reply, new Problem('not_found')),
  )
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  return plain
}
