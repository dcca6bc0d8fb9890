/** Walks over message components and modals, whatever they are nested in. */
import type { APIAttachment } from 'discord-api-types/v10';

/** Any component, seen as the fields that the walk and the driver need. */
export interface AnyComponent {
  readonly type: number;
  id?: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly content?: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly url?: string;
  readonly style?: number;
  readonly disabled?: boolean;
  readonly required?: boolean;
  readonly value?: string;
  readonly default?: boolean;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly min_values?: number;
  readonly max_values?: number;
  readonly channel_types?: readonly number[];
  readonly options?: readonly { label: string; value: string; description?: string; default?: boolean }[];
  readonly default_values?: readonly { id: string; type: string }[];
  readonly emoji?: { readonly name?: string | null };
  readonly components?: readonly AnyComponent[];
  /** The one inside a label. */
  readonly component?: AnyComponent;
  /** The one beside the texts of a section. */
  readonly accessory?: AnyComponent;
}

export const linkButtonStyle = 5;

/** All components in reading order, a container before what it holds. */
export function* walkComponents(components: readonly unknown[] | null | undefined): Generator<AnyComponent> {
  for (const component of (components ?? []) as readonly AnyComponent[]) {
    yield component;
    if (component.components) yield* walkComponents(component.components);
    if (component.component) yield* walkComponents([component.component]);
    if (component.accessory) yield* walkComponents([component.accessory]);
  }
}

/** Gives every component a number, as Discord does where the sender gave none. */
export function assignComponentIds(components: readonly unknown[]): void {
  let taken: Set<number> | undefined;
  let next = 1;
  for (const component of walkComponents(components)) {
    if (component.id) continue;
    taken ??= new Set([...walkComponents(components)].flatMap(({ id }) => (id ? [id] : [])));
    while (taken.has(next)) next += 1;
    component.id = next;
    next += 1;
  }
}

/** Replaces `attachment://name` by the address of the attachment, wherever it stands. */
export function resolveAttachmentUrls(parts: readonly object[], attachments: readonly APIAttachment[]): void {
  if (attachments.length === 0) return;
  for (const part of parts) replaceUrls(part as Record<string, unknown>, attachments);
}

function replaceUrls(part: Record<string, unknown>, attachments: readonly APIAttachment[]): void {
  for (const [key, value] of Object.entries(part)) {
    if (typeof value === 'string' && value.startsWith('attachment://')) {
      const name = value.slice('attachment://'.length);
      const found = attachments.find(({ filename }) => filename === name);
      if (found) part[key] = found.url;
    } else if (typeof value === 'object' && value !== null) {
      replaceUrls(value as Record<string, unknown>, attachments);
    }
  }
}
