import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CodegenError } from "../errors/codegen-error.js";
import type { DocumentPin } from "../source/document-pin.js";
import { checkUrl, parseSource, resolveLocalPath } from "../source/source.js";
import { decodeText } from "../text/decode-text.js";
import { isDeviceName } from "../text/device-name.js";
import { FieldReader, type Fields } from "../text/field-reader.js";
import { parseYaml } from "../text/parse-yaml.js";
import { readRegularFile } from "../text/read-regular-file.js";
import { showPath } from "../text/show-path.js";
import { readDoctorFacts } from "./doctor-facts.js";
import { readGraphqlFacts } from "./graphql-facts.js";
import type { ProviderSpec } from "./provider-spec.js";
import { readWebhookFacts } from "./webhook-facts.js";

const maxSpecBytes = 16 * 1024 * 1024;
const specFields = ["profile", "output", "documents", "webhooks", "graphql", "doctor"] as const;
// The name becomes a file name and part of an identifier.
const nameFormat = {
  pattern: /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/,
  description: 'lower-case words joined by "-" or "_", such as "crm-contacts"',
};
const dateFormat = {
  pattern: /^\d{4}(?:-\d\d(?:-\d\d)?)?$/,
  description: 'a day, a month or a year in quotes, such as "2026-06-23"',
};
const sha256Format = { pattern: /^[0-9a-f]{64}$/, description: "64 lower-case hexadecimal digits" };
const integrityFormat = {
  pattern: /^sha(?:1|256|384|512)-[A-Za-z0-9+/]+=*$/,
  description: 'a hash in npm\'s format, such as "sha512-..."',
};
const sourceFields = ["source", "integrity", "sha256", "date", "overlay"] as const;
const documentFields = ["name", ...sourceFields, "upstream", "fallback"] as const;

/**
 * Reads and checks one spec.yaml.
 * @throws CodegenError that lists all problems of the file, each with its line.
 */
export async function readSpec(file: string, provider: string = basename(dirname(file))): Promise<ProviderSpec> {
  const folder = dirname(file);
  const text = parseYaml(decodeText(await readBytes(file), showPath(file)), showPath(file));
  const reader = new FieldReader(showPath(file), text);
  const fields = reader.fields(text.value, [], { known: specFields });

  const graphql = readGraphql(reader, fields, folder);
  // What is sent to an API of GraphQL alone is described by its schema.
  const listed = graphql?.endpoint && fields.values.documents === undefined ? [] : reader.list(fields, "documents");
  const documents = listed.map((value, index) => {
    return readDocument(reader, reader.fields(value, ["documents", index], { known: documentFields }), folder);
  });
  reader.unique(
    [...documents.map((document) => document.name), ...(graphql === undefined ? [] : [graphql.schema.name])],
    "documents",
    "name",
  );
  const spec = {
    provider,
    folder,
    file,
    ...optional("profile", readPath(reader, fields, { key: "profile", folder })),
    ...optional("output", readPath(reader, fields, { key: "output", folder })),
    documents: withDefaultOverlay(reader, documents, folder),
    ...optional("webhooks", readWebhookFacts(reader, fields.values.webhooks)),
    ...optional("graphql", graphql),
    ...optional("doctor", readDoctorFacts(reader, fields.values.doctor)),
  };
  reader.throwIfWrong();
  return spec;
}

/** Reads the field `graphql`: a pinned schema, and what no schema says. */
function readGraphql(reader: FieldReader, { values }: Fields, folder: string) {
  if (values.graphql === undefined) return undefined;
  const known = ["source", "integrity", "sha256", "date", "scalars", "idempotency", "endpoint"];
  const fields = reader.fields(values.graphql, ["graphql"], { known });
  return { schema: readPin(reader, fields, { name: "graphql", folder }), ...readGraphqlFacts(reader, fields) };
}

