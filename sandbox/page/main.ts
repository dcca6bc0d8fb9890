/** The page: a local Discord as one of its people sees it. */
import { render } from 'lit';
import { start } from './actions.ts';
import { change, onChange } from './state.ts';
import { startTheme } from './theme.ts';
import { focusComposer } from './views/composer.ts';
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
  // As in Discord's client, a slash anywhere begins a command.
  document.addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (key !== '/' || ctrlKey || metaKey || altKey || isTyping(target)) return;
    event.preventDefault();
    focusComposer('/');
  });
  setInterval(() => change({}), tickMs);
}

/** Whether a key is meant for a field, or for a dialog that is open. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, dialog') !== null;
}
