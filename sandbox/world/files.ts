import type { APIAttachment } from 'discord-api-types/v10';
import type { Channel, StoredFile } from './state.ts';
import type { World } from './world.ts';

/** A file of a multipart request: `files[3]` has the index `3`. */
export interface UploadedFile extends StoredFile {
  readonly index: string;
}

/** Keeps uploaded files in memory and describes them as attachments with addresses on this machine. */
export function storeFiles(
  world: World,
  channel: Channel,
  files: readonly UploadedFile[],
  described: readonly { id: string | number; filename?: string; description?: string; title?: string }[],
  ephemeral: boolean,
): APIAttachment[] {
  return files.map((file) => {
    const about = described.find(({ id }) => String(id) === file.index);
    const id = world.ids.next();
    const name = (about?.filename ?? file.name).replaceAll(/[^\w.-]/g, '_');
    const path = `/attachments/${channel.id}/${id}/${name}`;
    world.files.set(path, { name, contentType: file.contentType, bytes: file.bytes });
    const url = `${world.origin}${path}`;
    return {
      id,
      filename: name,
      size: file.bytes.byteLength,
      url,
      proxy_url: url,
      content_type: file.contentType,
      ...(about?.description ? { description: about.description } : {}),
      ...(about?.title ? { title: about.title } : {}),
      ...(ephemeral ? { ephemeral: true } : {}),
    };
  });
}
