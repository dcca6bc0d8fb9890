/** Which command is being filled in, by its path: the form knows, and the tour points by it. */
let path: string | undefined;

export function fillingPath(): string | undefined {
  return path;
}

export function setFilling(next: string | undefined): void {
  path = next;
}
