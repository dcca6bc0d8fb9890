/**
 * Turns the zod schemas of Discord's OpenAPI document into checks that suit a server.
 *
 * The schemas themselves let unknown keys pass, try every member of a union in turn and report in zod's words. Compiled
 * here, a union is decided by its `type` field, an unknown key is a fault, faults carry Discord's codes and paths, and a
 * check costs microseconds. Each schema is compiled once, when it is first needed.
 */
import type * as zod from 'zod/v4/core';
import * as exported from 'discord-api-spec/zod';
import * as faults from './faults.ts';
import type { Walk } from './faults.ts';

/** Looks at a value that is not undefined and reports what is wrong with it. */
export type Check = (value: unknown, walk: Walk) => void;

const schemas = exported as unknown as Readonly<Record<string, zod.$ZodType | undefined>>;

/** The check for a schema named as in Discord's document, for example `RichEmbed`. */
export function checkNamed(name: string): Check {
  const schema = schemas[`${name}Schema`];
  if (!schema) throw new Error(`discord-api-spec has no schema ${name}`);
  return compile(schema);
}

const compiled = new WeakMap<zod.$ZodType, Check>();

/** The check for a zod schema. */
export function compile(schema: zod.$ZodType): Check {
  const known = compiled.get(schema);
  if (known) return known;
  // Entered before it is built, so that a schema that contains itself finds itself.
  let built: Check | undefined;
  compiled.set(schema, (value, walk) => built?.(value, walk));
  built = build(schema);
  compiled.set(schema, built);
  return built;
}

/** A bit field of permissions: the document says integer, the API takes and sends decimal strings. */
const checkBitField: Check = (value, walk) => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return;
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return;
  walk.report(faults.notAnInteger);
};
const bitFieldKeys: ReadonlySet<string> = new Set(['allow', 'deny', 'permissions', 'default_member_permissions']);

const anything: Check = () => undefined;
const boolean: Check = (value, walk) => {
  if (typeof value !== 'boolean') walk.report(faults.notABoolean);
};
const optionalText: Check = (value, walk) => {
  if (value !== null && typeof value !== 'string') walk.report(faults.notAString);
};

const ignored = (...keys: readonly string[]): Readonly<Record<string, Check>> => {
  return Object.fromEntries(keys.map((key) => [key, anything]));
};
/** What Discord adds to media that it sends out; bots send received embeds and components back. */
const mediaSentBack = ignored(
  'proxy_url',
  'width',
  'height',
  'content_type',
  'flags',
  'placeholder',
  'placeholder_version',
);

/** Fields that Discord takes and its document leaves out, by schema. */
const undocumented: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  // Documented in prose; the builders of discord.js send it.
  ApplicationCommandCreateRequest: { nsfw: boolean },
  ApplicationCommandPatchRequestPartial: { nsfw: boolean },
  ApplicationCommandUpdateRequest: { nsfw: boolean },
  ApplicationCommandAttachmentOption: ignored('file_types'),
  // discord.js sends an emoji with all that it knows of it.
  ComponentEmojiForRequest: { animated: boolean, name: optionalText },
  PollEmojiCreateRequest: { animated: boolean, name: optionalText },
  UpdateGuildChannelRequestPartial: { lock_permissions: boolean },
  RichEmbed: ignored('content_scan_version', 'reference_id', 'flags'),
  RichEmbedAuthor: ignored('proxy_icon_url'),
  RichEmbedFooter: ignored('proxy_icon_url'),
  RichEmbedImage: mediaSentBack,
  RichEmbedThumbnail: mediaSentBack,
  RichEmbedVideo: mediaSentBack,
  UnfurledMediaRequest: ignored('id', 'loading_state', 'attachment_id', ...Object.keys(mediaSentBack)),
  MessageAttachmentRequest: ignored('size', 'url', 'ephemeral', ...Object.keys(mediaSentBack)),
};
const namesOfPatched = new Map<zod.$ZodType, string>();
for (const name of Object.keys(undocumented)) {
  const schema = schemas[`${name}Schema`];
  if (schema) namesOfPatched.set(schema, name);
}
/** discord.js sends these with every message, also where they mean nothing: on edits and in interaction answers. */
const alwaysSentWithMessages: Readonly<Record<string, Check>> = {
  tts: boolean,
  enforce_nonce: boolean,
  nonce: anything,
};

