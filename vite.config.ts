import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The staff application. Nothing is inlined, so that the server's CSP needs no 'unsafe-inline' and no 'data:'.
export default defineConfig({
  root: 'src/web',
  base: '/app/',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every page needs comes in one file: each file more costs a kilobyte of headers on the wire.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /src\/web\/(design\/(?!.*book)|client\/|shell\/(?!Palette))|node_modules\/@tanstack|src\/domain\/(core|prevention\/policy)/,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:4180' } },
})
