import { offerPlaces } from '../mentoring/openings.ts';
import type { Job } from './job.ts';

/** Tells those who wait of places that opened, in turn. */
export const offerPlacesJob: Job = { name: 'offer-places', run: (ctx) => offerPlaces(ctx) };
