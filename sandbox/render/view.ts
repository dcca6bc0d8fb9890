/** How something is shown: to whom, how wide, and with or without styling. */
export interface View {
  /** Columns of the terminal; 100 when absent. */
  readonly width?: number;
  /** Bold and dim text; plain when absent. Meaning never hangs on it. */
  readonly styled?: boolean;
  /** IANA name of the reader's zone, in which times are shown. */
  readonly timeZone: string;
  /** The time at which it is read, for "in 3 days". Milliseconds since 1970. */
  readonly now: number;
  readonly userName?: (id: string) => string | undefined;
  readonly channelName?: (id: string) => string | undefined;
  readonly roleName?: (id: string) => string | undefined;
  /** Whether a form's fields are asked one by one after it, each with what can be chosen: then it is not listed before. */
  readonly asksFields?: boolean;
}

export const DEFAULT_WIDTH = 100;

/** Whether a stream can show styling: a terminal, unless NO_COLOR asks for none (https://no-color.org). */
export function canStyle(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && (env['NO_COLOR'] ?? '') === '';
}

const ESCAPE = '\u001B[';

export function bold(text: string, view: View): string {
  return style(text, '1', view);
}

export function dim(text: string, view: View): string {
  return style(text, '2', view);
}

/** Word by word, so that a line may be broken anywhere without leaving a style open. */
function style(text: string, code: string, view: View): string {
  if (view.styled !== true) return text;
  return text.replaceAll(/\S+/g, (word) => `${ESCAPE}${code}m${word}${ESCAPE}0m`);
}
