/** The connection to the page's server: asks, and hears what has changed. */
import type { Ask, NumberedAsk, Reply, Told } from '../page-server/protocol.ts';

interface Listener {
  /** Everything but replies, which go to whoever asked. */
  told(told: Exclude<Told, Reply>): void;
  connected(state: 'open' | 'lost'): void;
}

const retryMs = 1000;

export class Live {
  readonly #listener: Listener;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #key: string;
  #socket: WebSocket | undefined;
  #asked = 0;

  /** @param key the key of this start, from the address. */
  constructor(key: string, listener: Listener) {
    this.#key = key;
    this.#listener = listener;
  }

  /** Connects, and again whenever the connection is lost. `as` says who the visitor was last. */
  connect(as: () => string | null): void {
    const socket = new WebSocket(`ws://${location.host}/live`);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#send({ do: 'hello', key: this.#key, as: as(), number: 0 });
      this.#listener.connected('open');
    });
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => this.#hear(JSON.parse(data) as Told));
    socket.addEventListener('close', () => {
      this.#listener.connected('lost');
      for (const [number, settle] of this.#waiting) {
        settle({ type: 'reply', number, error: 'The connection to the local Discord was lost.' });
      }
      this.#waiting.clear();
      setTimeout(() => this.connect(as), retryMs);
    });
  }

  /** Asks the server; the reply says what came of it, also when it came to nothing. */
  ask(ask: Exclude<Ask, { do: 'hello' }>): Promise<Reply> {
    this.#asked += 1;
    const number = this.#asked;
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return Promise.resolve({ type: 'reply', number, error: 'The local Discord cannot be reached at the moment.' });
    }
    const { promise, resolve } = Promise.withResolvers<Reply>();
    this.#waiting.set(number, resolve);
    this.#send({ ...ask, number });
    return promise;
  }

  #send(ask: NumberedAsk): void {
    this.#socket?.send(JSON.stringify(ask));
  }

  #hear(told: Told): void {
    if (told.type !== 'reply') {
      this.#listener.told(told);
      return;
    }
    this.#waiting.get(told.number)?.(told);
    this.#waiting.delete(told.number);
  }
}
