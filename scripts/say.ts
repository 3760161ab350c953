/** Progress of the scripts goes to stderr. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}
