/** The fields of a response by their names in lower case. */
export type HeaderFields = Readonly<Record<string, string | readonly string[] | undefined>>;

// What `Headers` keep as it is: no space around it, and nothing to decode.
const plainValue = /^[!-~](?:[ -~]*[!-~])?$/;

/** Adds a header as `fetch` has it: one character for each byte. Some versions of undici decode them as UTF-8. */
function append(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value);
  } catch {
    headers.append(name, Buffer.from(value).toString("latin1"));
  }
}

/**
 * The headers of a response that arrived without `fetch`. They are those of the platform, filled with the first use of anything but
 * `get` of a single value: of most responses nobody asks for more than one or two, and to fill them takes longer than to read a short body.
 */
export class ReceivedHeaders extends Headers {
  #fields: HeaderFields | undefined;

  constructor(fields: HeaderFields) {
    super();
    this.#fields = fields;
  }

  override get(name: string): string | null {
    const fields = this.#fields;
    if (fields) {
      const lower = `${name}`.toLowerCase();
      // Until they are filled, they are empty: they refuse what cannot be a name, and know no other.
      if (!Object.hasOwn(fields, lower)) return super.get(name);
      const value = fields[lower];
      if (typeof value === "string" && plainValue.test(value)) return value;
    }
    this.fill();
    return super.get(name);
  }

  /** Fills these headers, once. */
  fill(): void {
    const fields = this.#fields;
    if (!fields) return;
    this.#fields = undefined;
    for (const [name, values] of Object.entries(fields))
      for (const value of [values ?? []].flat()) append(this, name, value);
  }
}

/** The methods that read or change all fields. */
const filling: readonly (string | symbol)[] = [
  ...["append", "delete", "entries", "forEach", "getSetCookie", "has", "keys", "set", "values"],
  Symbol.iterator,
  Symbol.for("nodejs.util.inspect.custom"),
];

for (const name of filling) {
  const own = (Headers.prototype as unknown as Record<string | symbol, unknown>)[name];
  if (typeof own !== "function") continue;
  const value = function (this: ReceivedHeaders, ...args: unknown[]): unknown {
    this.fill();
    return own.apply(this, args);
  };
  Object.defineProperty(ReceivedHeaders.prototype, name, { value, writable: true, configurable: true });
}
