/**
 * How people write where they live, country by country, written down before the code that reads it. A zone: it is
 * understood. Several: they are asked which, and these are among what is shown. None: it means nothing to us.
 */
const nothing = [] as const;

/** By ISO 3166-1 alpha-2 code; `-` for what belongs to no country. */
export const spellings: Readonly<
  Record<string, readonly (readonly [typed: string, zones: string | readonly string[]])[]>
> = {
  US: [
    ['usa', ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Anchorage', 'Pacific/Honolulu']], // prettier-ignore
    ['US', ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles']],
    ['U.S.A.', ['America/New_York', 'America/Los_Angeles']],
    ['United States', ['America/New_York', 'America/Phoenix']],
    ['united states of america', ['America/New_York', 'America/Los_Angeles']],
    ['America', ['America/New_York', 'America/Los_Angeles']],
    ['the states', ['America/New_York', 'America/Los_Angeles']],
    ['texas', 'America/Chicago'],
    ['TX', 'America/Chicago'],
    ['california', 'America/Los_Angeles'],
    ['Ohio', 'America/New_York'],
    ['New Jersey', 'America/New_York'],
    ['NJ', 'America/New_York'],
    ['Michigan', 'America/Detroit'],
    ['Arizona', 'America/Phoenix'],
    ['Hawaii', 'Pacific/Honolulu'],
    ['Alaska', 'America/Anchorage'],
    ['Tennessee', ['America/New_York', 'America/Chicago']],
    ['Kentucky', ['America/New_York', 'America/Chicago']],
    ['washington', ['America/New_York', 'America/Los_Angeles']],
    ['Washington DC', 'America/New_York'],
    ['Washington, D.C.', 'America/New_York'],
    ['washington state', 'America/Los_Angeles'],
    ['Cleveland', 'America/New_York'],
    ['cleveland, ohio', 'America/New_York'],
    ['Cleveland OH', 'America/New_York'],
    ['nyc', 'America/New_York'],
    ['New York City', 'America/New_York'],
    ['new-york', 'America/New_York'],
    ['New York, NY, USA', 'America/New_York'],
    ['Brooklyn', 'America/New_York'],
    ['Bronx', 'America/New_York'],
    ['LA', ['America/Los_Angeles', 'America/Chicago']],
    ['L.A.', ['America/Los_Angeles', 'America/Chicago']],
    ['San Francisco', 'America/Los_Angeles'],
    ['chicago', 'America/Chicago'],
    ['Houston, Texas', 'America/Chicago'],
    ['St. Louis', 'America/Chicago'],
    ['saint louis', 'America/Chicago'],
    ['Detroit', 'America/Detroit'],
    ['El Paso', 'America/Denver'],
    ['Salt Lake City', 'America/Denver'],
    ['Portland, Maine', 'America/New_York'],
    ['portland oregon', 'America/Los_Angeles'],
    ['Portland', ['America/Los_Angeles', 'America/New_York']],
    ['Rochester, MN', 'America/Chicago'],
    ['Miami', 'America/New_York'],
    ['Indianapolis', 'America/Indiana/Indianapolis'],
    ['eastern', 'America/New_York'],
    ['Eastern Time', 'America/New_York'],
    ['US Eastern', 'America/New_York'],
    ['eastern standard time', 'America/New_York'],
    ['EST', 'America/New_York'],
    ['est time', 'America/New_York'],
    ['EDT', 'America/New_York'],
    ['ET', 'America/New_York'],
    ['east coast', 'America/New_York'],
    ['Central Time', 'America/Chicago'],
    ['CDT', ['America/Chicago', 'America/Havana']],
    ['CST', ['America/Chicago', 'Asia/Shanghai']],
    ['central', 'America/Chicago'],
    ['mountain time', 'America/Denver'],
    ['MST', ['America/Denver', 'America/Phoenix']],
    ['MDT', 'America/Denver'],
    ['pacific', 'America/Los_Angeles'],
    ['pacific standard time', 'America/Los_Angeles'],
    ['PDT', 'America/Los_Angeles'],
    ['PST', ['America/Los_Angeles', 'Asia/Manila']],
    ['west coast', 'America/Los_Angeles'],
    ['US/Eastern', 'America/New_York'],
    ['America/New_York', 'America/New_York'],
    ['america/new york', 'America/New_York'],
  ],
  PR: [
    ['Puerto Rico', 'America/Puerto_Rico'],
    ['San Juan, Puerto Rico', 'America/Puerto_Rico'],
  ],
  CA: [
    ['Canada', ['America/Toronto', 'America/Vancouver', 'America/Winnipeg', 'America/Edmonton', 'America/Halifax', 'America/St_Johns', 'America/Regina']], // prettier-ignore
    ['Toronto', 'America/Toronto'],
    ['Montréal', 'America/Toronto'],
    ['montreal', 'America/Toronto'],
    ['Ottawa', 'America/Toronto'],
    ['Vancouver', 'America/Vancouver'],
    ['Calgary', 'America/Edmonton'],
    ['Alberta', 'America/Edmonton'],
    ['London, Ontario', 'America/Toronto'],
    ['newfoundland', 'America/St_Johns'],
    ['NST', 'America/St_Johns'],
  ],
  MX: [
    ['Mexico', ['America/Mexico_City', 'America/Tijuana', 'America/Cancun', 'America/Hermosillo']],
    ['México', ['America/Mexico_City', 'America/Tijuana']],
    ['Mexico City', 'America/Mexico_City'],
    ['CDMX', 'America/Mexico_City'],
    ['Ciudad de México', 'America/Mexico_City'],
    ['Guadalajara, Mexico', 'America/Mexico_City'],
    ['Monterrey', 'America/Monterrey'],
    ['Tijuana', 'America/Tijuana'],
  ],
  CU: [
    ['Cuba', 'America/Havana'],
    ['La Habana', 'America/Havana'],
  ],
  DO: [
    ['Dominican Republic', 'America/Santo_Domingo'],
    ['república dominicana', 'America/Santo_Domingo'],
    ['Santo Domingo', 'America/Santo_Domingo'],
  ],
  HT: [['Haiti', 'America/Port-au-Prince'], ['port au prince', 'America/Port-au-Prince']], // prettier-ignore
  JM: [['Jamaica', 'America/Jamaica'], ['Kingston, Jamaica', 'America/Jamaica']], // prettier-ignore
  GD: [
    ['Grenada', 'America/Grenada'],
    ["St. George's, Grenada", 'America/Grenada'],
  ],
  KN: [
    ['St Kitts', 'America/St_Kitts'],
    ['Saint Kitts and Nevis', 'America/St_Kitts'],
  ],
  BB: [['Barbados', 'America/Barbados']],
  TT: [
    ['Trinidad', 'America/Port_of_Spain'],
    ['Trinidad and Tobago', 'America/Port_of_Spain'],
  ],
  GT: [['Guatemala', 'America/Guatemala']],
  CR: [['Costa Rica', 'America/Costa_Rica']],
  CO: [
    ['Colombia', 'America/Bogota'],
    ['Bogotá', 'America/Bogota'],
    ['Medellín', 'America/Bogota'],
    ['cali, colombia', 'America/Bogota'],
  ],
  VE: [
    ['Venezuela', 'America/Caracas'],
    ['Caracas', 'America/Caracas'],
    ['Maracaibo', 'America/Caracas'],
  ],
  PE: [
    ['Peru', 'America/Lima'],
    ['Perú', 'America/Lima'],
    ['Lima, Peru', 'America/Lima'],
  ],
  EC: [
    ['Ecuador', ['America/Guayaquil', 'Pacific/Galapagos']],
    ['Quito', 'America/Guayaquil'],
  ],
  BO: [['Bolivia', 'America/La_Paz'], ['La Paz, Bolivia', 'America/La_Paz']], // prettier-ignore
  CL: [
    ['Chile', ['America/Santiago', 'Pacific/Easter']],
    ['Santiago', ['America/Santiago', 'America/Santo_Domingo']],
    ['Santiago de Chile', 'America/Santiago'],
  ],
  AR: [
    ['Argentina', 'America/Argentina/Buenos_Aires'],
    ['Buenos Aires', 'America/Argentina/Buenos_Aires'],
    ['Córdoba', ['America/Argentina/Cordoba', 'Europe/Madrid']],
    ['Cordoba, Argentina', 'America/Argentina/Cordoba'],
    ['Rosario, Argentina', 'America/Argentina/Cordoba'],
  ],
  BR: [
    ['Brazil', ['America/Sao_Paulo', 'America/Manaus']],
    ['Brasil', ['America/Sao_Paulo', 'America/Manaus']],
    ['são paulo', 'America/Sao_Paulo'],
    ['Sao Paulo, Brazil', 'America/Sao_Paulo'],
    ['Rio de Janeiro', 'America/Sao_Paulo'],
    ['Rio', 'America/Sao_Paulo'],
    ['Manaus', 'America/Manaus'],
    ['BRT', 'America/Sao_Paulo'],
  ],
  GB: [
    ['UK', 'Europe/London'],
    ['U.K.', 'Europe/London'],
    ['United Kingdom', 'Europe/London'],
    ['Great Britain', 'Europe/London'],
    ['england', 'Europe/London'],
    ['Scotland', 'Europe/London'],
    ['Wales', 'Europe/London'],
    ['Northern Ireland', 'Europe/London'],
    ['London', 'Europe/London'],
    ['Manchester, UK', 'Europe/London'],
    ['Birmingham', ['Europe/London', 'America/Chicago']],
    ['Birmingham, Alabama', 'America/Chicago'],
    ['birmingham uk', 'Europe/London'],
    ['Glasgow', 'Europe/London'],
    ['British Summer Time', 'Europe/London'],
    ['BST', ['Europe/London', 'Asia/Dhaka']],
    ['GMT', ['Europe/London', 'Africa/Accra']],
  ],
  IE: [
    ['Ireland', 'Europe/Dublin'],
    ['Dublin', 'Europe/Dublin'],
    ['cork', 'Europe/Dublin'],
    ['Galway, Ireland', 'Europe/Dublin'],
  ],
  DE: [
    ['Germany', 'Europe/Berlin'],
    ['Deutschland', 'Europe/Berlin'],
    ['munich', 'Europe/Berlin'],
    ['München', 'Europe/Berlin'],
    ['Köln', 'Europe/Berlin'],
    ['Frankfurt', 'Europe/Berlin'],
    ['CEST', 'Europe/Berlin'],
  ],
  FR: [['France', 'Europe/Paris'], ['Paris', 'Europe/Paris'], ['Lyon', 'Europe/Paris']], // prettier-ignore
  ES: [
    ['Spain', ['Europe/Madrid', 'Atlantic/Canary']],
    ['España', ['Europe/Madrid', 'Atlantic/Canary']],
    ['Madrid', 'Europe/Madrid'],
    ['Barcelona, Spain', 'Europe/Madrid'],
    ['Valencia', ['Europe/Madrid', 'America/Caracas']],
  ],
  PT: [
    ['Portugal', ['Europe/Lisbon', 'Atlantic/Azores']],
    ['Lisboa', 'Europe/Lisbon'],
  ],
  IT: [
    ['Italy', 'Europe/Rome'],
    ['Italia', 'Europe/Rome'],
    ['Milano', 'Europe/Rome'],
    ['Roma', 'Europe/Rome'],
  ],
  PL: [['Poland', 'Europe/Warsaw'], ['Kraków', 'Europe/Warsaw'], ['krakow', 'Europe/Warsaw']], // prettier-ignore
  RO: [['Romania', 'Europe/Bucharest'], ['Cluj', 'Europe/Bucharest'], ['Timișoara', 'Europe/Bucharest']], // prettier-ignore
  GR: [
    ['Greece', 'Europe/Athens'],
    ['Athens', 'Europe/Athens'],
    ['Athens, Georgia', 'America/New_York'],
  ],
  CZ: [['Czech Republic', 'Europe/Prague'], ['Czechia', 'Europe/Prague'], ['Praha', 'Europe/Prague']], // prettier-ignore
  HU: [['Hungary', 'Europe/Budapest'], ['Pécs', 'Europe/Budapest'], ['Debrecen', 'Europe/Budapest']], // prettier-ignore
  UA: [
    ['Ukraine', 'Europe/Kyiv'],
    ['Kyiv', 'Europe/Kyiv'],
    ['Kiev', 'Europe/Kyiv'],
    ['Kharkov', 'Europe/Kyiv'],
    ['Lviv', 'Europe/Kyiv'],
  ],
  RU: [
    ['Russia', ['Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Novosibirsk', 'Asia/Vladivostok']],
    ['Moscow', 'Europe/Moscow'],
    ['St. Petersburg, Russia', 'Europe/Moscow'],
    ['MSK', 'Europe/Moscow'],
    ['Kazan', 'Europe/Moscow'],
  ],
  TR: [
    ['Turkey', 'Europe/Istanbul'],
    ['Türkiye', 'Europe/Istanbul'],
    ['Istanbul', 'Europe/Istanbul'],
    ['İstanbul', 'Europe/Istanbul'],
    ['Ankara', 'Europe/Istanbul'],
    ['TRT', 'Europe/Istanbul'],
  ],
  GE: [
    ['Georgia', ['Asia/Tbilisi', 'America/New_York']],
    ['Georgia, USA', 'America/New_York'],
    ['Georgia (country)', 'Asia/Tbilisi'],
    ['Tbilisi', 'Asia/Tbilisi'],
    ['Tbilisi, Georgia', 'Asia/Tbilisi'],
  ],
  AM: [['Armenia', 'Asia/Yerevan'], ['Yerevan', 'Asia/Yerevan']], // prettier-ignore
  AZ: [['Azerbaijan', 'Asia/Baku'], ['Baku', 'Asia/Baku']], // prettier-ignore
  KZ: [['Kazakhstan', 'Asia/Almaty'], ['Almaty', 'Asia/Almaty']], // prettier-ignore
  UZ: [['Uzbekistan', 'Asia/Tashkent'], ['Tashkent', 'Asia/Tashkent']], // prettier-ignore
  EG: [
    ['Egypt', 'Africa/Cairo'],
    ['cairo', 'Africa/Cairo'],
    ['Cairo, Egypt', 'Africa/Cairo'],
    ['Alexandria', 'Africa/Cairo'],
    ['Mansoura', 'Africa/Cairo'],
    ['Assiut', 'Africa/Cairo'],
    ['Tanta', 'Africa/Cairo'],
    ['Zagazig', 'Africa/Cairo'],
  ],
  SD: [
    ['Sudan', 'Africa/Khartoum'],
    ['Khartoum', 'Africa/Khartoum'],
    ['Omdurman', 'Africa/Khartoum'],
  ],
  LY: [['Libya', 'Africa/Tripoli'], ['Benghazi', 'Africa/Tripoli'], ['Tripoli, Libya', 'Africa/Tripoli']], // prettier-ignore
  TN: [['Tunisia', 'Africa/Tunis'], ['Sfax', 'Africa/Tunis']], // prettier-ignore
  DZ: [['Algeria', 'Africa/Algiers'], ['Oran', 'Africa/Algiers']], // prettier-ignore
  MA: [['Morocco', 'Africa/Casablanca'], ['Casablanca', 'Africa/Casablanca'], ['Rabat', 'Africa/Casablanca']], // prettier-ignore
  NG: [
    ['Nigeria', 'Africa/Lagos'],
    ['lagos', 'Africa/Lagos'],
    ['Abuja', 'Africa/Lagos'],
    ['Ibadan', 'Africa/Lagos'],
    ['Port Harcourt', 'Africa/Lagos'],
    ['WAT', 'Africa/Lagos'],
  ],
  GH: [['Ghana', 'Africa/Accra'], ['Accra', 'Africa/Accra'], ['Kumasi', 'Africa/Accra']], // prettier-ignore
  KE: [['Kenya', 'Africa/Nairobi'], ['Nairobi', 'Africa/Nairobi'], ['EAT', 'Africa/Nairobi']], // prettier-ignore
  ET: [['Ethiopia', 'Africa/Addis_Ababa'], ['addis', 'Africa/Addis_Ababa'], ['Addis Ababa', 'Africa/Addis_Ababa']], // prettier-ignore
  UG: [['Uganda', 'Africa/Kampala'], ['Kampala', 'Africa/Kampala']], // prettier-ignore
  TZ: [['Tanzania', 'Africa/Dar_es_Salaam'], ['Dar es Salaam', 'Africa/Dar_es_Salaam']], // prettier-ignore
  ZA: [
    ['South Africa', 'Africa/Johannesburg'],
    ['Cape Town', 'Africa/Johannesburg'],
    ['SAST', 'Africa/Johannesburg'],
  ],
  ZW: [['Zimbabwe', 'Africa/Harare'], ['Harare', 'Africa/Harare']], // prettier-ignore
  CM: [['Cameroon', 'Africa/Douala'], ['Yaoundé', 'Africa/Douala']], // prettier-ignore
  CD: [
    ['DR Congo', ['Africa/Kinshasa', 'Africa/Lubumbashi']],
    ['Kinshasa', 'Africa/Kinshasa'],
  ],
  CI: [["Côte d'Ivoire", 'Africa/Abidjan'], ['Ivory Coast', 'Africa/Abidjan']], // prettier-ignore
  SA: [
    ['Saudi', 'Asia/Riyadh'],
    ['Saudi Arabia', 'Asia/Riyadh'],
    ['KSA', 'Asia/Riyadh'],
    ['Jeddah', 'Asia/Riyadh'],
    ['Makkah', 'Asia/Riyadh'],
    ['AST', ['America/Halifax', 'Asia/Riyadh']],
  ],
  AE: [
    ['UAE', 'Asia/Dubai'],
    ['Dubai', 'Asia/Dubai'],
    ['Abu Dhabi', 'Asia/Dubai'],
    ['Sharjah', 'Asia/Dubai'],
    ['GST', 'Asia/Dubai'],
    ['Gulf Standard Time', 'Asia/Dubai'],
  ],
  QA: [['Qatar', 'Asia/Qatar'], ['Doha', 'Asia/Qatar']], // prettier-ignore
  KW: [['Kuwait', 'Asia/Kuwait'], ['Kuwait City', 'Asia/Kuwait']], // prettier-ignore
  OM: [['Oman', 'Asia/Muscat'], ['Muscat', 'Asia/Muscat']], // prettier-ignore
  YE: [['Yemen', 'Asia/Aden'], ["Sana'a", 'Asia/Aden']], // prettier-ignore
  JO: [['Jordan', 'Asia/Amman'], ['Amman', 'Asia/Amman'], ['Irbid', 'Asia/Amman']], // prettier-ignore
  LB: [['Lebanon', 'Asia/Beirut'], ['Beirut', 'Asia/Beirut']], // prettier-ignore
  SY: [['Syria', 'Asia/Damascus'], ['Damascus', 'Asia/Damascus'], ['Aleppo', 'Asia/Damascus']], // prettier-ignore
  IQ: [['Iraq', 'Asia/Baghdad'], ['Mosul', 'Asia/Baghdad'], ['Erbil', 'Asia/Baghdad']], // prettier-ignore
  IR: [
    ['Iran', 'Asia/Tehran'],
    ['Tehran', 'Asia/Tehran'],
    ['Teheran', 'Asia/Tehran'],
    ['Shiraz', 'Asia/Tehran'],
    ['+3:30', 'Asia/Tehran'],
  ],
  IL: [
    ['Israel', 'Asia/Jerusalem'],
    ['Tel Aviv', 'Asia/Jerusalem'],
    ['Haifa', 'Asia/Jerusalem'],
  ],
  PS: [['Palestine', 'Asia/Gaza'], ['Gaza', 'Asia/Gaza'], ['Ramallah', 'Asia/Hebron'], ['Nablus', 'Asia/Hebron']], // prettier-ignore
  AF: [['Afghanistan', 'Asia/Kabul'], ['Kabul', 'Asia/Kabul'], ['+4:30', 'Asia/Kabul']], // prettier-ignore
  PK: [
    ['Pakistan', 'Asia/Karachi'],
    ['karachi', 'Asia/Karachi'],
    ['Lahore', 'Asia/Karachi'],
    ['Lahore, Pakistan', 'Asia/Karachi'],
    ['Islamabad', 'Asia/Karachi'],
    ['Rawalpindi', 'Asia/Karachi'],
    ['Peshawar', 'Asia/Karachi'],
    ['Hyderabad, Pakistan', 'Asia/Karachi'],
    ['Hyderabad (Pakistan)', 'Asia/Karachi'],
    ['hyderabad sindh', 'Asia/Karachi'],
    ['Pakistan, Hyderabad', 'Asia/Karachi'],
    ['PKT', 'Asia/Karachi'],
    ['Pakistan Standard Time', 'Asia/Karachi'],
    ['KPK', 'Asia/Karachi'],
    ['Punjab, Pakistan', 'Asia/Karachi'],
  ],
  IN: [
    ['India', 'Asia/Kolkata'],
    ['Hyderabad', ['Asia/Kolkata', 'Asia/Karachi']],
    ['Hyderabad, India', 'Asia/Kolkata'],
    ['hyderabad telangana', 'Asia/Kolkata'],
    ['Punjab', ['Asia/Karachi', 'Asia/Kolkata']],
    ['IST', ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem']],
    ['Indian Standard Time', 'Asia/Kolkata'],
    ['India Standard Time', 'Asia/Kolkata'],
    ['Mumbai', 'Asia/Kolkata'],
    ['Bombay', 'Asia/Kolkata'],
    ['Bengaluru', 'Asia/Kolkata'],
    ['Bangalore', 'Asia/Kolkata'],
    ['Chennai', 'Asia/Kolkata'],
    ['Madras', 'Asia/Kolkata'],
    ['Calcutta', 'Asia/Kolkata'],
    ['New Delhi', 'Asia/Kolkata'],
    ['Trivandrum', 'Asia/Kolkata'],
    ['Cochin', 'Asia/Kolkata'],
    ['Manipal', 'Asia/Kolkata'],
    ['Kerala', 'Asia/Kolkata'],
    ['Tamil Nadu', 'Asia/Kolkata'],
    ['Telangana', 'Asia/Kolkata'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['+5:30', 'Asia/Kolkata'],
    ['+05:30', 'Asia/Kolkata'],
    ['+5.5', 'Asia/Kolkata'],
    ['UTC+5:30', 'Asia/Kolkata'],
    ['gmt +5:30', 'Asia/Kolkata'],
    ['GMT 5:30', 'Asia/Kolkata'],
  ],
  BD: [
    ['Bangladesh', 'Asia/Dhaka'],
    ['Dhaka', 'Asia/Dhaka'],
    ['Dacca', 'Asia/Dhaka'],
    ['Chittagong', 'Asia/Dhaka'],
    ['Chattogram', 'Asia/Dhaka'],
    ['Sylhet', 'Asia/Dhaka'],
  ],
  NP: [
    ['Nepal', 'Asia/Kathmandu'],
    ['Kathmandu', 'Asia/Kathmandu'],
    ['katmandu', 'Asia/Kathmandu'],
    ['Pokhara', 'Asia/Kathmandu'],
    ['NPT', 'Asia/Kathmandu'],
    ['+5:45', 'Asia/Kathmandu'],
  ],
  LK: [['Sri Lanka', 'Asia/Colombo'], ['Colombo', 'Asia/Colombo'], ['Kandy', 'Asia/Colombo']], // prettier-ignore
  MM: [
    ['Myanmar', 'Asia/Yangon'],
    ['Burma', 'Asia/Yangon'],
    ['Rangoon', 'Asia/Yangon'],
    ['Mandalay', 'Asia/Yangon'],
  ],
  TH: [['Thailand', 'Asia/Bangkok'], ['bangkok', 'Asia/Bangkok'], ['Chiang Mai', 'Asia/Bangkok']], // prettier-ignore
  VN: [
    ['Vietnam', 'Asia/Ho_Chi_Minh'],
    ['Viet Nam', 'Asia/Ho_Chi_Minh'],
    ['Saigon', 'Asia/Ho_Chi_Minh'],
    ['Hanoi', 'Asia/Ho_Chi_Minh'],
  ],
  MY: [['Malaysia', 'Asia/Kuala_Lumpur'], ['KL', 'Asia/Kuala_Lumpur'], ['Kuala Lumpur', 'Asia/Kuala_Lumpur']], // prettier-ignore
  SG: [['Singapore', 'Asia/Singapore'], ['SGT', 'Asia/Singapore']], // prettier-ignore
  ID: [
    ['Indonesia', ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']],
    ['Jakarta', 'Asia/Jakarta'],
    ['WIB', 'Asia/Jakarta'],
    ['Bali', 'Asia/Makassar'],
  ],
  PH: [
    ['Philippines', 'Asia/Manila'],
    ['the philippines', 'Asia/Manila'],
    ['Manila', 'Asia/Manila'],
    ['Cebu', 'Asia/Manila'],
    ['Cebu City', 'Asia/Manila'],
    ['Quezon City', 'Asia/Manila'],
    ['Davao', 'Asia/Manila'],
    ['PHT', 'Asia/Manila'],
  ],
  CN: [
    ['China', 'Asia/Shanghai'],
    ['Beijing', 'Asia/Shanghai'],
    ['Peking', 'Asia/Shanghai'],
    ['Guangzhou', 'Asia/Shanghai'],
    ['Wuhan', 'Asia/Shanghai'],
  ],
  HK: [['Hong Kong', 'Asia/Hong_Kong'], ['HK', 'Asia/Hong_Kong'], ['HKT', 'Asia/Hong_Kong']], // prettier-ignore
  TW: [['Taiwan', 'Asia/Taipei'], ['Taipei', 'Asia/Taipei']], // prettier-ignore
  JP: [['Japan', 'Asia/Tokyo'], ['Tokyo', 'Asia/Tokyo'], ['Osaka', 'Asia/Tokyo'], ['JST', 'Asia/Tokyo']], // prettier-ignore
  KR: [['Korea', 'Asia/Seoul'], ['South Korea', 'Asia/Seoul'], ['Seoul', 'Asia/Seoul'], ['Busan', 'Asia/Seoul']], // prettier-ignore
  AU: [
    ['Australia', ['Australia/Sydney', 'Australia/Brisbane', 'Australia/Perth', 'Australia/Adelaide', 'Australia/Darwin']], // prettier-ignore
    ['Sydney', 'Australia/Sydney'],
    ['Melbourne', 'Australia/Melbourne'],
    ['Perth', 'Australia/Perth'],
    ['Queensland', 'Australia/Brisbane'],
    ['AEST', ['Australia/Sydney', 'Australia/Brisbane']],
  ],
  NZ: [
    ['New Zealand', ['Pacific/Auckland', 'Pacific/Chatham']],
    ['NZ', ['Pacific/Auckland', 'Pacific/Chatham']],
    ['Auckland', 'Pacific/Auckland'],
    ['NZST', 'Pacific/Auckland'],
  ],
  '-': [
    ['UTC', 'Etc/UTC'],
    ['z', 'Etc/UTC'],
    ['+1', ['Europe/Berlin', 'Africa/Lagos']],
    ['-5', ['America/New_York', 'America/Bogota']],
    ['UTC−3', ['America/Sao_Paulo', 'America/Santiago']],
    ['+0545', 'Asia/Kathmandu'],
    ['+19', nothing],
    ['+5:17', nothing],
    ['asdf', nothing],
    ['my house', nothing],
    ['Karachee', nothing],
    ['somewhere', nothing],
    ['Mars/Olympus', nothing],
    ['x', nothing],
    ['123', nothing],
    ['time', nothing],
    ['Hyderabad, Germany', nothing],
    ['Karachi, Texas', nothing],
    ['???', nothing],
    [', ,', nothing],
    ['standard time', nothing],
    ['__proto__', nothing],
    ['constructor', nothing],
  ],
};
