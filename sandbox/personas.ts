/**
 * The people of the demo: invented, each with a road of their own. What they answer in `/register` uses the slugs of
 * `src/content`; a test keeps the two together.
 */
import { permissionBits } from './permissions.ts';
import type { PersonSpec } from './api.ts';

/** What somebody enters in `/register`: the options of the command and the fields of its form. */
export interface Registration {
  /** ISO 3166-1 alpha-2 code of the country of the medical school. */
  readonly country: string;
  /** Mentors only: how many mentees at a time. */
  readonly capacity?: number;
  readonly specialties: readonly string[];
  readonly stage: string;
  readonly languages: readonly string[];
  readonly topics: readonly string[];
  readonly about: string;
}

export interface Persona extends PersonSpec {
  readonly role: 'mentor' | 'mentee' | 'moderator';
  /** Who they are and what they want here, in two sentences. */
  readonly story: string;
  readonly timeZone: string;
  readonly registration?: Registration;
}

export const personas: readonly Persona[] = [
  {
    name: 'Thandiwe',
    role: 'moderator',
    permissions: permissionBits.MANAGE_GUILD,
    timeZone: 'Europe/London',
    story:
      'Studied in Harare, practices in Leeds and has run this community for four years. Verifies mentors and hears first when a pair does not work out.',
  },
  {
    name: 'Hamza',
    role: 'mentor',
    timeZone: 'America/Chicago',
    story:
      'From Karachi, now a second-year resident in internal medicine in Chicago. Matched at the second try and remembers what the first one lacked.',
    registration: {
      country: 'PK',
      capacity: 2,
      specialties: ['internal-medicine'],
      stage: 'resident',
      languages: ['en', 'ur'],
      topics: ['exams', 'programs', 'interviews', 'reapplying', 'visas'],
      about: 'PGY-2 on a J-1. Happy to read your program list and to run mock interviews on my golden weekends.',
    },
  },
  {
    name: 'Ifeoma',
    role: 'mentor',
    timeZone: 'America/New_York',
    story:
      'Trained in Enugu, a pediatrics attending in Baltimore for six years. Sits on the other side of the interview table every winter.',
    registration: {
      country: 'NG',
      capacity: 3,
      specialties: ['pediatrics'],
      stage: 'attending',
      languages: ['en', 'ig'],
      topics: ['personal-statement', 'letters', 'interviews', 'wellbeing'],
      about:
        'I have read a few hundred personal statements. I will tell you kindly and plainly what yours says about you.',
    },
  },
  {
    name: 'Mariana',
    role: 'mentor',
    timeZone: 'America/New_York',
    story:
      'From Medellín, a third-year resident in family medicine in Miami. Found her first clinical experience by writing to eighty clinics.',
    registration: {
      country: 'CO',
      capacity: 2,
      specialties: ['family-medicine'],
      stage: 'resident',
      languages: ['en', 'es'],
      topics: ['clinical-experience', 'cv', 'applications', 'interviews'],
      about: 'Hablo español. I can help you to find hands-on experience and to write about it without exaggerating.',
    },
  },
  {
    name: 'Youssef',
    role: 'mentor',
    timeZone: 'America/New_York',
    story:
      'Studied in Alexandria, a fellow in vascular neurology in Boston. Came by way of two research years and knows what they are worth.',
    registration: {
      country: 'EG',
      capacity: 1,
      specialties: ['neurology'],
      stage: 'fellow',
      languages: ['en', 'ar'],
      topics: ['research', 'letters', 'fellowship', 'visas'],
      about: 'Ask me how to find a research position that leads somewhere, and when it is better not to take one.',
    },
  },
  {
    name: 'Priya',
    role: 'mentor',
    timeZone: 'America/Phoenix',
    story: 'From Chennai, a third-year resident in psychiatry in Phoenix. Took her exams with a small child at home.',
    registration: {
      country: 'IN',
      capacity: 2,
      specialties: ['psychiatry'],
      stage: 'resident',
      languages: ['en', 'hi', 'ta'],
      topics: ['exams', 'reapplying', 'family', 'wellbeing'],
      about: 'Studying beside family duties is possible with a plan. I also listen when the plan has fallen apart.',
    },
  },
  {
    name: 'Amara',
    role: 'mentee',
    timeZone: 'Africa/Lagos',
    story:
      'House officer in Lagos who studies for Step 1 after night shifts. Drawn to pediatrics, and new to all of this.',
    registration: {
      country: 'NG',
      specialties: ['pediatrics'],
      stage: 'step-1',
      languages: ['en'],
      topics: ['exams', 'wellbeing'],
      about: 'I have about fifteen hours a week and would like somebody to tell me whether my schedule is realistic.',
    },
  },
  {
    name: 'Karim',
    role: 'mentee',
    timeZone: 'Africa/Cairo',
    story:
      'Neurology registrar in Cairo, three weeks before Step 2 CK. Wonders whether a research year would help him.',
    registration: {
      country: 'EG',
      specialties: ['neurology'],
      stage: 'step-2-ck',
      languages: ['ar', 'en'],
      topics: ['exams', 'research'],
      about: 'Four years since graduation. I would like to hear from somebody who came by way of research.',
    },
  },
  {
    name: 'Liza',
    role: 'mentee',
    timeZone: 'Asia/Manila',
    story: 'Municipal health officer near Manila, with both exams behind her. Stuck in the paperwork of certification.',
    registration: {
      country: 'PH',
      specialties: ['family-medicine', 'internal-medicine'],
      stage: 'certification',
      languages: ['en', 'tl'],
      topics: ['certification', 'clinical-experience', 'letters'],
      about: 'I know rural primary care well. I do not know anybody in the US who could tell me what to do next.',
    },
  },
  {
    name: 'Sana',
    role: 'mentee',
    timeZone: 'Asia/Karachi',
    story: 'From Lahore, applying for internal medicine this season. Has her list of programs and doubts all of it.',
    registration: {
      country: 'PK',
      specialties: ['internal-medicine'],
      stage: 'applying',
      languages: ['en', 'ur'],
      topics: ['programs', 'applications', 'visas'],
      about: 'First application. I would be glad of somebody who looks at my program list before I send it.',
    },
  },
  {
    name: 'Andrés',
    role: 'mentee',
    timeZone: 'America/Bogota',
    story: 'From Bogotá, with four interviews in family medicine ahead. His English is good and his nerves are not.',
    registration: {
      country: 'CO',
      specialties: ['family-medicine'],
      stage: 'interviewing',
      languages: ['en', 'es'],
      topics: ['interviews'],
      about: 'I would like to practice interviews, first in Spanish to find my words and then in English.',
    },
  },
  {
    name: 'Nusrat',
    role: 'mentee',
    // Shows how the bot reaches somebody whose direct messages are closed.
    acceptsDms: false,
    timeZone: 'Asia/Dhaka',
    story:
      'From Dhaka, applying in psychiatry for the second time after a year of observerships. Keeps her direct messages closed.',
    registration: {
      country: 'BD',
      specialties: ['psychiatry'],
      stage: 'reapplying',
      languages: ['bn', 'en'],
      topics: ['reapplying', 'personal-statement', 'wellbeing'],
      about:
        'I want to understand what to change this time, and to have somebody to talk to in March, however it goes.',
    },
  },
];

/** The answers of a registration by the labels of its form. */
export function registrationFields(registration: Registration): Readonly<Record<string, string | readonly string[]>> {
  return {
    Specialties: registration.specialties,
    Stage: [registration.stage],
    Languages: registration.languages,
    Topics: registration.topics,
    'About you': registration.about,
  };
}
