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

/** @param translations catalogues beside English, by Discord's locale (`es-ES`, `hi`). */
export function createLanguages(translations: Readonly<Record<string, Texts>> = {}): Languages {
  const byLocale = new Map(Object.entries(translations));
  return {
    textsIn: (locale) => (typeof locale === 'string' ? byLocale.get(locale) : undefined) ?? english,
    translations: byLocale,
    locales: [english.locale, ...byLocale.keys()],
  };
}
