/** How a refusal is collected and put into words: the shape and the phrases that Discord's API uses. */

/** A refusal as Discord sends it. */
export interface DiscordError {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly errors?: unknown;
}

export interface Fault {
  readonly code: string;
  readonly message: string;
}

type Key = string | number;

/** The place that is being looked at, and everything found wrong so far. One walk per request body. */
export class Walk {
  readonly #path: Key[] = [];
  readonly #found: { readonly path: readonly Key[]; readonly fault: Fault }[] = [];

  /** Looks at one property or element; what is reported meanwhile is reported there. */
  at(key: Key, look: () => void): void {
    this.#path.push(key);
    look();
    this.#path.pop();
  }

  enter(key: Key): void {
    this.#path.push(key);
  }

  leave(): void {
    this.#path.pop();
  }

  /** Reports a fault at the current place, or below it. */
  report(fault: Fault, ...below: readonly Key[]): void {
    this.#found.push({ path: [...this.#path, ...below], fault });
  }

  get count(): number {
    return this.#found.length;
  }

  /** Forgets what was found since, for a union of which another member may fit. */
  forgetSince(count: number): readonly { readonly path: readonly Key[]; readonly fault: Fault }[] {
    return this.#found.splice(count);
  }

  remember(found: readonly { readonly path: readonly Key[]; readonly fault: Fault }[]): void {
    this.#found.push(...found);
  }

  /** Everything found, nested by place as in Discord's answers: `{ embeds: { 0: { title: { _errors: [...] } } } }`. */
  errors(): unknown {
    const root = new ErrorNode();
    for (const { path, fault } of this.#found) {
      let node = root;
      for (const key of path) node = node.child(String(key));
      node.own.push(fault);
    }
    return root.toJSON();
  }
}

class ErrorNode {
  readonly own: Fault[] = [];
  readonly #children = new Map<string, ErrorNode>();

  child(key: string): ErrorNode {
    let child = this.#children.get(key);
    if (!child) this.#children.set(key, (child = new ErrorNode()));
    return child;
  }

  toJSON(): unknown {
    const json: Record<string, unknown> = {};
    if (this.own.length > 0) json['_errors'] = this.own;
    for (const [key, child] of this.#children) json[key] = child.toJSON();
    return json;
  }
}

/** Discord's code 50035, with every fault at its place. */
export function invalidFormBody(walk: Walk): DiscordError {
  return { status: 400, code: 50035, message: 'Invalid Form Body', errors: walk.errors() };
}

export const emptyMessage: DiscordError = { status: 400, code: 50006, message: 'Cannot send an empty message' };
export const unknownRoute: DiscordError = { status: 404, code: 0, message: '404: Not Found' };

// The codes and phrases are those in Discord's documented examples and in reports of its users. Where no report is
// known, the phrase states the documented rule and the code follows the pattern of its neighbors.
export const required: Fault = { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
export const notAString: Fault = { code: 'STRING_TYPE_CONVERT', message: 'Could not interpret value as string.' };
export const notANumber: Fault = { code: 'NUMBER_TYPE_COERCE', message: 'Value is not a number.' };
export const notAnInteger: Fault = { code: 'NUMBER_TYPE_COERCE', message: 'Value is not int.' };
export const notASnowflake: Fault = { code: 'NUMBER_TYPE_COERCE', message: 'Value is not snowflake.' };
export const notABoolean: Fault = { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' };
export const notAList: Fault = { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' };
export const notAModel: Fault = { code: 'MODEL_TYPE_CONVERT', message: 'Only dictionaries may be used in a ModelType' };
/** Faults of a value that is of another kind altogether. */
export const kindFaults: ReadonlySet<Fault> = new Set([
  required,
  notAString,
  notANumber,
  notAnInteger,
  notASnowflake,
  notABoolean,
  notAList,
  notAModel,
]);
export const notAUrl: Fault = { code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' };
export const notADate: Fault = { code: 'DATE_TIME_TYPE_PARSE', message: 'Could not parse value. Should be ISO8601.' };
export const wrongPattern: Fault = {
  code: 'STRING_TYPE_REGEX',
  message: 'String value did not match validation regex.',
};

export function unknownKey(key: string): Fault {
  // Discord itself overlooks most unknown keys, and a misspelt one then does nothing. Here it is found.
  return { code: 'MODEL_TYPE_UNKNOWN_KEY', message: `"${key}" is not a field that Discord documents here.` };
}

export function tooLong(maximum: number): Fault {
  return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${maximum} or fewer in length.` };
}

export function badLength(minimum: number, maximum: number): Fault {
  return { code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between ${minimum} and ${maximum} in length.` };
}

export function tooShort(minimum: number): Fault {
  return { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${minimum} or more in length.` };
}

export function tooLow(minimum: number): Fault {
  return { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${minimum}.` };
}

export function tooHigh(maximum: number): Fault {
  return { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${maximum}.` };
}

export function notAChoice(choices: Iterable<unknown>): Fault {
  return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${[...choices].map(String).join(', ')}}.` };
}

export function notAType(field: string, choices: Iterable<unknown>): Fault {
  const list = [...choices].map(String).join(', ');
  return { code: 'UNION_TYPE_CHOICES', message: `Value of field "${field}" must be one of (${list}).` };
}
