import { useSignal } from "@preact/signals";
import { oversized } from "../model/draft.ts";
import { type FormField, formFields, inputText, memberText } from "../model/form-fields.ts";
import { membersOf, prettyJson, withMember } from "../model/json-text.ts";
import { useConsole } from "../state/console.ts";

/** The payload of the draft as inputs, or as JSON. Both change the same text. */
export function PayloadForm() {
  const { composer } = useConsole();
  const isJson = useSignal(false);
  const { data } = composer.draft.value;
  const members = membersOf(data);
  const fields = formFields(composer.definition.value?.schema ?? {});
  // Text that is no object has no inputs.
  const showsJson = isJson.value || members === undefined || fields.length === 0;
  return (
    <fieldset class="payload">
      <legend>Payload</legend>
      <p class="actions">
        <button
          type="button"
          class="small"
          aria-pressed={showsJson}
          onClick={() => {
            isJson.value = !isJson.value;
          }}
        >
          JSON
        </button>
        <button type="button" class="small" onClick={() => composer.choose(composer.draft.value.type)}>
          Sample
        </button>
        <button type="button" class="small" onClick={() => composer.edit(oversized(composer.draft.value))}>
          Make it too large
        </button>
      </p>
      {showsJson ? (
        <textarea
          aria-label="Payload as JSON"
          class="mono"
          rows={18}
          spellcheck={false}
          value={data}
          aria-invalid={members === undefined}
          onInput={({ currentTarget }) => composer.edit({ data: currentTarget.value })}
        />
      ) : (
        fields.map((field) => (
          <PayloadField
            key={field.name}
            field={field}
            value={members.find(({ name }) => name === field.name)?.value}
            onChange={(value) => composer.edit({ data: prettyJson(withMember(data, field.name, value)) })}
          />
        ))
      )}
    </fieldset>
  );
}

interface PayloadFieldProps {
  readonly field: FormField;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function PayloadField({ field, value, onChange }: PayloadFieldProps) {
  const id = `field-${field.name}`;
  const common = {
    id,
    value: inputText(field, value),
    "aria-required": field.required,
    onInput: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onChange(memberText(field, currentTarget.value)),
  };
  return (
    <div class="field">
      <label for={id}>
        <code>{field.name}</code>
        {field.required && <span class="required">required</span>}
        {field.hint !== "" && <span class="quiet">{field.hint}</span>}
      </label>
      {field.kind === "choice" || field.kind === "flag" ? (
        <select {...common}>
          <option value="">not set</option>
          {(field.kind === "flag" ? ["true", "false"] : field.options).map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : (
        <input {...common} class="mono" spellcheck={false} inputMode={field.kind === "number" ? "decimal" : "text"} />
      )}
    </div>
  );
}
