/** The search of the guide: the database's full text finds what may be meant, and what tells most goes first. */
import { journey as content } from '../../content/journey.ts';
import { tips } from '../../content/library.ts';
import { once } from '../../once.ts';
import { findInGuide, type Searched } from '../../db/guide-search.ts';
import type { GuildAnswer } from '../../db/guild-answers.ts';
import type { Db } from '../../db/open.ts';
import { askedStems, knownAs, stemOf, wordsOf } from './words.ts';

/** What an answer is made of. */
export type Kind = 'guide' | 'item' | 'date' | 'tip' | 'own';

/** Something that can be found. */
export interface Findable {
  readonly kind: Kind;
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** What else people call it. */
  readonly words: string;
}

/** How much a word counts where it stands. */
const weights = { title: 4, words: 3, body: 1 } as const;
/** An entry of the guide answers a question; steps, dates and tips touch it. */
const kindWeights: Readonly<Record<Kind, number>> = { guide: 1.5, item: 0.8, date: 0.9, tip: 0.6, own: 1.5 };
/** Candidates that the database is asked for: what is not among them shares hardly a word. */
const candidates = 150;
/** How many are shown. */
export const shownAtMost = 5;

/** The stems of an entry, by where they stand. */
type Stems = Readonly<Record<keyof typeof weights, ReadonlySet<string>>>;

/** An entry that is found by its stems alone. */
interface Stemmed {
  readonly entry: Findable;
  readonly stems: Stems;
}

function stemmed(entry: Findable): Stemmed {
  const { title, words, body } = entry;
  return { entry, stems: { title: stemsOf(title), words: stemsOf(words), body: stemsOf(body) } };
}

/** Everything that can be found, with its words counted. */
export class Corpus {
  readonly #byKey: ReadonlyMap<string, Findable>;
  readonly #stems = new Map<string, Stems>();
  readonly #count = new Map<string, number>();
  readonly #synonyms = new Map<string, readonly string[]>();
  readonly vocabulary: ReadonlySet<string>;
  /** What the database is given. */
  readonly searched: readonly Searched[];

  constructor(entries: readonly Findable[], synonyms: readonly (readonly string[])[]) {
    this.#byKey = new Map(entries.map((entry) => [`${entry.kind} ${entry.id}`, entry]));
    for (const [key, entry] of this.#byKey) {
      const { stems } = stemmed(entry);
      this.#stems.set(key, stems);
      for (const stem of new Set([...stems.title, ...stems.words, ...stems.body]))
        this.#count.set(stem, (this.#count.get(stem) ?? 0) + 1);
    }
    for (const group of synonyms) {
      const stems = [...new Set(group.flatMap((word) => wordsOf(word)).map(stemOf))];
      for (const stem of stems) this.#synonyms.set(stem, [...new Set([...(this.#synonyms.get(stem) ?? []), ...stems])]);
    }
    this.vocabulary = new Set([...this.#count.keys(), ...this.#synonyms.keys()]);
    this.searched = [...this.#stems].map(([key, { title, words, body }]) => ({
      key,
      stems: [...new Set([...title, ...words, ...body])].join(' '),
    }));
  }

  /**
   * What a question asks for: for each of its words all stems that may be meant, the first as it was typed.
   * @param words that are known beside those of the corpus.
   */
  read(question: string, words: ReadonlySet<string> = new Set()): readonly (readonly string[])[] {
    const vocabulary = words.size === 0 ? this.vocabulary : new Set([...this.vocabulary, ...words]);
    return askedStems(question).map((stem) => {
      const known = knownAs(stem, vocabulary);
      return [...new Set(known.flatMap((each) => [each, ...(this.#synonyms.get(each) ?? [])]))];
    });
  }

  /**
   * The best of what was found, best first.
   * @param more what is looked through beside what the database found.
   */
  rank(
    asked: readonly (readonly string[])[],
    keys: readonly string[],
    more: readonly Stemmed[] = [],
  ): readonly Findable[] {
    const found = keys.flatMap((key) => {
      const [entry, stems] = [this.#byKey.get(key), this.#stems.get(key)];
      return entry && stems ? [{ entry, stems }] : [];
    });
    const scored = [...found, ...more].flatMap(({ entry, stems }) => {
      const score = asked.reduce((sum, meanings) => sum + this.#score(meanings, stems), 0) * kindWeights[entry.kind];
      return score > 0 ? [{ entry, score }] : [];
    });
    return scored
      .toSorted((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1))
      .slice(0, shownAtMost)
      .map(({ entry }) => entry);
  }

  #score(meanings: readonly string[], stems: Stems): number {
    let best = 0;
    meanings.forEach((stem, i) => {
      const rare = Math.log(1 + this.#byKey.size / (this.#count.get(stem) ?? 1));
      // What was typed counts more than what it may mean.
      const meant = i === 0 ? 1 : 0.7;
      let there = 0;
      for (const [field, weight] of Object.entries(weights)) {
        if (stems[field as keyof typeof weights].has(stem)) there += weight;
      }
      best = Math.max(best, rare * meant * Math.sqrt(there));
    });
    return best;
  }
}

const stemsOf = (text: string): ReadonlySet<string> => new Set(wordsOf(text).map(stemOf));

/** The corpus of the content. */
const corpus = once(() => {
  const { guide, roadmap, dates, synonyms } = content();
  const entries: Findable[] = [
    ...guide.map(({ id, question, answer, words = '' }) => ({ kind: 'guide' as const, id, title: question, body: answer, words })), // prettier-ignore
    ...roadmap.map(({ id, title, text }) => ({ kind: 'item' as const, id, title, body: text, words: '' })),
    ...dates.map(({ id, title, note, pattern }) => ({ kind: 'date' as const, id, title, body: `${note} ${pattern}`, words: '' })), // prettier-ignore
    ...tips().map(({ id, title, text }) => ({ kind: 'tip' as const, id, title, body: text, words: '' })),
  ];
  return new Corpus(entries, synonyms);
});

/**
 * What answers a question, best first: at most five.
 * @param own answers of a guild's own, which are few: they are looked through one by one.
 */
export async function askGuide(
  db: Db,
  question: string,
  from: Corpus = corpus(),
  own: readonly GuildAnswer[] = [],
): Promise<readonly Findable[]> {
  const more = own.map(({ id, question: title, answer: body, words }) =>
    stemmed({ kind: 'own', id, title, body, words }),
  );
  const known = new Set(more.flatMap(({ stems }) => [...stems.title, ...stems.words, ...stems.body]));
  const asked = from.read(question, known);
  const stems = [...new Set(asked.flat())];
  if (stems.length === 0) return [];
  return from.rank(asked, await findInGuide(db, from.searched, stems, candidates), more);
}
