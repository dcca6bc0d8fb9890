/** What specialties are called, by the slugs of `src/content/specialties.yaml`. */
export const specialties: Readonly<Record<string, string>> = {
  anesthesiology: 'Anesthesiology',
  'child-neurology': 'Child neurology',
  dermatology: 'Dermatology',
  'emergency-medicine': 'Emergency medicine',
  'family-medicine': 'Family medicine',
  'general-surgery': 'General surgery',
  'internal-medicine': 'Internal medicine',
  'medical-genetics': 'Medical genetics',
  'medicine-pediatrics': 'Medicine-pediatrics',
  'neurological-surgery': 'Neurological surgery',
  neurology: 'Neurology',
  'obstetrics-gynecology': 'Obstetrics and gynecology',
  ophthalmology: 'Ophthalmology',
  'orthopedic-surgery': 'Orthopedic surgery',
  otolaryngology: 'Otolaryngology',
  pathology: 'Pathology',
  pediatrics: 'Pediatrics',
  'physical-medicine': 'Physical medicine and rehabilitation',
  'transitional-year': 'Preliminary or transitional year',
  psychiatry: 'Psychiatry',
  'radiation-oncology': 'Radiation oncology',
  radiology: 'Radiology, diagnostic or interventional',
  urology: 'Urology',
  another: 'Another specialty',
  undecided: 'Undecided',
};

/** Notes below a specialty in a menu: where it applies elsewhere, and who else belongs there. */
export const specialtyNotes: Readonly<Record<string, string>> = {
  another: 'Not on this list; say which one under “About you”',
  anesthesiology: 'Its fellowships too, such as pain or critical care',
  dermatology: 'Its fellowships too, such as dermatopathology',
  'emergency-medicine': 'Applies through ResidencyCAS, not ERAS',
  'general-surgery': 'Its fellowships too, such as vascular or trauma surgery',
  'internal-medicine': 'Its fellowships too, such as cardiology or oncology',
  'family-medicine': 'Its fellowships too, such as geriatrics or sports medicine',
  neurology: 'Its fellowships too, such as stroke or epilepsy',
  'obstetrics-gynecology': 'Applies through ResidencyCAS, not ERAS',
  ophthalmology: 'Has a match of its own, the SF Match',
  pathology: 'Its fellowships too, such as hematopathology',
  pediatrics: 'Its fellowships too, such as neonatology',
  psychiatry: 'Its fellowships too, such as child psychiatry',
  radiology: 'Its fellowships too; interventional comes after diagnostic, or integrated with it',
  'transitional-year': 'Choose what follows as well; after preliminary surgery, general surgery',
  urology: 'Has a match of its own, by the American Urological Association',
};

/** Pure: a specialty's name within a sentence: abbreviations keep their capitals. */
export function specialtyInSentence(slug: string): string {
  const name = specialties[slug] ?? slug;
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
