import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

/**
 * The program's log: one JSON object a line on standard output. Of an error only type, code, status and stack frames
 * are written; messages of Discord's and the database's errors can quote what a person typed.
 */
export function createLog(level: LoggerOptions['level'] & string): Logger {
  return pino({ level, base: null, serializers: { err: serializeError } }, patientOutput(process.stdout));
}

/** How much waits for a reader of the log that has stalled, in bytes; what comes beyond that is dropped and counted. */
const mostWaiting = 1_000_000;

/**
 * Writes without ever waiting for whoever reads: a viewer that stalls or has gone, or a full disk under the log, must
 * not stop the bot, and least of all its end.
 */
function patientOutput(stream: NodeJS.WriteStream): DestinationStream {
  let dropped = 0;
  // Without a listener a closed pipe would end the program.
  if (!watched.has(stream)) watched.add(stream.on('error', () => undefined));
  return {
    write(line) {
      if (stream.writableLength > mostWaiting) {
        dropped += 1;
        return;
      }
      if (dropped > 0) stream.write(`${JSON.stringify({ level: 40, time: Date.now(), dropped, msg: 'nobody read the log: lines were dropped' })}\n`); // prettier-ignore
      dropped = 0;
      stream.write(line);
    },
  };
}

/** Streams whose errors are caught already. */
const watched = new WeakSet<NodeJS.WriteStream>();

/** How many causes of an error's cause are followed. */
const deepestCause = 3;

/** What the log says of an error: which one and where, not its message. */
export function serializeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  // `says` is for the log: what has a person's words in it never calls itself that.
  const { code, status, method, says } = error as {
    code?: unknown;
    status?: unknown;
    method?: unknown;
    says?: unknown;
  };
  const cause =
    error.cause === undefined || depth === deepestCause ? {} : { cause: serializeError(error.cause, depth + 1) };
  return { type: error.constructor.name, code, status, method, says, stack: framesOf(error), ...cause };
}

/** The places of a stack, without the message that comes before them: of what a person typed a line may look like one. */
function framesOf({ stack = '', message }: Error): string {
  const end = stack.indexOf(message);
  // A message that was changed since stands in the stack as it was, and nobody can say where it ends.
  if (end === -1) return '';
  const frames = stack.slice(end + message.length).split('\n');
  return frames.filter((line) => line.trimStart().startsWith('at ')).join('\n');
}
