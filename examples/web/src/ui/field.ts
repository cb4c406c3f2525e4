/** Form fields: a label, a native control in the theme of the component library, and a hint. */
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

interface Field {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
}

interface InputField extends Field {
  readonly type?: "text" | "number" | "date" | "search";
  readonly min?: string;
  readonly step?: string;
  readonly placeholder?: string;
  readonly list?: string;
}

export function input({
  label,
  value,
  onChange,
  hint,
  type = "text",
  min,
  step,
  placeholder,
  list,
}: InputField): TemplateResult {
  const changed = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    // A date that is half typed has no value; the last whole one stays.
    if (type === "date" && target.value === "" && target.validity.badInput) return;
    onChange(target.value.trim());
  };
  // Not `live`: a space between two words, or a date that is half typed, is not in `value` yet and must stay.
  return html`<label class="field">
    <span>${label}</span>
    <input
      type=${type}
      .value=${value}
      min=${min ?? nothing}
      step=${step ?? nothing}
      placeholder=${placeholder ?? nothing}
      list=${list ?? nothing}
      autocomplete="off"
      @input=${changed}
    />
    ${hint === undefined ? nothing : html`<small>${hint}</small>`}
  </label>`;
}

interface ChoiceField extends Field {
  readonly options: readonly (readonly [value: string, words: string])[];
}

export function choice({ label, value, onChange, hint, options }: ChoiceField): TemplateResult {
  const changed = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) onChange(target.value);
  };
  return html`<label class="field">
    <span>${label}</span>
    <select @change=${changed} .value=${live(value)}>
      ${options.map(([name, words]) => html`<option value=${name} ?selected=${name === value}>${words}</option>`)}
    </select>
    ${hint === undefined ? nothing : html`<small>${hint}</small>`}
  </label>`;
}

interface CheckField {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function check({ label, checked, onChange }: CheckField): TemplateResult {
  const changed = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) onChange(target.checked);
  };
  return html`<label class="check"
    ><input type="checkbox" .checked=${live(checked)} @change=${changed} /> ${label}</label
  >`;
}

/** A whole number of a field; null where it is empty. Anything else is a mistake that names the field. */
export function whole(text: string, label: string): number | null {
  if (text === "") return null;
  if (!/^[+-]?\d{1,16}$/.test(text)) throw new Error(`${label}: \`${text}\` is no whole number; give one such as 60`);
  return Number(text);
}

/** A whole number that has to be there. */
export function wholeRequired(text: string, label: string): number {
  const value = whole(text, label);
  if (value === null) throw new Error(`${label} is missing; give a whole number`);
  return value;
}

/** A date that has to be there. */
export function dateRequired(text: string, label: string): string {
  if (text === "") throw new Error(`${label} is missing; give a date`);
  return text;
}
