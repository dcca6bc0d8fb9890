import type { Walk } from './faults.ts';

/** Reports an address whose scheme Discord does not take at this place. */
export function reportScheme(
  url: string | null | undefined,
  schemes: readonly string[],
  walk: Walk,
  ...below: readonly (string | number)[]
): void {
  if (!url) return;
  const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
  if (schemes.includes(scheme)) return;
  const list = schemes.map((each) => `'${each}'`).join(', ');
  const text = `Scheme "${scheme}" is not supported. Scheme must be one of (${list}).`;
  walk.report({ code: 'URL_TYPE_INVALID_SCHEME', message: text }, ...below);
}
