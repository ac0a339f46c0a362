import { createRedactor } from "@connectry/core/internal";
import { isObject } from "../json/json-object.js";

type Redact = (text: string) => string;

const hidden = "***";

// Names whose values are credentials, without their signs: `access_token`, `clientSecret`, `X-Amz-Signature`. Not `next_page_token`.
const secretName =
  /^token$|(access|refresh|id|auth|bearer|session|bot|api|csrf|security)token$|secret$|(api|access|private|secret|signing)key$|passw(or)?d$|passphrase$|^authorization$|cookie$|^sig$|amzsignature$/;

const isSecretName = (name: string) =>
  secretName.test(
    name
      .replace(/\]$/, "")
      .replace(/^.*\[/s, "")
      .replace(/[^a-z\d]/gi, "")
      .toLowerCase(),
  );

// `access_token=...` in an address, `"access_token": "..."` in a text.
const named = /([\w[\]-]{2,64})(%3D|"?\s*[=:]\s*"?)([^"&\s,;<>\\]+)/gi;

/** Finds and hides secrets in what is recorded: those that are known by their value, and those that have the name of one. */
export class SecretRedactor {
  readonly #known = new Set<string>();
  readonly #redactors = new Set<Redact>();
  #byValue: Redact = String;

  /** `secrets`: further values. `redact`: a function of the user's. */
  constructor(secrets: readonly string[], redact: Redact | undefined) {
    if (redact) this.#redactors.add(redact);
    this.#learn(secrets);
  }

  /** From now on, a credential is hidden in every text, in any encoding. */
  add(redact: Redact | undefined): void {
    if (redact) this.#redactors.add(redact);
  }

  /** Remembers the values that have the name of a secret, so that they are hidden under other names, too. */
  find(value: unknown, name = ""): void {
    if (typeof value === "string") {
      if (value !== hidden && isSecretName(name)) this.#learn([value]);
    } else if (Array.isArray(value)) for (const item of value) this.find(item, name);
    else if (isObject(value)) for (const [key, member] of Object.entries(value)) this.find(member, key);
  }

  /** A copy of a recorded value without secrets. */
  hide<T>(value: T, name?: string): T;
  hide(value: unknown, name = ""): unknown {
    if (typeof value === "string") return isSecretName(name) && value !== "" ? hidden : this.#text(value);
    if (typeof value === "number") {
      const text = String(value);
      return this.#text(text) === text ? value : hidden;
    }
    if (Array.isArray(value)) return value.map((item) => this.hide(item, name));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [this.#text(key), this.hide(member, key)]));
  }

  #learn(secrets: readonly string[]): void {
    const before = this.#known.size;
    for (const secret of secrets) this.#known.add(secret);
    if (this.#known.size > before) this.#byValue = createRedactor([...this.#known]);
  }

  #text(text: string): string {
    let redacted = text.replace(named, (...[all, name, sign, value]) =>
      isSecretName(name as string) && value !== hidden ? `${name}${sign}${hidden}` : all,
    );
    for (const redact of [this.#byValue, ...this.#redactors]) redacted = redact(redacted);
    return redacted;
  }
}
