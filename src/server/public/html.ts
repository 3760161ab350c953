/**
 * Markup as a tagged template: every value is text unless it is already `Html`. Attribute values must stand in
 * double quotes in the template; addresses come from `routes.ts`, never from what a visitor typed.
 */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

export type Child = Html | string | number | false | null | undefined | readonly Child[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

export const escapeText = (text: string): string => text.replace(/[&<>"'`]/g, (c) => entities[c] ?? c)

const render = (child: Child): string => {
  if (child instanceof Html) return child.text
  if (child === false || child === null || child === undefined) return ''
  if (typeof child === 'object') return child.map(render).join('')
  return escapeText(String(child))
}

export const html = (strings: TemplateStringsArray, ...children: readonly Child[]): Html =>
  new Html(strings.reduce((all, string, i) => all + render(children[i - 1]) + string))

/** Markup of our own making, taken as it is. Never give it anything a visitor can reach. */
export const trusted = (markup: string): Html => new Html(markup)
