import type { SurveyQuestion } from './survey.ts'

/**
 * One question a line: `key | Albanian | English | code*=Albanian/English, …`, the key as `key@INDICATOR` where its counting answers
 * measure one of several indicators; the number of the first line that is none.
 */
export const readQuestions = (
  said: string,
): { readonly questions: SurveyQuestion[] } | { readonly line: number } => {
  const questions: SurveyQuestion[] = []
  for (const [at, line] of said.split('\n').entries()) {
    if (line.trim() === '') continue
    const [named, textSq, textEn, list] = line.split('|').map((part) => part.trim())
    const [key, measures] = (named ?? '').split('@')
    const answers = (list ?? '').split(',').map((one) => /^\s*([a-z0-9_]+)(\*?)=([^/]+)\/(.+)$/.exec(one))
    if (!key || !textSq || !textEn || answers.some((one) => one === null)) return { line: at + 1 }
    questions.push({
      key,
      textSq,
      textEn,
      ...(measures ? { measures } : {}),
      answers: answers.flatMap((one) =>
        one === null
          ? []
          : [{ code: one[1]!, textSq: one[3]!.trim(), textEn: one[4]!.trim(), counts: one[2] === '*' }],
      ),
    })
  }
  return { questions }
}
