/** The languages that the bot speaks. */
import { texts as english, type Texts } from './en.ts';

/** Every language that the bot speaks, English among them. */
export interface Languages {
  /** The texts for one of Discord's locales; English where it has no catalogue or none is known. */
  textsIn(locale: string | null | undefined): Texts;
  /** The catalogues beside English, by Discord's locale: what commands are described in too. */
  readonly translations: ReadonlyMap<string, Texts>;
  /** Discord's locales of all of them, English first. */
  readonly locales: readonly string[];
}

/**
 * @param translations catalogues beside English, by Discord's locale (`es-ES`, `hi`).
 * @throws Error when one of them lacks something that English has: the type sees no gap in a table by slug.
 */
export function createLanguages(translations: Readonly<Record<string, Texts>> = {}): Languages {
  for (const [locale, catalogue] of Object.entries(translations)) {
    const missing = listMissing(english, catalogue);
    if (missing.length > 0) throw new Error(`the catalogue ${locale} lacks ${missing.join(', ')}`);
  }
  const byLocale = new Map(Object.entries(translations));
  return {
    textsIn: (locale) => (typeof locale === 'string' ? byLocale.get(locale) : undefined) ?? english,
    translations: byLocale,
    locales: [english.locale, ...byLocale.keys()],
  };
}

/** Pure: what the first has and the other lacks or has as something else, by its path. Lists may differ in length. */
function listMissing(part: unknown, other: unknown, path = ''): string[] {
  if (typeof part !== typeof other || Array.isArray(part) !== Array.isArray(other)) return [path];
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return [];
  const others = (other ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(part).flatMap(([key, value]) =>
    listMissing(value, others[key], path === '' ? key : `${path}.${key}`),
  );
}
