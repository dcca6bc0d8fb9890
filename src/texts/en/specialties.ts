/** What specialties are called, by the slugs of `src/content/specialties.yaml`. */
export const specialties: Readonly<Record<string, string>> = {
  anesthesiology: 'Anesthesiology',
  'child-neurology': 'Child neurology',
  dermatology: 'Dermatology',
  'diagnostic-radiology': 'Diagnostic radiology',
  'emergency-medicine': 'Emergency medicine',
  'family-medicine': 'Family medicine',
  'general-surgery': 'General surgery',
  'internal-medicine': 'Internal medicine',
  'interventional-radiology': 'Interventional radiology',
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
  urology: 'Urology',
  undecided: 'Undecided',
};

/** Pure: a specialty's name within a sentence: abbreviations keep their capitals. */
export function specialtyInSentence(slug: string): string {
  const name = specialties[slug] ?? slug;
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
