import { requiresMember } from "../facts/body-presence.js";
import { isEnveloped } from "../facts/enveloped.js";
import type { PagedList } from "../facts/find-pages.js";
import { type ApiOperation, type ApiParameter, METHODS, type NamedOperation } from "../operations/api-operation.js";
import { askedResponses } from "../operations/asked-media.js";
import { toPascalCase } from "../operations/operation-name.js";
import { requestMedia } from "../operations/request-media.js";
import { successResponses } from "../operations/response-media.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import type { CursorTarget } from "../profile/list-style.js";
import {
  BYTES_DECLARATION,
  writeContentType,
  writeEventType,
  writePageType,
  writeRequestType,
  writeResponseType,
} from "./body-type.js";
import { type ErrorType, writeErrorType } from "./error-type.js";
import { GENERATED } from "./header.js";
import { writeKey, writeText } from "./literal.js";
import type { SchemaModules } from "./schema-modules.js";

/** What the index is generated from. */
export interface PathsInput {
  readonly operations: readonly NamedOperation[];
  readonly pages: readonly PagedList[];
  readonly profile: GeneratorProfile;
  readonly modules: SchemaModules;
}

/** An operation, its type in the document's schema module, and the profile of its client. */
interface TypedOperation {
  readonly operation: NamedOperation;
  readonly type: string;
  readonly error: ErrorType;
  readonly profile: GeneratorProfile;
}

/**
 * The index of types in which a client looks up an operation. All types are resolved here, because a type that the
 * compiler has to compute for a call is computed for every operation.
 */
export function writePaths({ operations, pages, profile, modules }: PathsInput): string {
  const prefix = toPascalCase(profile.id);
  const typed = (operation: NamedOperation): TypedOperation => {
    const type = `${modules.operationsOf(operation.document)}[${writeText(operation.name)}]`;
    return { operation, type, error: writeErrorType(type, operation), profile };
  };
  const all = operations.map(typed);
  const interfaces = METHODS.map((method) => {
    const entries = all.filter(({ operation }) => operation.method === method).map(writeEntry);
    return writeInterface(`${prefix}${toPascalCase(method)}Paths`, entries);
  });
  const lists = pages.map((page) => writePage(page, typed(page.operation)));
  const body = [...interfaces, writeInterface(`${prefix}Pages`, lists), writeIndex(prefix)].join("\n");
  // An unused declaration would be an error under `noUnusedLocals`.
  const bytes = operations.some(returnsBytes) ? `${BYTES_DECLARATION}\n\n` : "";
  const options = [...(operations.length > 0 ? ["CallOptions"] : []), ...(pages.length > 0 ? ["PaginateOptions"] : [])];
  // The calls of a provider with tokens of many accounts have the option `account`, too.
  const names = [
    ...options.map((name) => (profile.auth.accounts ? `Account${name} as ${name}` : name)),
    ...new Set(all.flatMap(({ error }) => error.imports)),
  ].sort();
  const core = names.length > 0 ? `import type { ${names.join(", ")} } from "@connectry/core";\n` : "";
  return `${GENERATED}${core}${modules.writeImports(body)}\n${bytes}${body}`;
}

function writeEntry(typed: TypedOperation): string {
  const { operation, type, error, profile } = typed;
  const lines = [
    `args: ${writeArguments(typed, "CallOptions")};`,
    `data: ${writeResponseType(type, askedResponses(operation), "unknown")};`,
    `error: ${error.type};`,
  ];
  const { envelope } = profile;
  if (envelope && isEnveloped(operation, envelope))
    lines.push(`content: ${writeContentType(type, askedResponses(operation), envelope.field)};`);
  const event = writeEventType(type, successResponses(operation));
  if (event) lines.push(`event: ${event};`);
  return writeMember(operation.path, lines);
}

/**
 * The arguments of a call; `options` is the type of the options that every call of its kind has, and `asked` the parameter of a list that
 * the client sends where callers do not.
 */
function writeArguments({ operation, type, profile }: TypedOperation, options: string, asked?: CursorTarget): string {
  const isNeeded = ({ place, name, required }: ApiParameter) =>
    required && !(place === "path" && profile.pathDefaults.has(name)) && !(place === asked?.in && name === asked.name);
  const places = (["path", "query", "header", "cookie"] as const).flatMap((place) => {
    const parameters = operation.parameters.filter((parameter) => parameter.place === place);
    if (parameters.length === 0) return [];
    const all = `${type}["parameters"]["${place}"]`;
    const hasDefaults = parameters.some((parameter) => parameter.required && !isNeeded(parameter));
    return [
      `${place}${optionalMark(parameters.some(isNeeded))}: ${hasDefaults ? writeFields(parameters, all, isNeeded) : all}`,
    ];
  });
  const request = requestMedia(operation, profile);
  const needsParameters = operation.parameters.some(isNeeded);
  const needsBody =
    operation.body?.required === true ||
    (request?.form !== "raw" && requiresMember(operation.document, request?.media.schema));
  const fields: string[] = [];
  if (places.length > 0) fields.push(`params${optionalMark(needsParameters)}: { ${places.join("; ")} }`);
  if (request !== undefined)
    fields.push(`body${optionalMark(needsBody)}: ${writeRequestType(type, operation, request)}`);
  const own = fields.length > 0 ? ` & { ${fields.join("; ")} }` : "";
  return `[init${optionalMark(needsParameters || needsBody)}: ${options}${own}]`;
}

/** Lists parameters one by one, because callers may omit some that the document requires. */
function writeFields(
  parameters: readonly ApiParameter[],
  type: string,
  isNeeded: (parameter: ApiParameter) => boolean,
): string {
  const fields = parameters.map(
    (parameter) =>
      `${writeKey(parameter.name)}${optionalMark(isNeeded(parameter))}: ${type}[${writeText(parameter.name)}]`,
  );
  return `{ ${fields.join("; ")} }`;
}

function writePage({ operation, style, items, status, media }: PagedList, typed: TypedOperation): string {
  const page = writePageType(typed.type, status, media);
  // Any part of the path may be optional or null, and then cannot be indexed.
  const list = items.reduce<string>(
    (before, step) => `NonNullable<${before}[${writeText(String(step))}]>`,
    `NonNullable<${page}>`,
  );
  const args = writeArguments(typed, "PaginateOptions", typed.profile.pagination[style]?.ask);
  const lines = [`args: ${args};`, `item: ${list}[number];`, `page: ${page};`];
  return writeMember(operation.path, lines);
}

function writeMember(path: string, lines: readonly string[]): string {
  return `  ${writeText(path)}: {\n${lines.map((line) => `    ${line}\n`).join("")}  };\n`;
}

function writeInterface(name: string, entries: readonly string[]): string {
  return entries.length === 0 ? `export interface ${name} {}\n` : `export interface ${name} {\n${entries.join("")}}\n`;
}

function writeIndex(prefix: string): string {
  const methods = METHODS.map((method) => `  ${method}: ${prefix}${toPascalCase(method)}Paths;\n`);
  return `export interface ${prefix}Paths {\n${methods.join("")}  pages: ${prefix}Pages;\n}\n`;
}

function returnsBytes(operation: ApiOperation): boolean {
  return askedResponses(operation).some(({ media }) => media.some(({ kind }) => kind === "bytes"));
}

function optionalMark(needed: boolean): string {
  return needed ? "" : "?";
}
