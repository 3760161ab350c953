/** When a person last touched this page: a page that merely refreshes itself is no sign of somebody at work. */
let last = Date.now()
const touched = () => {
  last = Date.now()
}
for (const name of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const)
  addEventListener(name, touched, { passive: true })

export const untouchedFor = (): number => Date.now() - last
