/** What topics are called, by the slugs of `src/content/topics.yaml`; the phrase reads well after "offers". */
export const topics: Readonly<
  Record<string, { readonly name: string; readonly phrase: string; readonly description: string }>
> = {
  exams: { name: 'USMLE exams', phrase: 'USMLE exams', description: 'Planning, resources and stamina for the Steps' },
  certification: {
    name: 'ECFMG certification',
    phrase: 'ECFMG certification',
    description: 'Pathways, OET, credentials and their order',
  },
  'clinical-experience': {
    name: 'US clinical experience',
    phrase: 'clinical experience',
    description: 'Observerships, externships, electives: finding them and doing well',
  },
  letters: {
    name: 'Letters of recommendation',
    phrase: 'letters of recommendation',
    description: 'Whom to ask, when and how',
  },
  research: { name: 'Research', phrase: 'research', description: 'Finding a position, publishing, presenting' },
  cv: { name: 'CV and experiences', phrase: 'the CV', description: 'Saying in ERAS what you have done' },
  'personal-statement': {
    name: 'Personal statement',
    phrase: 'the personal statement',
    description: 'Telling your own story in one page',
  },
  applications: {
    name: 'ERAS application',
    phrase: 'the ERAS application',
    description: 'Timing, documents, costs and signals',
  },
  programs: {
    name: 'Choosing programs',
    phrase: 'choosing programs',
    description: 'Which programs to apply to and why',
  },
  interviews: { name: 'Interviews', phrase: 'interviews', description: 'Practice, feedback and the day itself' },
  ranking: {
    name: 'Rank order list',
    phrase: 'the rank order list',
    description: 'Deciding on an order, and how the Match works',
  },
  reapplying: { name: 'Reapplying and SOAP', phrase: 'reapplying', description: 'After a Match that did not work out' },
  visas: { name: 'Visas', phrase: 'visas', description: 'Experience with J-1 and H-1B; no legal advice' },
  'gap-years': {
    name: 'Older graduates and gaps',
    phrase: 'gaps in the CV',
    description: 'Years since graduation and how to speak of them',
  },
  communication: {
    name: 'Clinical communication',
    phrase: 'clinical communication',
    description: 'Presenting patients, difficult talks, idioms',
  },
  licensing: {
    name: 'Licensing and Step 3',
    phrase: 'licensing and Step 3',
    description: 'State licenses, Step 3, and what a job or a visa asks of them',
  },
  'starting-residency': {
    name: 'Starting residency',
    phrase: 'starting residency',
    description: 'The first months as an intern',
  },
  fellowship: { name: 'Fellowship', phrase: 'fellowship', description: 'Planning and applying for what comes after' },
  'life-in-the-us': {
    name: 'Life in the US',
    phrase: 'life in the US',
    description: 'Housing, money, driving, a new culture',
  },
  family: {
    name: 'Partner and children',
    phrase: 'family life',
    description: 'Moving with a partner or children, couples in the Match',
  },
  wellbeing: { name: 'Wellbeing', phrase: 'wellbeing', description: 'Stamina, setbacks, loneliness, burnout' },
};
