/**
 * Seekers as the figures on study groups were taken from: three exams, ten target months, five languages, one to three
 * sessions a week, hours in the evening, in the morning or at midday, over thirteen zones. Invented, and seeded.
 */
import type { Seeker, Window } from '../src/matching/form/index.ts';
import { seededRandom } from '../test/support/context.ts';

/** Zones that keep their clocks, and zones of which many change them: by how many IMGs live there. */
const steadyZones = ['Asia/Kolkata', 'Asia/Kolkata', 'Asia/Karachi', 'Asia/Karachi', 'Asia/Manila', 'Africa/Lagos', 'Asia/Dhaka', 'Asia/Kathmandu', 'Asia/Dubai', 'Asia/Riyadh', 'America/Bogota', 'America/Phoenix', 'America/Puerto_Rico', 'Africa/Nairobi', 'America/Lima']; // prettier-ignore
const realZones = ['Asia/Kolkata', 'Asia/Kolkata', 'Asia/Karachi', 'Asia/Karachi', 'Asia/Manila', 'Africa/Lagos', 'Africa/Cairo', 'America/New_York', 'America/New_York', 'America/Chicago', 'America/Los_Angeles', 'Europe/London', 'Europe/Berlin', 'America/Bogota', 'Asia/Beirut']; // prettier-ignore
const exams = ['step-1', 'step-2-ck', 'step-3'];
const languages = ['en', 'ur', 'hi', 'ar', 'es'];
const day = 24 * 60;

/** January 2027. */
const firstMonth = 2027 * 12;

/** @param zones whether their clocks stay, or are those of life. */
export function makeSeekers(count: number, seed: number, zones: 'steady' | 'real' = 'steady'): Seeker[] {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(from: readonly T[]) => from[below(from.length)]!;
  /** Evenings mostly: whoever studies works or has lectures by day. */
  const partOfDay = (): Window => {
    const part = random();
    const from = part < 0.5 ? 17 * 60 + below(5) * 30 : part < 0.8 ? 6 * 60 + below(5) * 30 : 11 * 60 + below(5) * 30;
    return { from, to: Math.min(from + 180 + below(5) * 30, day) };
  };
  const hoursOf = (): Window[] => {
    const usual = partOfDay();
    const weekend = partOfDay();
    const isOn = Array.from({ length: 7 }, () => random() < 0.72);
    return [...isOn.keys()]
      .filter((weekday) => isOn[weekday])
      .map((weekday) => {
        const { from, to } = weekday < 5 ? usual : weekend;
        return { from: weekday * day + from, to: weekday * day + to };
      });
  };
  return Array.from({ length: count }, (_, i) => {
    const month = firstMonth + below(10);
    return {
      id: String(i).padStart(6, '0'),
      kind: 'exam',
      topic: pick(exams),
      languages: [...new Set([random() < 0.8 ? 'en' : pick(languages), pick(languages)])],
      target: { from: month, until: month },
      sessions: 1 + below(3),
      zone: pick(zones === 'steady' ? steadyZones : realZones),
      hours: hoursOf(),
      families: [],
      blocked: [],
    };
  });
}
