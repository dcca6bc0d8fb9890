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

/** Notes below a specialty in a menu: where it applies elsewhere, and who else belongs there. */
export const specialtyNotes: Readonly<Record<string, string>> = {
  'emergency-medicine': 'Applies through ResidencyCAS, not ERAS',
  'general-surgery': 'Its fellowships too, such as vascular or trauma surgery',
  'internal-medicine': 'Its fellowships too, such as cardiology or oncology',
  'interventional-radiology': 'After diagnostic radiology, or integrated with it',
  neurology: 'Its fellowships too, such as stroke or epilepsy',
  'obstetrics-gynecology': 'Applies through ResidencyCAS, not ERAS',
  ophthalmology: 'Has a match of its own, the SF Match',
  pediatrics: 'Its fellowships too, such as neonatology',
  psychiatry: 'Its fellowships too, such as child psychiatry',
  'transitional-year': 'Choose the specialty that follows as well',
  urology: 'Has a match of its own, by the American Urological Association',
};

/** Pure: a specialty's name within a sentence: abbreviations keep their capitals. */
export function specialtyInSentence(slug: string): string {
  const name = specialties[slug] ?? slug;
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
