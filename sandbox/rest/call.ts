import type { UploadedFile } from '../world/files.ts';
import type { World } from '../world/world.ts';

/** One request, authorised and validated, as a route sees it. */
export interface Call<Body = unknown> {
  readonly world: World;
  /** The ids in the path, by the names that the route gives them. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Validated by `validate/`, so that a route may take the type on trust. */
  readonly body: Body;
  readonly files: readonly UploadedFile[];
}

/** What a route gives: JSON with status 200, nothing with 204, or a `Reply` with another status. */
export class Reply {
  readonly status: number;
  readonly json: unknown;

  constructor(status: number, json: unknown) {
    this.status = status;
    this.json = json;
  }
}

export interface Route {
  readonly method: string;
  /** In the notation of hono, for example `/channels/:channel/messages`. */
  readonly path: string;
  /** Interactions and webhooks carry their authorisation in the path. */
  readonly isPublic?: boolean;
  // The type of the body is each route's own business: the validation has checked it by the path.
  readonly handle: (call: Call<never>) => unknown;
}

/** Declares a route. */
export function route<Body = unknown>(
  method: string,
  path: string,
  handle: (call: Call<Body>) => unknown,
  { isPublic = false } = {},
): Route {
  return { method, path, handle, isPublic };
}

/** A whole number of the query within bounds. */
export function numberOf(
  query: URLSearchParams,
  name: string,
  fallback: number,
  [least, most]: [number, number],
): number {
  const given = Number(query.get(name) ?? fallback);
  return Number.isInteger(given) ? Math.min(most, Math.max(least, given)) : fallback;
}
