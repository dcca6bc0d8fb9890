import { type Logger, type LoggerOptions, pino, stdSerializers } from 'pino';

/**
 * The program's log: one JSON object a line on standard output. Of an error only type, code, status and stack frames
 * are written; messages of Discord's and the database's errors can quote what a person typed.
 */
export function createLog(level: LoggerOptions['level'] & string): Logger {
  return pino({ level, base: null, serializers: { err: serializeError } });
}

/** What the log says of an error: which one and where, not its message. */
export function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { type, stack } = stdSerializers.err(error);
  const { code, status, method } = error as { code?: unknown; status?: unknown; method?: unknown };
  const frames = stack.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { type, code, status, method, stack: frames.join('\n') };
}
