import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { Button } from '#web/design/Button.tsx'
import { TextArea } from '#web/design/Field.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { OneReportReply, ReportContent } from '#wire/reporting.ts'

const empty: ReportContent = { summary: '', difficulties: '', next: '', activities: [] }

/** What the institution says: kept while it is written, saved as the report's draft when pressed. */
export function Writing({ of }: { of: OneReportReply }) {
  const t = useWords()
  const { language } = useLanguage()
  const draft = useDraft<ReportContent>(`plan_report:${of.id}`, of.content ?? empty)
  const send = useCommand({
    onDone: async () => {
      await draft.clear()
      toast(t('reporting', 'saved_draft'))
    },
  })
  const said = (uid: string) =>
    draft.value.activities.find((one) => one.uid === uid) ?? { uid, progress: '', next: '' }
  const say = (uid: string, change: { progress?: string; next?: string }) =>
    draft.set((now) => ({
      ...now,
      activities: [...now.activities.filter((one) => one.uid !== uid), { ...said(uid), ...change }],
    }))
  const save = () =>
    send.mutate({
      type: 'plan_report.save',
      recordId: of.id,
      baseVersion: of.version,
      body: {
        content: {
          ...draft.value,
          activities: draft.value.activities.filter((one) => one.progress !== '' || one.next !== ''),
        },
      },
    })
  return (
    <section className="sheet no-print" aria-labelledby="write">
      <div className="sheet-head">
        <h2 id="write">{t('reporting', 'write')}</h2>
      </div>
      <div className="sheet-body stack">
        <CommandFault error={send.error} onInsist={save} />
        {(['summary', 'difficulties', 'next'] as const).map((name) => (
          <TextArea
            key={name}
            id={`f-${name}`}
            label={t('reporting', name)}
            value={draft.value[name]}
            onValue={(value) => draft.set({ [name]: value })}
            maxLength={5000}
            rows={5}
          />
        ))}
        {of.activities.length > 0 && (
          <details>
            <summary>
              {t('reporting', 'activities_written')} ({of.activities.length})
            </summary>
            {of.activities.map((activity) => (
              <fieldset key={activity.uid} className="stack">
                <legend>
                  <b>{activity.code}</b>{' '}
                  {language === 'sq'
                    ? (activity.titleSq ?? activity.titleEn)
                    : (activity.titleEn ?? activity.titleSq)}
                </legend>
                <TextArea
                  label={t('reporting', 'progress')}
                  value={said(activity.uid).progress}
                  onValue={(progress) => say(activity.uid, { progress })}
                  maxLength={2000}
                />
                <TextArea
                  label={t('reporting', 'next_step')}
                  value={said(activity.uid).next}
                  onValue={(next) => say(activity.uid, { next })}
                  maxLength={1000}
                  rows={2}
                />
              </fieldset>
            ))}
          </details>
        )}
        <div className="row">
          <Button kind="primary" busy={send.isPending} onClick={save}>
            {t('reporting', 'act_save')}
          </Button>
        </div>
      </div>
    </section>
  )
}
