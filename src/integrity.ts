/** What a group's own words must not hold: exam material that is sold or was carried out of an exam. Pure. */

/** Question banks and where their copies are passed around; addresses and names as people write them. */
const banks =
  /\b(?:uworld|u-world|amboss|usmle-?rx|kaplan ?qbank|truelearn|nbme(?: ?form)? ?\d+|mrcpass)\b[^\n]{0,20}\b(?:pdf|dump|offline|crack(?:ed)?|free|leak(?:ed)?|download|telegram|drive)\b/iu;
const shares =
  /(?:t\.me\/|telegram\.(?:me|dog)\/|mega\.nz\/|drive\.google\.com\/|mediafire\.com\/|scribd\.com\/|vk\.com\/doc)/iu;
const files =
  /\b[\w-]*(?:uworld|amboss|nbme|first[ _-]?aid|pathoma|sketchy|kaplan|boards ?and ?beyond)[\w -]*\.(?:pdf|zip|rar|apkg|docx?|epub)\b/iu;
/** What people call questions that somebody carried out of an exam. */
const leaks = /\b(?:recalls?|recalled questions|real exam questions|exam dumps?|leaked)\b/iu;

/** Whether words speak of material that nobody may share here. */
export function offersForbiddenMaterial(text: string): boolean {
  return [banks, shares, files, leaks].some((pattern) => pattern.test(text));
}
