interface Block {
  readonly kind: 'heading' | 'points' | 'line'
  readonly lines: readonly string[]
}

const blocksOf = (text: string): readonly Block[] => {
  const blocks: Block[] = []
  for (const line of text.split('\n').map((one) => one.trim())) {
    const last = blocks.at(-1)
    if (line === '') continue
    if (line.startsWith('## ')) blocks.push({ kind: 'heading', lines: [line.slice(3)] })
    else if (!line.startsWith('- ')) blocks.push({ kind: 'line', lines: [line] })
    else if (last?.kind === 'points')
      blocks.splice(-1, 1, { kind: 'points', lines: [...last.lines, line.slice(2)] })
    else blocks.push({ kind: 'points', lines: [line.slice(2)] })
  }
  return blocks
}

/** Text of a procedure as its authors write it: `## ` a heading, `- ` a point, any other line a paragraph. Nothing else is read into it. */
export function PlainText({ text, level = 2 }: { text: string; level?: 2 | 3 }) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return blocksOf(text).map(({ kind, lines }) => {
    const key = `${kind} ${lines[0]}`
    if (kind === 'heading') return <Heading key={key}>{lines[0]}</Heading>
    if (kind === 'line') return <p key={key}>{lines[0]}</p>
    return (
      <ul key={key}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    )
  })
}
