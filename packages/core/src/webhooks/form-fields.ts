/** The fields of a form body (application/x-www-form-urlencoded): each name with its values, in their order. */
export function formFields(text: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  return fields;
}

/** The fields as Twilio signs them: by name, each with each of its values once, without anything between them. */
export function sortedFields(fields: ReadonlyMap<string, readonly string[]>): string {
  return [...fields.keys()]
    .sort()
    .map((name) => {
      const [only = "", ...others] = fields.get(name) ?? [];
      if (others.length === 0) return name + only;
      return [...new Set([only, ...others])].sort().reduce((text, value) => text + name + value, "");
    })
    .join("");
}
