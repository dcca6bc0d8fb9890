import { expect, it } from 'vitest';
import { checkBody, type BodyContext } from '../../../sandbox/validate/index.ts';

/** Where a body goes, and how a part of it is put into a whole one. */
export interface Target {
  readonly method: string;
  readonly path: string;
  readonly wrap: (part: unknown) => unknown;
  /** Where the part is in the body, as in the keys of Discord's `errors`. */
  readonly at: string;
}

const asIs = (part: unknown): unknown => part;

export const newMessage: Target = { method: 'POST', path: '/channels/1/messages', wrap: asIs, at: '' };
export const editedMessage: Target = { method: 'PATCH', path: '/channels/1/messages/2', wrap: asIs, at: '' };
export const callback: Target = { method: 'POST', path: '/interactions/1/token/callback', wrap: asIs, at: '' };
export const followUp: Target = { method: 'POST', path: '/webhooks/1/token', wrap: asIs, at: '' };

/** The part becomes this property of the body, with the rest around it. */
export function inside(target: Target, key: string, rest: Readonly<Record<string, unknown>> = {}): Target {
  return {
    ...target,
    wrap: (part) => target.wrap({ ...rest, [key]: part }),
    at: target.at === '' ? key : `${target.at}.${key}`,
  };
}

/** The part becomes the only element of this list. */
export function element(target: Target): Target {
  return { ...target, wrap: (part) => target.wrap([part]), at: target.at === '' ? '0' : `${target.at}.0` };
}

/** The places in an answer of Discord's and the codes there, as `embeds.0.title: BASE_TYPE_MAX_LENGTH`. */
export function faultsOf(method: string, path: string, body: unknown, context?: BodyContext): readonly string[] {
  const error = checkBody(method, path, JSON.parse(JSON.stringify(body)), context);
  if (!error) return [];
  return error.code === 50035 ? flatten(error.errors, []) : [`${error.status} ${error.code}`];
}

function flatten(node: unknown, path: readonly string[]): readonly string[] {
  return Object.entries(node as Record<string, unknown>).flatMap(([key, value]) => {
    if (key !== '_errors') return flatten(value, [...path, key]);
    return (value as { code: string }[]).map((fault) => `${path.join('.')}: ${fault.code}`);
  });
}

interface Border {
  readonly name: string;
  readonly in: Target;
  readonly allowed: unknown;
  readonly refused: unknown;
  /** Below the target, for example `title`; empty for the target itself. */
  readonly at?: string;
  readonly code: string;
  readonly context?: BodyContext;
}

/** Tests every limit on both sides of its border: the last value that passes and the first that does not. */
export function testBorders(borders: readonly Border[]): void {
  for (const { name, in: target, allowed, refused, at = '', code, context } of borders) {
    const place = [target.at, at].filter((part) => part !== '').join('.');
    it(`${name}: the last allowed one passes`, () => {
      expect(faultsOf(target.method, target.path, target.wrap(allowed), context)).toEqual([]);
    });
    it(`${name}: the first refused one is refused there`, () => {
      const found = faultsOf(target.method, target.path, target.wrap(refused), context);
      expect(found).toEqual([`${place}: ${code}`]);
    });
  }
}

export const text = (length: number): string => 'x'.repeat(length);
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

const LONG = 'BASE_TYPE_MAX_LENGTH';
const BAD = 'BASE_TYPE_BAD_LENGTH';
/** The codes that most limits give. */
export const codes = { LONG, BAD, REQUIRED: 'BASE_TYPE_REQUIRED', UNKNOWN: 'MODEL_TYPE_UNKNOWN_KEY' } as const;
