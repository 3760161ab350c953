import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { request } from '#web/client/request.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { CheckField, ErrorSummary, TextField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { toast } from '#web/design/Toast.tsx'
import { fullDate, nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { TokenList } from '#wire/session.ts'
import { PasswordField } from './PasswordField.tsx'

const scopes = ['read', 'write', 'statistics', 'export', 'admin'] as const

function NewToken({ onMade, onClose }: { onMade: (token: string) => void; onClose: () => void }) {
  const t = useWords()
  const { role } = useUser()
  const [name, setName] = useState('')
  const [days, setDays] = useState('90')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [password, setPassword] = useState('')
  const make = useMutation({
    mutationFn: () =>
      request<{ token: string }>('/api/tokens', {
        method: 'POST',
        body: { name, days: Number(days), scopes: chosen, password },
      }),
    onSuccess: ({ token }) => onMade(token),
  })
  const faults = faultsOf(make.error)
  const offered = scopes.filter((s) =>
    role === 'admin' ? s !== 'statistics' && s !== 'export' : s !== 'admin',
  )
  return (
    <Dialog
      title={t('account', 'token_new')}
      onClose={onClose}
      action={t('account', 'token_new')}
      busy={make.isPending}
      onSubmit={() => make.mutate()}
    >
      <ErrorSummary faults={faults} />
      <TextField
        id="f-name"
        label={t('account', 'token_name')}
        value={name}
        onValue={setName}
        error={faultAt(faults, 'name')}
      />
      <CheckField
        id="f-scopes"
        label={t('account', 'token_scopes')}
        options={offered.map((s) => ({ value: s, label: t('account', `scope_${s}`) }))}
        values={chosen}
        onValues={setChosen}
        error={faultAt(faults, 'scopes')}
      />
      <TextField
        id="f-days"
        short
        inputMode="numeric"
        label={t('account', 'token_days')}
        value={days}
        onValue={setDays}
        error={faultAt(faults, 'days')}
      />
      <PasswordField
        id="f-password"
        label={t('account', 'confirm_password')}
        autoComplete="current-password"
        value={password}
        onValue={setPassword}
        error={faultAt(faults, 'password')}
      />
    </Dialog>
  )
}

export function TokensPart() {
  const t = useWords()
  const now = useNow()
  const queries = useQueryClient()
  const list = useGet<TokenList>('/api/tokens')
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const again = () => void queries.invalidateQueries({ queryKey: ['/api/tokens'] })
  const revoke = useMutation({
    mutationFn: (id: string) => request(`/api/tokens/${id}`, { method: 'DELETE' }),
    onSuccess: () => {
      toast(t('account', 'token_revoked'))
      again()
    },
  })
  const items = list.data?.items ?? []
  return (
    <section className="sheet" aria-labelledby="tokens">
      <div className="sheet-head">
        <h2 id="tokens">{t('account', 'tokens')}</h2>
        <span className="push">
          <Button size="table" icon="plus" onClick={() => setAdding(true)}>
            {t('account', 'token_new')}
          </Button>
        </span>
      </div>
      <div className="sheet-body stack">
        <p className="quiet">{t('account', 'tokens_more')}</p>
        {list.isPending ? (
          <Loading />
        ) : items.length === 0 ? (
          <p>{t('account', 'tokens_none')}</p>
        ) : (
          <Table
            caption={t('account', 'tokens')}
            rows={items}
            rowKey={(one) => one.id}
            columns={[
              {
                key: 'name',
                head: t('account', 'token_name'),
                name: true,
                cell: (one) => (
                  <>
                    {one.name}
                    <small>{one.scopes.map((s) => t('account', `scope_${s}`)).join(', ')}</small>
                  </>
                ),
              },
              { key: 'until', head: t('account', 'token_expires'), cell: (one) => fullDate(one.expiresAt) },
              {
                key: 'used',
                head: t('account', 'token_used'),
                cell: (one) => (one.lastUsedAt ? nearDate(one.lastUsedAt, now) : t('account', 'token_never')),
              },
              {
                key: 'revoke',
                head: t('account', 'token_revoke'),
                cell: (one) => (
                  <Button size="table" busy={revoke.isPending} onClick={() => revoke.mutate(one.id)}>
                    {t('account', 'token_revoke')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </div>
      {adding && (
        <NewToken
          onClose={() => setAdding(false)}
          onMade={(token) => {
            setAdding(false)
            setMade(token)
            again()
          }}
        />
      )}
      {made && (
        <Dialog title={t('account', 'token_made')} onClose={() => setMade(null)}>
          <p>{t('account', 'token_made_more')}</p>
          <p>
            <code className="secret" translate="no">
              {made}
            </code>
          </p>
          <Button icon="copy" onClick={() => void navigator.clipboard.writeText(made)}>
            {t('web', 'copy')}
          </Button>
        </Dialog>
      )}
    </section>
  )
}
