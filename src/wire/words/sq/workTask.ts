import type { workTask as en } from '../en/workTask.ts'
import type { Words } from '../words.ts'

export const workTask: Words<typeof en> = {
  kind_report: 'Njoftime',
  kind_case: 'Raste',
  kind_referral: 'Referime',
  kind_plan_action: 'Veprime plani',
  kind_invitation: 'Thirrje në GTN',
  kind_gtn_task: 'Detyra të GTN-së',
  kind_hearing: 'Seanca gjyqësore',
  kind_court_follow: 'Vendime gjykate',
  kind_written_request: 'Kërkesa me shkrim',
  kind_plan_report: 'Raporte të planit',
  task_invitation: 'Përgjigjuni thirrjes në grupin teknik',
  task_gtn_task: 'Kthejeni detyrën e grupit në veprim plani',
  task_hearing: 'Seancë gjyqësore',
  task_court_appeal: 'Vendosni për ankimin',
  task_court_review: 'Rishikoni vendimin e gjykatës',
  task_court_check: 'Shihni nëse vendimi i gjykatës po zbatohet',
  task_request_received: 'Kontrolloni ligjshmërinë e kërkesës me shkrim',
  task_request_lawful: 'Përgjigjuni kërkesës së ligjshme me shkrim',
  task_request_unlawful: 'Refuzoni kërkesën me shkrim',
  task_plan_report: 'Shkruani raportin e planit',
}
