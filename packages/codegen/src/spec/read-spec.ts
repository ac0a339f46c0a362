import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CodegenError } from "../codegen-error.js";
import { checkUrl, parseSource } from "../source/source.js";
import { decodeText } from "../text/decode-text.js";
import { FieldReader, type Fields } from "../text/field-reader.js";
import { parseYaml } from "../text/parse-yaml.js";
import { showPath } from "../text/show-path.js";
import type { DocumentPin, ProviderSpec } from "./provider-spec.js";
import { readWebhookFacts } from "./webhook-facts.js";

const specFields = ["profile", "output", "documents", "webhooks"] as const;
const documentFields = ["name", "source", "integrity", "sha256", "upstream", "overlay"] as const;

/** Reads and checks one spec.yaml. Throws one error that lists everything wrong with it, each with its line. */
export async function readSpec(file: string, provider: string = basename(dirname(file))): Promise<ProviderSpec> {
  const folder = dirname(file);
  const text = parseYaml(decodeText(await readBytes(file), showPath(file)), showPath(file));
  const reader = new FieldReader(showPath(file), text);
  const fields = reader.fields(text.value, [], specFields);

  const documents = reader.list(fields, "documents").map((value, index) => {
    return readDocument(reader, reader.fields(value, ["documents", index], documentFields), folder);
  });
  reader.unique(
    documents.map((document) => document.name),
    "documents",
    "name",
  );
  const spec = {
    provider,
    folder,
    file,
    ...optional("profile", reader.text(fields, "profile"), (path) => resolve(folder, path)),
    ...optional("output", reader.text(fields, "output"), (path) => resolve(folder, path)),
    documents: withOverlayBeside(reader, documents, folder),
    ...optional("webhooks", readWebhookFacts(reader, fields.values.webhooks)),
  };
  reader.throwIfWrong();
  return spec;
}

function readDocument(reader: FieldReader, fields: Fields, folder: string): DocumentPin {
  const origin = reader.required(fields, "source") ?? "";
  const integrity = reader.text(fields, "integrity", /^sha(?:1|256|384|512)-[A-Za-z0-9+/]+=*$/, 'like "sha512-..."');
  const source = origin === "" ? undefined : reader.attempt(fields, "source", () => parseSource(origin, folder));
  if (integrity !== undefined && source !== undefined && source.kind !== "npm") {
    reader.problem(
      fields,
      "integrity",
      "is for npm sources, where it is the hash of the tarball. Leave it out: sha256 covers the document.",
    );
  }
  return {
    // The name becomes a file name and part of an identifier.
    name:
      reader.required(fields, "name", /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/, 'lower-case words like "crm-contacts"') ??
      "",
    // Placeholders for what is missing are never seen: the reader throws before the spec is handed on.
    source: source ?? { kind: "file", path: "" },
    origin,
    sha256: reader.required(fields, "sha256", /^[0-9a-f]{64}$/, "64 hexadecimal digits in lower case") ?? "",
    ...optional("integrity", integrity),
    ...optional("upstream", readAddress(reader, fields, "upstream")),
    ...optional("overlay", reader.text(fields, "overlay"), (path) => resolve(folder, path)),
  };
}

function readAddress(reader: FieldReader, fields: Fields, key: string): string | undefined {
  const text = reader.text(fields, key);
  return text === undefined ? undefined : reader.attempt(fields, key, () => checkUrl(text) && text);
}

/** overlay.yaml beside spec.yaml belongs to the only document; with several, each names its own. */
function withOverlayBeside(
  reader: FieldReader,
  documents: readonly DocumentPin[],
  folder: string,
): readonly DocumentPin[] {
  const beside = join(folder, "overlay.yaml");
  if (!existsSync(beside) || documents.some((document) => document.overlay === beside)) return documents;
  const [only, ...others] = documents;
  if (only === undefined) return documents;
  if (others.length === 0) return only.overlay === undefined ? [{ ...only, overlay: beside }] : documents;
  reader.problem(
    { path: ["documents"], values: {} },
    undefined,
    "has several documents and overlay.yaml beside it, which none of them names. Write `overlay: overlay.yaml` in the document it is for.",
  );
  return documents;
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new CodegenError(
      `${showPath(file)} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      [],
      { cause },
    );
  }
}

function optional<K extends string, T>(
  key: K,
  value: T | undefined,
  change: (value: T) => T = (same) => same,
): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: change(value) } as { readonly [P in K]?: T });
}
