/** How long the lists behind a closed layer may take to be read anew, in ms. */
const patience = 8000

const firstHeading = 'h1, h2, h3'

/**
 * A button that opened a layer is often gone a moment after the act: what it offered is done. The focus then falls to the
 * body, and whoever works by keyboard begins at the top. Where that happens it goes to the nearest heading of the part of
 * the page that the button stood in.
 */
export const keepPlaceOf = (opener: Element | null): void => {
  if (opener === null || opener === document.body) return
  const around: Element[] = []
  for (let one = opener.parentElement; one !== null && one !== document.body; one = one.parentElement)
    around.push(one)
  const look = (): void => {
    if (opener.isConnected) return
    stop()
    if (document.activeElement !== null && document.activeElement !== document.body) return
    const rest = around.find((one) => one.isConnected && one.querySelector(firstHeading) !== null)
    const heading = rest?.querySelector<HTMLElement>(firstHeading)
    if (heading === null || heading === undefined) return
    heading.tabIndex = -1
    heading.dataset.quietFocus = ''
    heading.focus({ preventScroll: true })
  }
  const watch = new MutationObserver(look)
  const timer = setTimeout(() => stop(), patience)
  const stop = (): void => {
    clearTimeout(timer)
    watch.disconnect()
    document.removeEventListener('focusin', moved)
  }
  const moved = (event: FocusEvent): void => {
    if (event.target !== opener) stop()
  }
  document.addEventListener('focusin', moved)
  watch.observe(document.body, { childList: true, subtree: true })
  look()
}
