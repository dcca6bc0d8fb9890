/** How this Discord says no: the error that handlers throw, Discord's own codes and phrases, and the record of it all. */
import type { Refusal } from './api.ts';

/** Thrown wherever the real Discord would refuse; the REST server turns it into the answer. */
export class Refused extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: unknown;
  /** Whether the driver brought it about on purpose (closed DMs, a deleted channel, a permission taken away). */
  readonly expected: boolean;

  constructor(status: number, code: number, message: string, more: { errors?: unknown; expected?: boolean } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = more.errors;
    this.expected = more.expected ?? false;
  }

  /** The body of the answer. */
  toJSON(): object {
    return { message: this.message, code: this.code, ...(this.errors === undefined ? {} : { errors: this.errors }) };
  }
}

const unknownThings = {
  account: [10001, 'Unknown Account'],
  application: [10002, 'Unknown Application'],
  channel: [10003, 'Unknown Channel'],
  guild: [10004, 'Unknown Guild'],
  member: [10007, 'Unknown Member'],
  message: [10008, 'Unknown Message'],
  overwrite: [10009, 'Unknown Overwrite'],
  role: [10011, 'Unknown Role'],
  user: [10013, 'Unknown User'],
  webhook: [10015, 'Unknown Webhook'],
  interaction: [10062, 'Unknown interaction'],
  command: [10063, 'Unknown application command'],
  commandPermissions: [10066, 'Unknown application command permissions'],
  event: [10070, 'Unknown Guild Scheduled Event'],
  // Discord's documents name no code for it.
  rule: [10000, 'Unknown Auto Moderation Rule'],
} as const;

/** "Unknown X", with Discord's code for it. */
export function unknown(thing: keyof typeof unknownThings, expected = false): Refused {
  const [code, message] = unknownThings[thing];
  return new Refused(404, code, message, { expected });
}

export const missingAccess = (expected = false): Refused => new Refused(403, 50001, 'Missing Access', { expected });
export const missingPermissions = (expected = false): Refused =>
  new Refused(403, 50013, 'Missing Permissions', { expected });
export const unauthorized = (): Refused => new Refused(401, 0, '401: Unauthorized');
export const notFound = (detail = ''): Refused => new Refused(404, 0, `404: Not Found${detail}`);

/** Discord's code 50035 with one fault at one place. */
export function invalidForm(path: string, code: string, message: string): Refused {
  let errors: object = { _errors: [{ code, message }] };
  for (const key of path.split('.').toReversed()) errors = { [key]: errors };
  return new Refused(400, 50035, 'Invalid Form Body', { errors });
}

interface Entry extends Refusal {
  expected: boolean;
}

/** Everything refused so far. */
export class RefusalLog {
  readonly entries: Entry[] = [];

  add(refusal: Refusal): void {
    this.entries.push({ ...refusal });
  }

  expect(matches: (refusal: Refusal) => boolean): void {
    for (const entry of this.entries) if (matches(entry)) entry.expected = true;
  }

  /** Throws with every refusal that nobody expected. */
  assertNone(): void {
    const unexpected = this.entries.filter((entry) => !entry.expected);
    if (unexpected.length === 0) return;
    const lines = unexpected.map(
      ({ method, route, status, code, message, errors }) =>
        `  ${method} ${route} → ${status}, code ${code}: ${message}${errors ? `\n    ${JSON.stringify(errors)}` : ''}`,
    );
    throw new Error(`Discord would have refused ${unexpected.length} request(s):\n${lines.join('\n')}`);
  }
}
