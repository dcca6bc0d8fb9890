/** How much may still be tried, counted in words of time that are compared: the same on every machine, unlike seconds. */
export interface Effort {
  left: number;
}
