/** How a command speaks: its result on stdout, alone where `--json` asks for it; progress and faults on stderr. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}
