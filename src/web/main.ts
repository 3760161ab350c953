import './design/tokens.css'
import './design/base.css'
import './design/controls.css'
import './design/parts.css'
import './design/entries.css'
import './design/layers.css'
import './shell/view.css'
import './shell/shell.css'
import './case/case.css'
import './forms/asked.css'
import './supervision/supervision.css'
import { beginEarly } from './early/begin.ts'

// The first script is small, so that it runs while the program itself is still being read: what the page at this address
// will need is asked for now, all at once.
beginEarly(location)
void import('./app.tsx')
