import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeText, html, trusted } from '#server/public/html.ts'

const decode = (markup: string): string =>
  markup
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#96;', '`')
    .replaceAll('&amp;', '&')

/** Text that tries: markup, entities, quotes, and anything else Unicode has. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[<>"'`&;#a-z0-9/= ]{0,40}$/),
  fc.constantFrom('</textarea><script>alert(1)</script>', '" autofocus onfocus="x', '&lt;', "'-->", ']]>'),
)

describe('html', () => {
  it('turns any text into text: no character of it can end a value or open a tag', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const escaped = escapeText(text)
        expect(escaped).not.toMatch(/[<>"'`]/)
        expect(escaped.replaceAll(/&(?:amp|lt|gt|quot|#39|#96);/g, '')).not.toContain('&')
        expect(decode(escaped)).toBe(text)
      }),
    )
  })

  it('keeps the frame of the template whatever is put into it, in text, attributes and lists', () => {
    fc.assert(
      fc.property(nasty, fc.array(nasty), (text, list) => {
        const page = html`<p title="${text}">${text}${list.map((item) => html`<b>${item}</b>`)}</p>`.text
        const items = list.map((item) => `<b>${escapeText(item)}</b>`).join('')
        expect(page).toBe(`<p title="${escapeText(text)}">${escapeText(text)}${items}</p>`)
      }),
    )
  })

  it('leaves markup of our own alone and says nothing for what is absent', () => {
    expect(html`${trusted('<i></i>')}${false}${null}${undefined}${0}${''}`.text).toBe('<i></i>0')
  })
})
