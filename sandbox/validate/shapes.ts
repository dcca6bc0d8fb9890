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
import { boundsOf, buildLiteral, buildNumber, buildString, checkBoolean, type Check } from './scalars.ts';
import { alwaysSentWithMessages, bitFieldKeys, checkBitField, undocumented } from './undocumented.ts';

export type { Check } from './scalars.ts';

const schemas = exported as unknown as Readonly<Record<string, zod.$ZodType | undefined>>;

/** Schemas are known by themselves, not by name: these are the ones with undocumented fields. */
const namesOfPatched = new Map<zod.$ZodType, string>();
for (const name of Object.keys(undocumented)) {
  const schema = schemas[`${name}Schema`];
  if (schema) namesOfPatched.set(schema, name);
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

function build(schema: zod.$ZodType): Check {
  const { def } = (schema as zod.$ZodTypes)._zod;
  switch (def.type) {
    case 'string':
      return buildString(schema);
    case 'number':
      return buildNumber(schema);
    case 'boolean':
      return checkBoolean;
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
      // A value that is looked at is never undefined, so this member of a union never fits.
      return (_value, walk) => walk.report(faults.required);
    case 'unknown':
      return () => undefined;
    default:
      throw new Error(`No check is written for zod type ${def.type}`);
  }
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
    let closest: ReturnType<Walk['forgetSince']> | undefined;
    for (const check of checks) {
      check(value, walk);
      if (walk.count === before) return;
      const found = walk.forgetSince(before);
      if (!closest || distance(found) < distance(closest)) closest = found;
    }
    // No member fits: what the closest one lacks says most.
    if (closest) walk.remember(closest);
  };
}

/** Few faults are close; a value of another kind altogether is far. */
function distance(found: ReturnType<Walk['forgetSince']>): number {
  return found.reduce((sum, { fault }) => sum + (faults.kindFaults.has(fault) ? 100 : 1), 0);
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
  if (def.type === 'optional' || def.type === 'undefined' || def.type === 'unknown') return false;
  return def.type === 'union' ? def.options.every(isRequired) : true;
}

function isNumeric(schema: zod.$ZodType): boolean {
  const def = schema._zod.def as zod.$ZodTypes['_zod']['def'];
  if (def.type === 'optional' || def.type === 'nullable') return isNumeric(def.innerType);
  return def.type === 'number';
}

/** Whether a value is a JSON object. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
