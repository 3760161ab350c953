/** The largest of some numbers; 0 of none. */
export const max = (numbers: readonly number[]): number => numbers.reduce((a, b) => (a > b ? a : b), 0)