function build(schema: zod.$ZodType): Check {
  const { def } = (schema as zod.$ZodTypes)._zod;
  switch (def.type) {
    case 'string':
      return buildString(schema);
    case 'number':
      return buildNumber(schema);
    case 'boolean':
      return boolean;
    case 'literal':
      return buildLiteral(def.values);
    case 'null':
      return (value, walk) => {
        if (value !== null) walk.report(faults.notAChoice([null]));
      };
    case 'optional':
      return compile(def.innerType);
    case 'nullable': {
      const inner = compile(def.innerType);
      return (value, walk) => {
        if (value !== null) inner(value, walk);
      };
    }
    case 'lazy': {
      // Resolved when first used: schemas refer to each other in circles.
      let inner: Check | undefined;
      return (value, walk) => {
        inner ??= compile(def.getter());
        inner(value, walk);
      };
    }
    case 'array':
      return buildArray(schema, def.element);
    case 'record':
      return buildRecord(def.valueType);
    case 'object':
      return buildObject(schema, def.shape);
    case 'union':
      return buildUnion(def.options);
    case 'undefined':
    case 'unknown':
      return anything;
    default:
      throw new Error(`No check is written for zod type ${def.type}`);
  }
}

interface Bounds {
  minimum: number;
  maximum: number;
  patterns: RegExp[];
  url: boolean;
  date: boolean;
  integer: boolean;
}

/** Reads the checks that hang on a schema. The document knows lengths, inclusive ranges and a few formats. */
function boundsOf(schema: zod.$ZodType): Bounds {
  const bounds: Bounds = {
    minimum: -Infinity,
    maximum: Infinity,
    patterns: [],
    url: false,
    date: false,
    integer: false,
  };
  const { def } = schema._zod;
  const all = [def as unknown, ...(def.checks ?? []).map((check) => check._zod.def as unknown)] as zod.$ZodCheckDef[];
  for (const check of all as zod.$ZodChecks['_zod']['def'][]) {
    if (check.check === 'min_length') bounds.minimum = check.minimum;
    else if (check.check === 'max_length') bounds.maximum = check.maximum;
    else if (check.check === 'greater_than') bounds.minimum = Number(check.value);
    else if (check.check === 'less_than') bounds.maximum = Number(check.value);
    else if (check.check === 'number_format') bounds.integer = true;
    else if (check.check === 'string_format' && check.format === 'url') bounds.url = true;
    else if (check.check === 'string_format' && check.format === 'datetime') bounds.date = true;
    else if (check.check === 'string_format' && check.pattern) bounds.patterns.push(check.pattern);
  }
  return bounds;
}

const SNOWFLAKE_PATTERN = '^(0|[1-9][0-9]*)$';
// zod's own pattern takes only Z; Discord takes an offset as well, and sends +00:00 itself.
const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

function buildString(schema: zod.$ZodType): Check {
  const { minimum, maximum, patterns, url, date } = boundsOf(schema);
  if (patterns.some((pattern) => pattern.source === SNOWFLAKE_PATTERN)) {
    return (value, walk) => {
      const given = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
      if (typeof given !== 'string' || !/^\d{1,20}$/.test(given)) walk.report(faults.notASnowflake);
    };
  }
  return (value, walk) => {
    if (value === null) return walk.report(faults.required);
    if (typeof value !== 'string') return walk.report(faults.notAString);
    // UTF-16 units, as zod and JavaScript count. Discord counts some emoji as fewer: never stricter than this.
    reportLength(value.length, minimum, maximum, walk);
    if (url && value !== '' && !URL.canParse(value)) walk.report(faults.notAUrl);
    if (date && !(isoInstant.test(value) && !Number.isNaN(Date.parse(value)))) walk.report(faults.notADate);
    if (patterns.some((pattern) => !pattern.test(value))) walk.report(faults.wrongPattern);
  };
}

function reportLength(length: number, minimum: number, maximum: number, walk: Walk): void {
  if (length >= minimum && length <= maximum) return;
  if (length === 0) walk.report(faults.required);
  else if (maximum === Infinity) walk.report(faults.tooShort(minimum));
  else if (minimum > 0) walk.report(faults.badLength(minimum, maximum));
  else walk.report(faults.tooLong(maximum));
}

function buildNumber(schema: zod.$ZodType): Check {
  const { minimum, maximum, integer } = boundsOf(schema);
  return (value, walk) => {
    if (value === null) return walk.report(faults.required);
    if (typeof value !== 'number' || !Number.isFinite(value)) return walk.report(faults.notANumber);
    if (integer && !Number.isInteger(value)) walk.report(faults.notAnInteger);
    if (value < minimum) walk.report(faults.tooLow(minimum));
    if (value > maximum) walk.report(faults.tooHigh(maximum));
  };
}

function buildLiteral(values: readonly unknown[]): Check {
  const allowed = new Set(values);
  return (value, walk) => {
    if (!allowed.has(value)) walk.report(faults.notAChoice(allowed));
  };
}

