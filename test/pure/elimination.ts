/** Which unknowns follow from equations between them: elimination modulo a prime. */
export type Equation = ReadonlyMap<string, number>

const P = 1_000_003
const inverse = (a: number): number => {
  let [result, base, e] = [1, a, P - 2]
  for (; e > 0; e >>= 1, base = (base * base) % P) if (e & 1) result = (result * base) % P
  return result
}

/** Names of the unknowns that a reader can work out; what is known is left out of the equations, its value does not matter. */
export const derivable = (equations: readonly Equation[]): string[] => {
  const names = [...new Set(equations.flatMap((one) => [...one.keys()]))]
  const matrix = equations.map((one) => names.map((name) => ((one.get(name) ?? 0) + P) % P))
  let rank = 0
  for (let c = 0; c < names.length && rank < matrix.length; c += 1) {
    const pivot = matrix.findIndex((row, i) => i >= rank && row[c] !== 0)
    if (pivot === -1) continue
    ;[matrix[rank], matrix[pivot]] = [matrix[pivot]!, matrix[rank]!]
    const scale = inverse(matrix[rank]![c]!)
    matrix[rank] = matrix[rank]!.map((v) => (v * scale) % P)
    for (const [i, row] of matrix.entries()) {
      if (i === rank || row[c] === 0) continue
      const factor = row[c]!
      matrix[i] = row.map((v, k) => (v + P * P - factor * matrix[rank]![k]!) % P)
    }
    rank += 1
  }
  return matrix
    .filter((row) => row.filter((v) => v !== 0).length === 1)
    .map((row) => names[row.findIndex((v) => v !== 0)]!)
}
