/** Countries by ISO 3166-1 alpha-2 code, with the names that the runtime's own data gives them in each language. */
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

/** Made once for each language that is asked for. */
const listOf = new Map<string, readonly Country[]>();

/**
 * Every country as a language names it, alphabetical by name.
 * @param locale BCP 47: in which language they are named, and by whose alphabet they are sorted.
 */
export function listCountries(locale: string): readonly Country[] {
  let list = listOf.get(locale);
  if (!list) {
    const names = new Intl.DisplayNames(locale, { type: 'region' });
    const { compare } = new Intl.Collator(locale);
    list = codes.map((code) => ({ code, name: names.of(code) ?? code })).toSorted((a, b) => compare(a.name, b.name));
    listOf.set(locale, list);
  }
  return list;
}

/** Whether this is a code of ours. */
export function isCountry(code: string): boolean {
  return codes.includes(code);
}

/** The country that a code or a full name stands for. */
export function findCountry(typed: string, locale: string): Country | undefined {
  const wanted = fold(typed.trim());
  return listCountries(locale).find(({ code, name }) => fold(code) === wanted || fold(name) === wanted);
}

/** Choices for what has been typed so far: names that begin so, then those with a word that does. */
export function searchCountries(typed: string, locale: string, limit = choiceLimit): { name: string; value: string }[] {
  const wanted = fold(typed.trim());
  const all = listCountries(locale);
  const begins = all.filter(({ name }) => fold(name).startsWith(wanted));
  const within = all.filter(({ name }) => !fold(name).startsWith(wanted) && fold(name).includes(` ${wanted}`));
  return [...begins, ...within].slice(0, limit).map(({ code, name }) => ({ name, value: code }));
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