function buildArray(schema: zod.$ZodType, element: zod.$ZodType): Check {
  const { minimum, maximum } = boundsOf(schema);
  const each = compile(element);
  return (value, walk) => {
    if (value === null) return walk.report(faults.required);
    if (!Array.isArray(value)) return walk.report(faults.notAList);
    if (value.length < minimum || value.length > maximum) {
      walk.report(minimum > 0 ? faults.badLength(minimum, maximum) : faults.tooLong(maximum));
    }
    for (let index = 0; index < value.length; index += 1) {
      walk.enter(index);
      each(value[index], walk);
      walk.leave();
    }
  };
}

function buildRecord(valueType: zod.$ZodType): Check {
  const each = compile(valueType);
  return (value, walk) => {
    if (!isRecord(value)) return walk.report(faults.notAModel);
    for (const [key, item] of Object.entries(value)) {
      walk.enter(key);
      each(item, walk);
      walk.leave();
    }
  };
}

function buildObject(schema: zod.$ZodType, shape: Readonly<Record<string, zod.$ZodType>>): Check {
  const fields = new Map<string, Check>();
  const requiredKeys: string[] = [];
  for (const [key, field] of Object.entries(shape)) {
    fields.set(key, bitFieldKeys.has(key) && isNumeric(field) ? nullable(checkBitField) : compile(field));
    if (isRequired(field)) requiredKeys.push(key);
  }
  const extras = { ...undocumented[namesOfPatched.get(schema) ?? ''] };
  if ('content' in shape && 'embeds' in shape && 'allowed_mentions' in shape) {
    for (const [key, check] of Object.entries(alwaysSentWithMessages)) if (!fields.has(key)) extras[key] = check;
  }
  for (const [key, check] of Object.entries(extras)) fields.set(key, check);
  const needed = requiredKeys.filter((key) => !(key in extras));
  return (value, walk) => {
    if (value === null) return walk.report(faults.required);
    if (!isRecord(value)) return walk.report(faults.notAModel);
    for (const key of Object.keys(value)) {
      const item = value[key];
      if (item === undefined) continue;
      const check = fields.get(key);
      if (!check) {
        walk.report(faults.unknownKey(key), key);
        continue;
      }
      walk.enter(key);
      check(item, walk);
      walk.leave();
    }
    for (const key of needed) if (value[key] === undefined) walk.report(faults.required, key);
  };
}

function buildUnion(options: readonly zod.$ZodType[]): Check {
  const decided = decideByField(options);
  if (decided) return decided;
  const checks = options.map(compile);
  return (value, walk) => {
    const before = walk.count;
    let best: ReturnType<Walk['forgetSince']> | undefined;
    for (const check of checks) {
      check(value, walk);
      if (walk.count === before) return;
      const found = walk.forgetSince(before);
      if (!best || found.length < best.length) best = found;
    }
    // No member fits: what the closest one lacks says most.
    if (best) walk.remember(best);
  };
}

/** When every member of a union has its own values of one field, that field decides which member is meant. */
function decideByField(options: readonly zod.$ZodType[]): Check | undefined {
  for (const field of ['type', 'entity_type', 'trigger_type']) {
    const members = new Map<unknown, Check>();
    const complete = options.every((option) => {
      const object = unwrapLazy(option)._zod.def as zod.$ZodTypes['_zod']['def'];
      if (object.type !== 'object') return false;
      const literal = object.shape[field]?._zod.def as zod.$ZodTypes['_zod']['def'] | undefined;
      if (literal?.type !== 'literal') return false;
      for (const value of literal.values) members.set(value, compile(unwrapLazy(option)));
      return true;
    });
    if (!complete) continue;
    return (value, walk) => {
      if (!isRecord(value)) return walk.report(value === null ? faults.required : faults.notAModel);
      const kind = value[field];
      if (kind === undefined) return walk.report(faults.required, field);
      const member = members.get(kind);
      if (member) member(value, walk);
      else walk.report(faults.notAType(field, members.keys()), field);
    };
  }
  return undefined;
}

function unwrapLazy(schema: zod.$ZodType): zod.$ZodType {
  const def = schema._zod.def as zod.$ZodTypes['_zod']['def'];
  return def.type === 'lazy' ? unwrapLazy(def.getter()) : schema;
}

function nullable(check: Check): Check {
  return (value, walk) => {
    if (value !== null) check(value, walk);
  };
}

function isRequired(schema: zod.$ZodType): boolean {
  const def = schema._zod.def as zod.$ZodTypes['_zod']['def'];
  if (def.type === 'optional' || def.type === 'undefined') return false;
  return def.type === 'union' ? def.options.every(isRequired) : true;
}

function isNumeric(schema: zod.$ZodType): boolean {
  const def = schema._zod.def as zod.$ZodTypes['_zod']['def'];
  if (def.type === 'optional' || def.type === 'nullable') return isNumeric(def.innerType);
  return def.type === 'number';
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
