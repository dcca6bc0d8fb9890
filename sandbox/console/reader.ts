/** One person's screen: where that person is, what is new there, and how it is shown. */
import type { Actor, Answer, APIMessage, GuildHandle } from '../api.ts';
import { renderAnswer, renderMessage, type View } from '../render/index.ts';
import { TypingError } from './names.ts';
import { findPlace, placesOf, Seen } from './places.ts';

/** As many as fit on a screen; `look` shows a place in full length. */
const MAX_NEWS_PER_PLACE = 5;
const MAX_LOOK = 20;

export class Reader {
  readonly #actor: Actor;
  readonly #guild: GuildHandle;
  readonly #view: () => View;
  readonly #seen = new Seen();
  #channelId: string | undefined;

  constructor(actor: Actor, guild: GuildHandle, view: () => View) {
    this.#actor = actor;
    this.#guild = guild;
    this.#view = view;
  }

  /** The answer to what this person did, and whatever else is new. */
  show(answer: Answer): string {
    for (const message of [answer.message, ...answer.followUps]) if (message) this.#seen.add(message);
    const shown = renderAnswer(answer, { ...this.#view(), asksFields: true });
    const news = answer.modal ? '' : this.news();
    return news === '' ? shown : `${shown}\n${news}`;
  }

  /** Everything that this person can see and has not seen, place by place. */
  news(): string {
    const parts = placesOf(this.#actor, this.#guild).flatMap((place) => {
      const fresh = place.messages.filter((message) => !this.#seen.has(message));
      if (fresh.length === 0) return [];
      const left = fresh.length - MAX_NEWS_PER_PLACE;
      const more = left > 0 ? [`(${left} earlier; "look ${place.name}" shows them)`] : [];
      return [`— new in ${place.name}`, ...more, ...this.#render(fresh, MAX_NEWS_PER_PLACE)];
    });
    return parts.join('\n');
  }

  /** The last messages of a place, which becomes the one that this person is in. */
  look(typed = this.placeName()): string {
    const place = findPlace(typed, placesOf(this.#actor, this.#guild));
    if (place.channelId !== undefined) this.#channelId = place.channelId;
    const shown = this.#render(place.messages, MAX_LOOK);
    return [`— ${place.name}`, ...(shown.length > 0 ? shown : ['(nothing here yet)'])].join('\n');
  }

  /** All places with what is new in them. */
  listPlaces(): string {
    return placesOf(this.#actor, this.#guild)
      .map((place) => {
        const fresh = place.messages.filter((message) => !this.#seen.has(message)).length;
        const mark = place.name === this.placeName() ? '*' : ' ';
        return `${mark} ${place.name}${fresh > 0 ? ` (${fresh} new)` : ''}`;
      })
      .join('\n');
  }

  /** The channel or thread in which commands are run and messages written. */
  channelId(): string {
    const place = this.#place();
    if (place?.channelId === undefined) throw new TypingError('There is no channel here that you can see.');
    return place.channelId;
  }

  placeName(): string {
    return this.#place()?.name ?? '(nowhere)';
  }

  /** The place last looked at, unless it is gone or closed by now; else the first. */
  #place() {
    const places = placesOf(this.#actor, this.#guild).filter((place) => place.channelId !== undefined);
    return places.find((place) => place.channelId === this.#channelId) ?? places[0];
  }

  #render(messages: readonly APIMessage[], most: number): string[] {
    for (const message of messages) this.#seen.add(message);
    return messages.slice(-most).map((message) => renderMessage(message, this.#view()));
  }
}
