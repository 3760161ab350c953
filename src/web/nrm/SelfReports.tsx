import { useState } from 'react'
import { selfEnds } from '#domain/self/report.ts'
import { usePaged } from '#web/client/paged.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { nearDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import type { SelfItem } from '#wire/self.ts'

/** Adults who wrote for themselves and wait for an answer. */
export default function SelfReports() {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const list = usePaged<SelfItem>('/api/self-reports', { limit: 20 })
  const [form, setForm] = useState<CommandForm>()
  const take = (one: SelfItem): CommandForm => ({
    title: t('nrmPage', 'self_take'),
    action: t('nrmPage', 'self_take'),
    type: 'self_report.take',
    recordId: one.id,
    baseVersion: one.version,
    done: t('nrmPage', 'self_taken'),
    fields: [],
  })
  const close = (one: SelfItem): CommandForm => ({
    title: t('nrmPage', 'self_close'),
    action: t('nrmPage', 'self_close'),
    type: 'self_report.close',
    recordId: one.id,
    baseVersion: one.version,
    done: t('nrmPage', 'self_closed'),
    fields: [
      {
        name: 'why',
        kind: 'radio',
        label: t('nrmPage', 'self_why'),
        options: selfEnds.map((value) => ({ value, label: t('nrmPage', `self_${value}`) })),
      },
      { name: 'words', kind: 'area', label: t('nrmPage', 'basis') },
    ],
  })
  if (list.items.length === 0) return null
  return (
    <section className="sheet" aria-labelledby="self-reports">
      <div className="sheet-head">
        <h2 id="self-reports">{t('nrmPage', 'self_title')}</h2>
      </div>
      {list.items.map((one) => (
        <div key={one.id} className="item">
          <div>
            <p>
              <b>{one.name ?? t('nrmPage', 'self_nameless')}</b> · {nearDate(one.receivedAt, now)} ·{' '}
              {one.municipality ?? (language === 'sq' ? one.unit.nameSq : one.unit.nameEn)}
              {one.danger === 'yes' && (
                <>
                  {' '}
                  <Chip kind="breach">{t('nrmPage', 'self_danger')}</Chip>
                </>
              )}
            </p>
            <p className="narrative">{one.story}</p>
            {one.additions.map((word) => (
              <p key={word.at} className="narrative">
                {word.body}
              </p>
            ))}
            {one.place !== null && <p className="note">{one.place}</p>}
            <p>
              {t('nrmPage', 'self_contact')}: <b>{one.contact ?? t('nrmPage', 'self_no_contact')}</b>
              {one.safe !== null && ` · ${one.safe}`}
            </p>
            {one.takenBy !== null && (
              <p className="note quiet">{t('nrmPage', 'self_by', { who: one.takenBy })}</p>
            )}
          </div>
          <span className="row">
            {one.state === 'NEW' ? (
              <Button size="table" kind="primary" onClick={() => setForm(take(one))}>
                {t('nrmPage', 'self_take')}
              </Button>
            ) : (
              <>
                <ButtonLink size="table" to="/nrm/new">
                  {t('nrmPage', 'self_identify')}
                </ButtonLink>
                <Button size="table" onClick={() => setForm(close(one))}>
                  {t('nrmPage', 'self_close')}
                </Button>
              </>
            )}
          </span>
        </div>
      ))}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </section>
  )
}
