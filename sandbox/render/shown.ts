/** The components of messages and forms as far as they show; for the terminal and for the page. */
import { componentTypes } from '../types.ts';

export interface ShownOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string | null;
  readonly default?: boolean | null;
}

/** The parts of a component that show; which are there depends on its type. */
export interface ShownComponent {
  readonly type: number;
  readonly custom_id?: string | null;
  readonly components?: readonly ShownComponent[];
  readonly accessory?: ShownComponent;
  readonly component?: ShownComponent;
  readonly label?: string | null;
  readonly description?: string | null;
  readonly style?: number;
  readonly url?: string | null;
  readonly emoji?: { readonly name?: string | null } | null;
  readonly placeholder?: string | null;
  readonly options?: readonly ShownOption[];
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly max_length?: number | null;
  readonly value?: string | null;
  readonly default?: boolean | null;
  readonly required?: boolean | null;
  readonly disabled?: boolean | null;
  readonly content?: string;
  readonly items?: readonly { readonly media: { readonly url: string }; readonly description?: string | null }[];
  readonly media?: { readonly url: string };
  readonly file?: { readonly url: string };
}

/** "one of", "1 to 3 of": how many values a menu or a group takes. */
export function howMany(menu: ShownComponent): string {
  const standard = menu.type === componentTypes.checkboxGroup ? (menu.options?.length ?? 1) : 1;
  const most = menu.max_values ?? standard;
  const least = menu.required === false ? 0 : (menu.min_values ?? 1);
  if (most === 1) return least === 0 ? 'none or one of' : 'one of';
  return least === most ? `${most} of` : `${least} to ${most} of`;
}
