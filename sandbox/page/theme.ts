/** Dark or light: as the system wants it, until somebody chooses. */
import { change, state, type State } from './state.ts';

const key = 'sandbox-theme';
const prefersLight = matchMedia('(prefers-color-scheme: light)');

/** Whether the page is light at the moment. */
export function isLight(): boolean {
  return state.theme === 'system' ? prefersLight.matches : state.theme === 'light';
}

/** Takes up what was chosen in an earlier visit, and follows the system from then on. */
export function startTheme(): void {
  const chosen = localStorage.getItem(key);
  setTheme(chosen === 'dark' || chosen === 'light' ? chosen : 'system');
  prefersLight.addEventListener('change', () => setTheme(state.theme));
}

export function setTheme(theme: State['theme']): void {
  localStorage.setItem(key, theme);
  change({ theme });
  document.documentElement.dataset['theme'] = isLight() ? 'light' : 'dark';
}
