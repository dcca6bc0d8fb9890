/** `npm run doctor` as an operator runs it. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../../sandbox/api.ts';

/** The settings that lead to this sandbox. */
export const discordOf = ({ token, apiUrl }: Sandbox) => ({ DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl });

/** Runs it in a folder, with these settings and no others, and gives what it said. */
export async function runDoctor(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../src/operator/doctor.ts', import.meta.url))], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}
