/** The frame around every public page: the way out first, then the content, then the promise at the foot. */
import { type Language, languages } from '#wire/words/index.ts'
import { assetPaths } from './assets.ts'
import { type Child, type Html, html } from './html.ts'
import { icon, mark } from './icons.ts'
import { languageNames, type Place, paths } from './routes.ts'
import { type Speak, speak } from './speak.ts'

export interface Frame {
  readonly language: Language
  /** Where to go at once: a page of the everyday web, nothing of ours in it. */
  readonly exitUrl: string
  readonly demo: boolean
}

export interface Page {
  /** The page that the language switch opens; null where leaving would lose what is shown only once. */
  readonly place: Place | null
  /** One thing of that place, as the rest of its address: `/` and more, of our own making. */
  readonly rest?: string
  /** Neutral, for whoever looks at the tabs. */
  readonly tab?: string
  readonly faulty?: boolean
  /** True where the page is a form (`id="f"`) whose answers the language switch must carry along. */
  readonly carries?: boolean
  /** What the Enter key in a field of that form means: walk on, or (where walking on would send) stay. */
  readonly enter?: 'next' | 'here'
  /** A page that only says something travels without the script. */
  readonly still?: boolean
  readonly main: Child
}

const switchTo = (frame: Frame, { carries, rest }: Page, place: Place, to: Language): Html => {
  const name = languageNames[to]
  if (to === frame.language) return html`<li><span aria-current="true">${name}</span></li>`
  const path = `${paths[to][place]}${rest ?? ''}`
  return carries
    ? html`<li><button class="link" form="f" formaction="${path}" name="go" value="here" lang="${to}">${name}</button></li>`
    : html`<li><a href="${path}" lang="${to}" hreflang="${to}">${name}</a></li>`
}

export const numbers = [
  { number: '112', tel: '112', word: 'phone_112', more: 'phone_112_more' },
  { number: '116 111', tel: '116111', word: 'phone_116111', more: 'phone_116111_more' },
  { number: '116 006', tel: '116006', word: 'phone_116006', more: 'phone_116006_more' },
] as const

/** The three numbers; on a telephone one touch calls. */
export const phones = (t: Speak, which: readonly (typeof numbers)[number][] = numbers): Html =>
  html`<ul class="phones">${which.map(
    ({ number, tel, word, more }) =>
      html`<li><a href="tel:${tel}"><span class="number">${number}</span><span class="line"><strong>${t(word)}</strong><span>${t(more)}</span></span>${icon.phone}</a></li>`,
  )}</ul>`

export const layout = (frame: Frame, page: Page): Html => {
  const t = speak(frame.language)
  const here = paths[frame.language]
  const { place } = page
  const tab = page.tab ?? t('tab')
  return html`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.faulty ? t('tab_error', { tab }) : tab}</title>
<link rel="icon" href="data:,">
<link rel="preload" href="${assetPaths.font}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${assetPaths.css}">
${page.still !== true && html`<script src="${assetPaths.js}" defer></script>`}
</head>
<body>
${page.carries && html`<button class="enter" form="f" name="go" value="${page.enter ?? 'next'}" tabindex="-1" aria-hidden="true"></button>`}
<div class="exit" role="region" aria-label="${t('exit')}"><div class="wrap">
<a class="leave" href="${frame.exitUrl}" rel="nofollow noopener noreferrer">${icon.exit}${t('exit')}</a>
<p class="hint">${t('exit_hint')}</p>
<a class="skip" href="#content">${t('skip')}</a>
</div></div>
${frame.demo && html`<p class="demo" role="note"><span class="wrap">${icon.warning}<span>${t('demo_notice')}</span></span></p>`}
<header><div class="wrap">
<a class="brand" href="${here.home}" aria-label="${t('home_name')}">${mark}Mburoja</a>
${place !== null && html`<nav aria-label="${t('language')}"><ul class="languages">${languages.map((to) => switchTo(frame, page, place, to))}</ul></nav>`}
</div></header>
<main id="content" tabindex="-1"><div class="wrap">
${page.main}
</div></main>
<footer><div class="wrap">
<p>${t('footer_promise')}</p>
<ul><li><a href="${here.home}">${t('footer_home')}</a></li><li><a href="${here.figures}">${t('footer_figures')}</a></li><li><a href="${here.published}">${t('footer_published')}</a></li><li><a href="${here.actors}">${t('footer_actors')}</a></li><li><a href="${here.complain}">${t('footer_complain')}</a></li><li><a href="${here.data}">${t('footer_data')}</a></li><li><a href="/app/">${t('footer_staff')}</a></li></ul>
</div></footer>
</body>
</html>
`
}
