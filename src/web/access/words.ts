/** What an access record was about, in words: for pages that have the volume `log` with them. */
import { sayIfKnown } from '#web/design/words.tsx'

/** A kind of record, or of something tried the noun that its command begins with. */
export const kindOf = (kind: string): string =>
  sayIfKnown('admin', `kind_${kind}`) ??
  sayIfKnown('logPage', `kind_${kind.split('.')[0] ?? ''}`) ??
  sayIfKnown('admin', `kind_${kind.split('.')[0] ?? ''}`) ??
  kind
