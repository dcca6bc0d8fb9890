/** Request bodies: JSON, or a multipart form with `payload_json` and `files[n]`. */
import { Refused } from '../refusals.ts';
import type { UploadedFile } from '../world/files.ts';

const filePart = /^files\[(\d+)\]$/;

interface ReadBody {
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

/** Reads the body of a request, whatever way it came. */
export async function readBody(request: Request): Promise<ReadBody> {
  if (request.method === 'GET' || request.method === 'HEAD') return { body: undefined, files: [] };
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('multipart/form-data')) return readForm(await request.formData());
  const text = await request.text();
  return { body: text === '' ? undefined : parse(text), files: [] };
}

async function readForm(form: FormData): Promise<ReadBody> {
  let body: unknown = {};
  const files: UploadedFile[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      if (name === 'payload_json') body = parse(value);
      continue;
    }
    const index = filePart.exec(name)?.[1] ?? String(files.length);
    files.push({
      index,
      name: value.name,
      contentType: value.type || 'application/octet-stream',
      bytes: new Uint8Array(await value.arrayBuffer()),
    });
  }
  return { body, files };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(400, 50109, 'The request body contains invalid JSON.');
  }
}
