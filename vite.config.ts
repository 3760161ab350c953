import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * Nearly all of the base runs at once: the mark, which must be the first line, lets the browser make the whole ready beside
 * the page's own thread.
 */
const readyWhole = (): Plugin => ({
  name: 'ready-whole',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler: (_, bundle) => {
      for (const file of Object.values(bundle))
        if (file.type === 'chunk' && file.name === 'base')
          file.code = `//# allFunctionsCalledOnLoad\n${file.code}`
    },
  },
})

/**
 * What the first script asks for by `import()`, its program, travels from the page's first line on; so does the face of all
 * letters, without which everything would be laid out twice.
 */
const hasten = (): Plugin => ({
  name: 'hasten',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) => {
      if (bundle === undefined) return
      const files = Object.values(bundle)
      const app = files.find(
        (file) => file.type === 'chunk' && file.moduleIds.some((id) => id.endsWith('/src/web/app.tsx')),
      )
      const scripts =
        app?.type === 'chunk'
          ? [app.fileName, ...app.imports.filter((file) => !file.includes('/early-'))]
          : []
      const face = files.find((file) => /source-sans-3-latin-wght-normal[\w-]*\.woff2$/.test(file.fileName))
      return [
        ...scripts.map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/app/${file}` },
          injectTo: 'head' as const,
        })),
        ...(face === undefined
          ? []
          : [
              {
                tag: 'link',
                attrs: {
                  rel: 'preload',
                  as: 'font',
                  type: 'font/woff2',
                  crossorigin: true,
                  href: `/app/${face.fileName}`,
                },
                injectTo: 'head' as const,
              },
            ]),
      ]
    },
  },
})

// The staff application. Nothing is inlined, so that the server's CSP needs no 'unsafe-inline' and no 'data:'.
export default defineConfig({
  root: 'src/web',
  base: '/app/',
  plugins: [react(), hasten(), readyWhole()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // What the first script asks for is named in the page's head by the server (src/server/staff-page.ts).
      resolveDependencies: (_, files, { hostId }) => (/\/(early|index)-/.test(hostId) ? [] : files),
    },
    manifest: true,
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every page needs comes in one file: each file more costs a kilobyte of headers on the wire.
        codeSplitting: {
          groups: [
            {
              name: 'early',
              priority: 4,
              test: /src\/web\/(main\.ts|early\/|(design|shell)\/\w+\.css|case\/case\.css|forms\/asked\.css|supervision\/supervision\.css)|vite\/preload-helper|rolldown\/runtime/,
            },
            {
              name: 'base',
              priority: 3,
              test: /src\/web\/(app|router|design\/(?!.*book).*|client\/.*|shell\/(?!Palette).*)\.tsx?$|node_modules\/(react|react-dom|scheduler|@tanstack|use-sync)|src\/domain\/(core|clock\/tirana|prevention\/policy)|src\/web\/execution\/choice|src\/wire\/words\/speak/,
            },
            // Small parts of many pages.
            {
              name: 'common',
              priority: 2,
              test: /src\/(web|domain|wire)\/(?!.*words\/(sq|en)\/).*\.tsx?$/,
              minShareCount: 6,
            },
            {
              name: 'CasePage',
              priority: 1,
              test: /src\/web\/case\/(CasePage|CaseSide|PlanPart|TimelinePart)/,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:4180' } },
})
