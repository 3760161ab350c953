/** Opens an embedded database as a process of its own, says so, and holds it until stdin closes: for embedded.test.ts. */
import { openEmbedded } from '#server/embedded.ts'
import { Fault } from '#server/fault.ts'
import { migrate } from '#server/migrate.ts'

const [home, mode] = process.argv.slice(2)
try {
  const opened = await openEmbedded({ home, say: (line) => process.stderr.write(`${line}\n`) })
  await migrate(opened.url)
  if (mode !== 'unfinished') opened.whole()
  process.stdout.write(
    `${JSON.stringify({ url: opened.url, fresh: opened.fresh, adopted: opened.adopted })}\n`,
  )
  for await (const _ of process.stdin);
  await opened.close()
} catch (error) {
  process.stdout.write(
    `${JSON.stringify({ fault: error instanceof Fault ? error.message : `accident: ${error}` })}\n`,
  )
  process.exitCode = 1
}
