/** The guided tour: says what to do next and sees when it was done. It does nothing by itself. */
import { html, nothing } from 'lit';
import { currentStep, currentTarget, instruction } from '../pointing.ts';
import { change, state } from '../state.ts';

export function tour(): unknown {
  const steps = state.around?.tour ?? [];
  if (steps.length === 0) return nothing;
  const step = currentStep();
  const at = step ? steps.indexOf(step) : steps.length;
  return html`<section class="tour" aria-label="Guided tour">
    <div class="tour-head">
      <h2>${step ? html`Step ${at + 1} of ${steps.length}: ${step.title}` : html`The tour is done`}</h2>
      <button
        type="button"
        class="link"
        aria-expanded=${state.tourOpen}
        aria-label="${state.tourOpen ? 'Hide' : 'Show'} the tour"
        @click=${() => change({ tourOpen: !state.tourOpen })}
      >
        ${state.tourOpen ? 'Hide' : 'Show'}<span class="wide-only"> the tour</span>
      </button>
    </div>
    ${
      state.tourOpen
        ? html`<p>${step?.text ?? 'You have seen the main road. Everything here can be tried as often as you like.'}</p>
            <p class="tour-next" role="status">
              ${step ? html`<b>Next:</b> ${instruction(currentTarget())}` : nothing}
            </p>
            <details class="tour-all ${state.unfolded ? 'open' : ''}">
              <summary>All ${steps.length} steps</summary>
              <ol class="tour-steps" aria-label="Steps" tabindex="0">
                ${steps.map(
                  ({ title, done }) =>
                    html`<li aria-current=${title === step?.title ? 'step' : nothing}>
                      <span aria-hidden="true">${done ? '✓' : '○'}</span> ${title}
                      ${done ? html`<span class="visually-hidden">(done)</span>` : nothing}
                    </li>`,
                )}
              </ol>
            </details>`
        : nothing
    }
  </section>`;
}