function readDocument(reader: FieldReader, fields: Fields, folder: string): DocumentPin {
  const name = reader.required(fields, "name", nameFormat) ?? "";
  if (isDeviceName(name)) reader.problem(fields, "name", `must not be "${name}": Windows has a device of this name.`);
  const pin = readPin(reader, fields, { name, folder });
  return {
    ...pin,
    ...optional("upstream", readUrl(reader, fields, "upstream")),
    ...optional("fallback", readFallback(reader, fields, { pin, folder })),
  };
}

/** Reads where a document is, and its hashes. */
function readPin(
  reader: FieldReader,
  fields: Fields,
  { name, folder }: { readonly name: string; readonly folder: string },
): DocumentPin {
  const origin = reader.required(fields, "source") ?? "";
  const integrity = reader.text(fields, "integrity", integrityFormat);
  const source = origin === "" ? undefined : reader.attempt(fields, "source", () => parseSource(origin, folder));
  if (integrity !== undefined && source !== undefined && source.kind !== "npm") {
    reader.problem(
      fields,
      "integrity",
      "is the hash of an npm tarball, and this source is not npm. Remove it: `sha256` is enough.",
    );
  }
  return {
    // Placeholders for missing values are never used: readSpec throws before it returns them.
    name,
    source: source ?? { kind: "file", path: "" },
    origin,
    sha256: reader.required(fields, "sha256", sha256Format) ?? "",
    ...optional("integrity", integrity),
    ...optional("date", reader.text(fields, "date", dateFormat)),
    ...optional("overlay", readPath(reader, fields, { key: "overlay", folder })),
  };
}

/** Reads the `fallback` of a document, which has the document's overlay unless it names its own. */
function readFallback(
  reader: FieldReader,
  fields: Fields,
  { pin, folder }: { readonly pin: DocumentPin; readonly folder: string },
): DocumentPin | undefined {
  const { fallback: value } = fields.values;
  if (value === undefined) return undefined;
  const fallback = reader.fields(value, [...fields.path, "fallback"], { known: sourceFields });
  const read = readPin(reader, fallback, { name: pin.name, folder });
  if (pin.source.kind !== "url" || read.source.kind !== "npm")
    reader.problem(fields, "fallback", "must be a document of an npm package, for a `source` that is a URL.");
  return { ...optional("overlay", pin.overlay), ...read };
}

function readUrl(reader: FieldReader, fields: Fields, key: string): string | undefined {
  const text = reader.text(fields, key);
  return text === undefined ? undefined : reader.attempt(fields, key, () => checkUrl(text) && text);
}

/**
 * Gives overlay.yaml in the folder of spec.yaml to the only document. Where there are several, each must name its own.
 */
function withDefaultOverlay(
  reader: FieldReader,
  documents: readonly DocumentPin[],
  folder: string,
): readonly DocumentPin[] {
  const overlay = join(folder, "overlay.yaml");
  if (!existsSync(overlay) || documents.some((document) => document.overlay === overlay)) return documents;
  const [only, ...others] = documents;
  if (only === undefined) return documents;
  if (others.length === 0) {
    const fallback = only.fallback && { fallback: { overlay, ...only.fallback } };
    return only.overlay === undefined ? [{ ...only, overlay, ...fallback }] : documents;
  }
  reader.problem(
    { path: ["documents"], values: {} },
    undefined,
    "has several entries, and none of them names the overlay.yaml in this folder. Add `overlay: overlay.yaml` to the one that it corrects.",
  );
  return documents;
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readRegularFile(file, maxSpecBytes);
  } catch (cause) {
    throw new CodegenError(`${showPath(file)} ${(cause as Error).message}.`, [], { cause });
  }
}

/** Reads the path of a local file or folder, which is relative to the folder of spec.yaml. */
function readPath(
  reader: FieldReader,
  fields: Fields,
  { key, folder }: { readonly key: string; readonly folder: string },
) {
  const text = reader.text(fields, key);
  return text === undefined ? undefined : reader.attempt(fields, key, () => resolveLocalPath(text, folder));
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T });
}
