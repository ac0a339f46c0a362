import { CodegenError } from "../codegen-error.js";
import { suggestNames } from "./nearest-names.js";
import type { YamlText } from "./parse-yaml.js";

/** A mapping of a file, and where it stands. */
export interface Fields {
  readonly path: readonly (string | number)[];
  readonly values: Readonly<Record<string, unknown>>;
}

/** Reads typed fields from a parsed file and gathers what is wrong, so that one message can tell it all. */
export class FieldReader {
  readonly #file: string;
  readonly #text: YamlText;
  readonly #problems: { readonly line: number; readonly text: string }[] = [];

  constructor(file: string, text: YamlText) {
    this.#file = file;
    this.#text = text;
  }

  /** A mapping with no fields but the known, and those that `allowed` lets pass. Throws at once where it is none. */
  fields(
    value: unknown,
    path: readonly (string | number)[],
    known: readonly string[],
    allowed: (key: string) => boolean = () => false,
  ): Fields {
    if (value === null || typeof value !== "object" || Array.isArray(value)) {
      this.#add(path, `${nameOf(path) || "the file"} must be a mapping with ${known.join(", ")}.`);
      throw this.#error();
    }
    for (const key of Object.keys(value)) {
      if (!known.includes(key) && !allowed(key))
        this.#add([...path, key], `${nameOf([...path, key])} is not a field. ${suggestNames(key, known)}`);
    }
    return { path, values: value as Record<string, unknown> };
  }

  /** A text that may be missing. */
  text(fields: Fields, key: string, pattern?: RegExp, form = "a text"): string | undefined {
    const value = fields.values[key];
    if (value === undefined) return undefined;
    if (typeof value === "string" && (pattern ?? /\S/).test(value)) return value;
    this.problem(fields, key, `must be ${form}, not ${JSON.stringify(value)}.`);
    return undefined;
  }

  /** A text that must be there. */
  required(fields: Fields, key: string, pattern?: RegExp, form?: string): string | undefined {
    if (fields.values[key] === undefined) this.problem(fields, key, "is missing.");
    return this.text(fields, key, pattern, form);
  }

  /** A list with at least one entry. */
  list(fields: Fields, key: string): readonly unknown[] {
    const value = fields.values[key];
    if (Array.isArray(value) && value.length > 0) return value;
    this.problem(fields, key, value === undefined ? "is missing." : "must be a list with at least one entry.");
    return [];
  }

  /** Runs what throws a CodegenError, and makes its message a problem of the field. */
  attempt<T>(fields: Fields, key: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error;
      this.problem(fields, key, error.message);
      return undefined;
    }
  }

  /** Says so where two entries of a list have the same value. */
  unique(values: readonly string[], list: string, key: string): void {
    values.forEach((value, index) => {
      const first = values.indexOf(value);
      if (value !== "" && first < index)
        this.#add(
          [list, index, key],
          `${nameOf([list, index, key])} is "${value}", like ${nameOf([list, first])}. Names differ.`,
        );
    });
  }

  /** Notes something wrong with a field, or with the mapping itself. */
  problem(fields: Fields, key: string | undefined, text: string): void {
    const path = key === undefined ? fields.path : [...fields.path, key];
    this.#add(path, `${nameOf(path)} ${text}`);
  }

  /** Throws one error about every problem so far. */
  throwIfWrong(): void {
    if (this.#problems.length > 0) throw this.#error();
  }

  #error(): CodegenError {
    const lines = [...this.#problems].sort((a, b) => a.line - b.line).map(({ line, text }) => `line ${line}: ${text}`);
    return new CodegenError(`${this.#file} is not right:`, lines);
  }

  #add(path: readonly (string | number)[], text: string): void {
    this.#problems.push({ line: this.#text.lineOf(path), text });
  }
}

/** `documents[0].sha256` */
function nameOf(path: readonly (string | number)[]): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}
