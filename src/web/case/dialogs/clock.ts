import { sayIfKnown } from '#web/design/words.tsx'
import type { Make } from './context.ts'

/** A supervisor gives more time: until which day, and why. What was missed stays counted, and the dialog says so. */
export const extendClock: Make = (m) => {
  const clock = m.view.clocks.find((one) => one.id === m.about)
  return {
    type: 'clock.extend',
    recordId: m.view.id,
    title: m.t('clock', 'extend'),
    consequence: [
      clock === undefined ? undefined : sayIfKnown('clock', `rule_${clock.rule}`),
      m.t('clock', 'extend_means'),
    ]
      .filter(Boolean)
      .join('. '),
    action: m.t('clock', 'extend'),
    fields: [
      { name: 'until', kind: 'day', label: m.t('clock', 'extend_until') },
      { name: 'reason', kind: 'area', label: m.t('clock', 'extend_reason') },
    ],
    toBody: (plain) => ({ clockId: m.about, ...plain }),
    done: m.t('casePage', 'saved'),
  }
}
