/** Time zones: which exist, what people type for them, and how far they are from UTC. */
export { cityOf, findZone, isZone, offsetLabel, offsetMinutes, zoneLabel } from './ids.ts';
export { prepareZones, searchZones, understandZone, type Understood, type ZoneChoice } from './understand.ts';
