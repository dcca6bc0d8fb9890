import { expect, test } from 'vitest';
import { describeLicenses, listLocked, readLicenses } from './licenses.ts';

/** What goes with Apache-2.0 in a program that is passed on. */
const forRunning = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'OFL-1.1'];
/** What may be used for working on it as well, since it is not passed on. */
const forWorking = [...forRunning, 'CC0-1.0', 'MPL-2.0'];

test('THIRD-PARTY.md lists every package that Preceptor runs with (npm run licenses writes it)', () => {
  expect(readLicenses()).toBe(describeLicenses());
});

test('every package has a license that goes with ours', () => {
  const others = listLocked().filter(({ dev, license }) => !(dev ? forWorking : forRunning).includes(license));
  expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
});

test('no package runs a script of its own when Preceptor is installed', () => {
  const scripted = listLocked().filter(({ dev, hasInstallScript }) => !dev && hasInstallScript);
  expect(scripted.map(({ name }) => name)).toEqual([]);
});
