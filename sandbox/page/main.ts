/** The page: a local Discord as one of its people sees it. */
import { render } from 'lit';
import { start } from './actions.ts';
import { change, onChange } from './state.ts';
import { startTheme } from './theme.ts';
import { followEnd } from './views/messages.ts';
import { shell } from './views/shell.ts';

/** Often enough for "in 3 minutes" and the clock to be right. */
const tickMs = 15_000;

const root = document.querySelector<HTMLElement>('#app');
if (root) {
  onChange(() => {
    render(shell(), root);
    followEnd();
  });
  startTheme();
  start();
  setInterval(() => change({}), tickMs);
}
