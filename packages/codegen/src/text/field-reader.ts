import { CodegenError } from "../errors/codegen-error.js";
import { suggestNames } from "./nearest-names.js";
import type { YamlText } from "./parse-yaml.js";

/** A path into a file: keys and list indices. */
type FieldPath = readonly (string | number)[];

/** A mapping in a file, and its path. */
export interface Fields {
  readonly path: FieldPath;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The fields that a mapping may have. */
export interface AllowedFields {
  /** Names in messages. */
  readonly known: readonly string[];
  /** Which other names are accepted. @default none */
  readonly accepts?: (key: string) => boolean;
}

/** What a text must look like. */
export interface TextFormat {
  readonly pattern: RegExp;
  /** Completes "must be ..." in messages. */
  readonly description: string;
}

const anyText: TextFormat = { pattern: /\S/, description: "a text" };

/** Reads typed fields from a parsed file, and collects all problems so that one error can report them. */
export class FieldReader {
  readonly #file: string;
  readonly #text: YamlText;
  readonly #problems: { readonly line: number; readonly text: string }[] = [];

  /** `file` is the name in messages. */
  constructor(file: string, text: YamlText) {
    this.#file = file;
    this.#text = text;
  }

  /** Reads a mapping. Unknown fields are problems; a value that is not a mapping throws at once. */
  fields(value: unknown, path: FieldPath, { known, accepts = () => false }: AllowedFields): Fields {
    if (value === null || typeof value !== "object" || Array.isArray(value)) {
      this.#add(path, `${nameOf(path) || "the file"} must be a mapping with ${known.join(", ")}.`);
      throw this.#error();
    }
    for (const key of Object.keys(value)) {
      if (!known.includes(key) && !accepts(key))
        this.#add([...path, key], `unknown field \`${nameOf([...path, key])}\`: ${suggestNames(key, known)}`);
    }
    return { path, values: value as Record<string, unknown> };
  }

  /** An optional text. */
  text(fields: Fields, key: string, { pattern, description }: TextFormat = anyText): string | undefined {
    const value = fields.values[key];
    if (value === undefined) return undefined;
    if (typeof value === "string" && pattern.test(value)) return value;
    this.problem(fields, key, `must be ${description}, got ${JSON.stringify(value)}.`);
    return undefined;
  }

  /** A required text. */
  required(fields: Fields, key: string, format?: TextFormat): string | undefined {
    if (fields.values[key] === undefined) this.problem(fields, key, "is missing.");
    return this.text(fields, key, format);
  }

  /** A list with at least one entry. */
  list(fields: Fields, key: string): readonly unknown[] {
    const value = fields.values[key];
    if (Array.isArray(value) && value.length > 0) return value;
    this.problem(fields, key, value === undefined ? "is missing." : "must be a list with at least one entry.");
    return [];
  }

  /** Calls `read`. The message of a CodegenError that it throws becomes a problem of the field. */
  attempt<T>(fields: Fields, key: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error;
      this.problem(fields, key, error.message);
      return undefined;
    }
  }

  /** Adds a problem for each entry of a list that has the value of an earlier entry. */
  unique(values: readonly string[], list: string, key: string): void {
    values.forEach((value, index) => {
      const first = values.indexOf(value);
      if (value !== "" && first < index)
        this.#add(
          [list, index, key],
          `${nameOf([list, index, key])} must be unique: ${nameOf([list, first, key])} is "${value}", too.`,
        );
    });
  }

  /** Adds a problem of a field, or of the mapping itself. */
  problem(fields: Fields, key: string | undefined, text: string): void {
    const path = key === undefined ? fields.path : [...fields.path, key];
    this.#add(path, `${nameOf(path)} ${text}`);
  }

  /** Throws one CodegenError with all problems so far, sorted by line. */
  throwIfWrong(): void {
    if (this.#problems.length > 0) throw this.#error();
  }

  #error(): CodegenError {
    const lines = [...this.#problems].sort((a, b) => a.line - b.line).map(({ line, text }) => `line ${line}: ${text}`);
    return new CodegenError(`${this.#file} is not valid:`, lines);
  }

  #add(path: FieldPath, text: string): void {
    this.#problems.push({ line: this.#text.lineOf(path), text });
  }
}

/** `documents[0].sha256` */
function nameOf(path: FieldPath): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}
