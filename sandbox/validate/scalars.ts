/** Checks for single values: texts, numbers, fixed choices. */
import type * as zod from 'zod/v4/core';
import * as faults from './faults.ts';
import type { Walk } from './faults.ts';

/** Looks at a value that is not undefined and reports what is wrong with it. */
export type Check = (value: unknown, walk: Walk) => void;

export const checkBoolean: Check = (value, walk) => {
  if (typeof value !== 'boolean') walk.report(faults.notABoolean);
};

export interface Bounds {
  minimum: number;
  maximum: number;
  patterns: RegExp[];
  url: boolean;
  date: boolean;
  integer: boolean;
}

/** Reads the checks that hang on a schema. The document knows lengths, inclusive ranges and a few formats. */
export function boundsOf(schema: zod.$ZodType): Bounds {
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

export function buildString(schema: zod.$ZodType): Check {
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

export function buildNumber(schema: zod.$ZodType): Check {
  const { minimum, maximum, integer } = boundsOf(schema);
  return (value, walk) => {
    if (value === null) return walk.report(faults.required);
    if (typeof value !== 'number' || !Number.isFinite(value)) return walk.report(faults.notANumber);
    if (integer && !Number.isInteger(value)) walk.report(faults.notAnInteger);
    if (value < minimum) walk.report(faults.tooLow(minimum));
    if (value > maximum) walk.report(faults.tooHigh(maximum));
  };
}

export function buildLiteral(values: readonly unknown[]): Check {
  const allowed = new Set(values);
  return (value, walk) => {
    if (!allowed.has(value)) walk.report(faults.notAChoice(allowed));
  };
}
