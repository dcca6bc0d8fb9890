/** Countries by ISO 3166-1 alpha-2 code, with the names that the runtime's own data gives them. */
import { once } from './once.ts';

const codes =
  'AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF TD CL CN CO KM CG CD CR CI HR CU CW CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HK HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KW KG LA LV LB LS LR LY LI LT LU MO MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME MA MZ MM NA NR NP NL NZ NI NE NG KP MK NO OM PK PW PS PA PG PY PE PH PL PT PR QA RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG SX SK SI SB SO ZA KR SS ES LK SD SR SE CH SY TW TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VE VN YE ZM ZW'.split(
    ' ',
  );

/** Discord's limit on the choices of an autocomplete. */
const choiceLimit = 25;

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly name: string;
}

/** Every country, alphabetical by name. */
export const listCountries = once((): readonly Country[] => {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const { compare } = new Intl.Collator('en');
  return codes.map((code) => ({ code, name: names.of(code) ?? code })).toSorted((a, b) => compare(a.name, b.name));
});

const byCode = once(() => new Map(listCountries().map((country) => [country.code, country])));

/** The country's name, or the code where nobody knows it. */
export function countryName(code: string): string {
  return byCode().get(code)?.name ?? code;
}

/** The country that a code or a full name stands for. */
export function findCountry(typed: string): Country | undefined {
  const wanted = typed.trim();
  return byCode().get(wanted.toUpperCase()) ?? listCountries().find(({ name }) => fold(name) === fold(wanted));
}

/** Choices for what has been typed so far: names that begin so, then those with a word that does. */
export function searchCountries(typed: string, limit = choiceLimit): { name: string; value: string }[] {
  const wanted = fold(typed.trim());
  const begins = listCountries().filter(({ name }) => fold(name).startsWith(wanted));
  const within = listCountries().filter(
    ({ name }) => !fold(name).startsWith(wanted) && fold(name).includes(` ${wanted}`),
  );
  return [...begins, ...within].slice(0, limit).map(({ code, name }) => ({ name, value: code }));
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
