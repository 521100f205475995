import { render } from 'preact';
import { App } from './shell/app.tsx';
import { storedTheme } from './shell/use-theme.ts';
import 'uplot/dist/uPlot.min.css';
import './styles/colours.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/overview.css';
import './styles/group.css';
import './styles/timeline.css';
import './styles/release.css';

// Before anything is drawn: a page that turns dark a moment later hurts.
document.documentElement.dataset['theme'] = storedTheme();

const place = document.getElementById('page');
if (place === null) throw new Error('invariant: the document has a place for the page');
place.replaceChildren();
render(<App />, place);
