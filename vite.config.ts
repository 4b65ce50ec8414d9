import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Builds the dashboard into `dist/dashboard`, from where Garam serves it itself. */
export default defineConfig({
  root: 'src/web/dashboard',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../../dist/dashboard',
    emptyOutDir: true,
    target: 'es2022',
    // A strict content policy forbids data: scripts and inline ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
