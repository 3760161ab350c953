/**
 * Lines of one list of which some are over few persons. The reader may know the sum of all from elsewhere, and that a hidden line is small:
 * so one that is not small is hidden with them, and no line's figure follows from the sum and from what stays. Pure.
 */
export const hiddenLines = <T>(
  lines: readonly T[],
  isSmall: (line: T) => boolean,
  /** What hiding a line takes from the reader: the least of it goes. */
  cost: (line: T) => number,
): ReadonlySet<T> => {
  const small = lines.filter(isSmall)
  const [cheapest] =
    small.length === 0 ? [] : lines.filter((line) => !isSmall(line)).toSorted((a, b) => cost(a) - cost(b))
  return new Set(cheapest === undefined ? small : [...small, cheapest])
}
