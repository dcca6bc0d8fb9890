/** The time in this Discord, and the buttons that let it pass. */
import { html, nothing } from 'lit';
import { formatStamp } from '../../render/stamps.ts';
import { moveClock } from '../actions.ts';
import { targets } from '../pointing.ts';
import { now, state } from '../state.ts';

const steps = [
  ['hour', '+1 hour'],
  ['day', '+1 day'],
  ['week', '+1 week'],
  ['next', 'Next post'],
] as const;

export function clock(): unknown {
  const { around, movingClock } = state;
  if (!around) return nothing;
  const at = now();
  const shown = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: around.me.timeZone,
  }).format(at);
  return html`<div class="clock" role="group" aria-label="Clock">
    <time
      datetime=${new Date(at).toISOString()}
      title=${formatStamp(at, 'F', { timeZone: around.me.timeZone, now: at })}
      >${shown}</time
    >
    ${
      around.canMoveClock
        ? steps.map(
            ([step, label]) =>
              html`<button
                type="button"
                class="button secondary small ${step === 'next' ? targets({ kind: 'clock' }) : ''}"
                aria-disabled=${movingClock ? 'true' : nothing}
                @click=${() => {
                  if (!movingClock) void moveClock(step);
                }}
              >
                ${label}
              </button>`,
          )
        : nothing
    }
  </div>`;
}
