import { nextAssetStates } from '#domain/justice/people.ts'
import {
  type AssetState,
  aidBases,
  aidKinds,
  assetKinds,
  claimRoutes,
  protectiveMeasures,
} from '#domain/justice/state.ts'
import type { CommandForm } from '#web/form/CommandDialog.tsx'

import { kitOf, type Making, number, options } from './kit.ts'

type Help =
  | 'assign_aid'
  | 'end_aid'
  | 'take_measure'
  | 'end_measure'
  | 'seize_asset'
  | 'settle_asset'
  | 'claim'
  | 'decide_claim'
  | 'pay_claim'
export const helpForm = (action: Help, making: Making): CommandForm => {
  const { t, view } = making
  const { say, common, on, victim, amount, withAmount, words } = kitOf(action, making)
  switch (action) {
    case 'assign_aid':
      return {
        ...common,
        fields: [
          victim(),
          { name: 'kind', kind: 'radio', label: say('aid'), options: options(t, 'aid', aidKinds) },
          {
            name: 'basis',
            kind: 'radio',
            label: say('basis'),
            options: options(t, 'basis', aidBases),
            initial: 'state',
          },
          { name: 'provider', kind: 'text', label: say('provider') },
          on(),
        ],
      }
    case 'end_aid':
      return {
        ...common,
        fields: [
          {
            name: 'aidId',
            kind: 'radio',
            label: say('aid'),
            options: view.aids
              .filter((one) => one.until === null)
              .map((one) => ({
                value: one.id,
                label: [one.pseudonym, say(`aid_${one.kind}`), one.provider].filter(Boolean).join(' · '),
              })),
          },
          on(),
        ],
      }
    case 'take_measure':
      return {
        ...common,
        fields: [
          victim(),
          {
            name: 'measure',
            kind: 'select',
            label: say('measure'),
            options: options(t, 'measure', protectiveMeasures),
          },
          on(),
          { ...words('words'), optional: true },
        ],
      }
    case 'end_measure':
      return {
        ...common,
        fields: [
          {
            name: 'measureId',
            kind: 'radio',
            label: say('measure'),
            options: view.measures
              .filter((one) => one.until === null)
              .map((one) => ({
                value: one.id,
                label: `${one.pseudonym} · ${say(`measure_${one.measure}`)}`,
              })),
          },
          on(),
        ],
      }
    case 'seize_asset':
      return {
        ...common,
        fields: [
          { name: 'kind', kind: 'select', label: say('asset'), options: options(t, 'asset', assetKinds) },
          { name: 'value', kind: 'text', label: say('value'), optional: true },
          on(),
          words('description'),
        ],
        toBody: ({ value, ...plain }) => ({
          ...plain,
          value: value === undefined ? null : number(String(value)),
        }),
      }
    case 'settle_asset': {
      const open = view.assets.filter((one) => nextAssetStates(one.state).length > 0)
      return {
        ...common,
        fields: [
          {
            name: 'assetId',
            kind: 'radio',
            label: say('asset'),
            options: open.map((one) => ({
              value: one.id,
              label: `${say(`asset_${one.kind}`)} · ${say(`asset_${one.state}`)}`,
            })),
            initial: open[0]?.id ?? '',
          },
          {
            name: 'state',
            kind: 'radio',
            label: say('status'),
            options: options(t, 'asset', [
              ...new Set(open.flatMap((one): readonly AssetState[] => nextAssetStates(one.state))),
            ]),
          },
          on(),
        ],
      }
    }
    case 'claim':
      return {
        ...common,
        consequence: say('claim_what'),
        fields: [
          victim(),
          {
            name: 'route',
            kind: 'radio',
            label: say('route'),
            options: options(t, 'route', claimRoutes),
            initial: 'criminal',
          },
          amount,
          on(),
        ],
        toBody: withAmount,
      }
    case 'decide_claim':
    case 'pay_claim': {
      const of = view.claims.filter((one) =>
        action === 'decide_claim'
          ? one.state === 'claimed'
          : ['awarded', 'part_executed'].includes(one.state),
      )
      return {
        ...common,
        ...(action === 'decide_claim' ? { consequence: say('decide_what') } : {}),
        fields: [
          {
            name: 'claimId',
            kind: 'radio',
            label: say('compensation'),
            options: of.map((one) => ({
              value: one.id,
              label: `${one.pseudonym} · ${say(`route_${one.route}`)}`,
            })),
            initial: of[0]?.id ?? '',
          },
          amount,
          on(),
          ...(action === 'pay_claim'
            ? [{ name: 'bailiff', kind: 'text' as const, label: say('bailiff'), optional: true }]
            : []),
        ],
        toBody: withAmount,
      }
    }
  }
}
