/** JSON as the formatter of this repository has it: a list of short texts in one line where it fits. */
export function format(value: unknown, indent = ""): string {
  const text = write(value, indent);
  return indent === "" ? `${text}\n` : text;
}

function write(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((one) => write(one, deeper))
    : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${write(one, deeper)}`);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  if (parts.length === 0) return open + close;
  const line = isList ? `[${parts.join(", ")}]` : "";
  if (isList && indent.length + line.length < 90) return line;
  return `${open}\n${parts.map((part) => deeper + part).join(",\n")}\n${indent}${close}`;
}
