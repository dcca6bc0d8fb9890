/** Discord's time, as the header `Date` of its answers says it. */
import { type Client, type ResponseLike, Routes } from 'discord.js';
import type { Logger } from 'pino';
import type { Timekeeper } from '../clock.ts';

/** How long Discord gets to say what time it is. */
const answerMs = 5_000;

/** An error of the clock is logged again only after changing by more than this, in milliseconds. */
const worthSayingMs = 60_000;

/**
 * Lets every answer of Discord's confirm the time by the way.
 * @returns what settles a doubt: it is called at each heartbeat, and says in the log what it found.
 */
export function keepTime(client: Client, time: Timekeeper, log: Logger): () => Promise<void> {
  const { options } = client.rest;
  const send = options.makeRequest.bind(options);
  options.makeRequest = async (url, request) => {
    const hear = time.listen();
    const response = await send(url, request);
    const said = dateOf(response);
    if (said !== undefined) hear(said);
    return response;
  };
  let [wasSure, lastErrorMs] = [true, 0];
  return async () => {
    await time.confirm(() => askTime(client));
    const [isSure, errorMs] = [time.isSure(), time.errorMs()];
    if (!isSure && wasSure) log.warn('the time is not sure: nothing is purged, ended or posted by it for now');
    if (isSure && !wasSure) log.info('the time is sure again');
    if (Math.abs(errorMs - lastErrorMs) > worthSayingMs) {
      if (errorMs === 0) log.info('the clock is right again');
      else log.warn({ errorMs }, 'the clock is wrong: the time of Discord counts instead');
      lastErrorMs = errorMs;
    }
    wasSure = isSure;
  };
}

/** Asks Discord for its time, by the cheapest request there is; undefined where no answer comes. */
export async function askTime(client: Client): Promise<number | undefined> {
  let said: number | undefined;
  const listen = ({ route }: { route: string }, response: ResponseLike): void => {
    if (route === Routes.gateway()) said = dateOf(response);
  };
  client.rest.on('response', listen);
  try {
    await client.rest.get(Routes.gateway(), { auth: false, signal: AbortSignal.timeout(answerMs) });
  } catch {
    // A refusal says the time as well; without any answer it stays unknown.
  } finally {
    client.rest.off('response', listen);
  }
  return said;
}

function dateOf({ headers }: ResponseLike): number | undefined {
  const said = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(said) ? undefined : said;
}
