/**
 * Reads that were sent before the program was here. Whoever asks the same soon after finds the answer under way; each is
 * given once, and to nobody after the person at the desk has changed.
 */
const soon = 20_000
const asked = new Map<string, { readonly at: number; readonly answer: Promise<Response> }>()

export const askEarly = (path: string, language: string): void => {
  const answer = fetch(path, {
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'accept-language': language },
  })
  answer.catch(() => undefined)
  asked.set(path, { at: Date.now(), answer })
}

/** The answer under way; undefined where there is none or nobody was signed in yet: the question is sent anew. */
export const takeEarly = async (path: string): Promise<Response | undefined> => {
  const one = asked.get(path)
  asked.delete(path)
  if (one === undefined || Date.now() - one.at > soon) return undefined
  try {
    const response = await one.answer
    return response.status === 401 ? undefined : response
  } catch {
    return undefined
  }
}
export const forgetEarly = (): void => asked.clear()
