/** What stages are called and mean, by the slugs of `src/content/stages.yaml`. */
export const stages: Readonly<Record<string, { readonly name: string; readonly description: string }>> = {
  student: { name: 'Medical student', description: 'In medical school, exams still ahead' },
  'step-1': { name: 'Step 1', description: 'Preparing for USMLE Step 1' },
  'step-2-ck': { name: 'Step 2 CK', description: 'Preparing for USMLE Step 2 CK' },
  certification: { name: 'Certification', description: 'OET, a Pathway, ECFMG Certification' },
  applying: { name: 'Applying', description: 'Preparing or sending the ERAS application' },
  interviewing: { name: 'Interviewing', description: 'Interviews, the rank order list, and SOAP if it comes to that' },
  reapplying: { name: 'Reapplying', description: 'Applying again after a Match that did not work out' },
  matched: { name: 'Matched', description: 'Matched, residency not begun yet' },
  resident: { name: 'Resident', description: 'In residency; a preliminary or transitional year counts' },
  fellow: { name: 'Fellow', description: 'In fellowship; as specialty choose the residency before it' },
  attending: { name: 'Attending', description: 'Practicing after training; as specialty choose your residency' },
};
