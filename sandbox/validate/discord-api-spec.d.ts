/** The package ships its zod schemas as plain JavaScript; `shapes.ts` reads them as a table of schemas by name. */
declare module 'discord-api-spec/zod' {
  export const setStrictObject: (strict: boolean) => void;
}
