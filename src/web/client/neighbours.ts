/** The other windows of this browser: one cookie serves them all, so whoever signs in or out in one does so in each. */
const line = new BroadcastChannel('mburoja-session')

export const tellNeighbours = (): void => line.postMessage(null)

/** Calls `hear` when somebody came or went in another window, or may have while this page was put away whole. */
export const whenNeighboursTell = (hear: () => void): void => {
  line.addEventListener('message', hear)
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) hear()
  })
}
