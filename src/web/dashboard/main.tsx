import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startServiceWorker } from './shell/service-worker.ts'
import { takeEntry } from './state/entry.ts'
import { noteLastSeen } from './state/last-seen.ts'
import { followPreferences } from './state/preferences.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import './styles/rows.css'
import './styles/shell.css'

takeEntry()
followPreferences()
noteLastSeen()
startServiceWorker()
const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
