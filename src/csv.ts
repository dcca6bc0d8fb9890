import { stringify } from 'csv-stringify/sync';
import { withoutDirectionControls } from './marks.ts';

/**
 * What spreadsheets take for the beginning of a formula, also full-width and behind what they skip, at the beginning of a
 * cell or behind what separates cells elsewhere: more than the library's own guard looks for.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /(^|[,;|\t\n]|\r\n?)(?=[\s\p{Cc}\p{Cf}"'`“”‘’]*[=+\-@＝＋－＠﹦﹢﹣﹫])|^(?=[\t\r\n])/gu;

/** With it at the beginning of a file Excel reads it as UTF-8. */
export const byteOrderMark = '\ufeff';

/**
 * Pure: lines of a CSV file (RFC 4180), of which no spreadsheet runs a cell, wherever it splits: each quoted whole, with
 * an apostrophe before what looks like a formula.
 * @param rows the texts as people wrote them.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    {
      record_delimiter: 'windows',
      quoted: true,
      quoted_empty: true,
      escape_formulas: true,
      cast: { string: (text) => withoutDirectionControls(text).replaceAll(formula, "$1'") },
    },
  );
}
