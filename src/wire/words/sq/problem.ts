import type { problem as en } from '../en/problem.ts'
import type { Words } from '../words.ts'

export const problem: Words<typeof en> = {
  invalid_title: 'Diçka duhet ndrequr',
  invalid: 'Disa përgjigje nuk u lexuan dot. Shihni pranë secilës fushë.',
  unauthenticated_title: 'Hyni më parë',
  unauthenticated: 'Nuk keni hyrë, ose sesioni juaj ka mbaruar. Shkrimi juaj është ruajtur.',
  locked_title: 'U kyç për siguri',
  locked: 'U kyç për siguri. Puna juaj është ruajtur: shkruani fjalëkalimin për të vazhduar.',
  forbidden_title: 'Nuk lejohet',
  forbidden: 'Roli juaj nuk e bën dot këtë.',
  not_found_title: 'Këtu nuk ka asgjë',
  not_found: 'Këtu nuk ka asgjë që hapet për ju.',
  stale_title: 'Dikush e ndryshoi ndërkohë',
  stale: 'Dikush e ndryshoi këtë regjistrim ndërsa po shkruanit. Shihni çfarë ndryshoi, pastaj vendosni.',
  command_reused_title: 'E përdorur më parë',
  command_reused: 'Kjo kërkesë është dërguar më parë me përmbajtje tjetër. Asgjë nuk u ndryshua.',
  too_large_title: 'Tepër e madhe',
  too_large: 'Ajo që dërguat është tepër e madhe. Shkurtojeni dhe dërgojeni përsëri.',
  unsupported_media_type_title: 'Format i panjohur',
  unsupported_media_type: 'Ky format nuk pranohet këtu; dërgoni JSON.',
  refused_title: 'Nuk bëhet',
  refused: 'Tani kjo nuk bëhet.',
  too_many_requests_title: 'Shumë prova',
  too_many_requests: 'Shumë prova. Prisni pak minuta dhe provoni përsëri.',
  internal_title: 'Diçka nuk shkoi',
  internal: 'Diçka nuk shkoi. Shkrimi juaj është ruajtur; provoni përsëri.',
  unopened_title: 'Nuk hapet',
  unopened:
    'Një e dhënë e ndjeshme këtu nuk hapet: është ndryshuar, ose i mungon çelësi. Asgjë nuk u ndryshua. Njoftoni ata që mirëmbajnë regjistrin.',
  no_key_title: 'Mungon çelësi',
  no_key:
    'Të dhënat e ndjeshme nuk mund të ruhen tani, sepse mungon çelësi që i vulos. Asgjë nuk u ruajt. Njoftoni ata që mirëmbajnë regjistrin.',
  unavailable_title: 'Nuk është gati',
  unavailable: 'Regjistri nuk është gati. Provoni pas pak.',
}
