import type { PagedList } from "../facts/find-pages.js";
import type { GeneratorProfile } from "../generator-profile.js";
import { type ApiOperation, type ApiParameter, METHODS, type NamedOperation } from "../operations/api-operation.js";
import { toPascalCase } from "../operations/operation-name.js";
import { requestMedia } from "../operations/request-media.js";
import { errorResponses, successResponses } from "../operations/response-media.js";
import { BYTES_DECLARATION, writePageType, writeRequestType, writeResponseType } from "./body-type.js";
import { GENERATED } from "./header.js";
import { writeKey, writeText } from "./literal.js";
import type { SchemaModules } from "./schema-modules.js";

/**
 * The index of types that a client looks an operation up in. Everything is worked out here and written down, because
 * what is computed at a call is computed for every operation there is.
 */
export function writePaths(
  operations: readonly NamedOperation[],
  pages: readonly PagedList[],
  profile: GeneratorProfile,
  modules: SchemaModules,
): string {
  const prefix = toPascalCase(profile.id);
  const typeOf = (operation: NamedOperation) =>
    `${modules.operationsOf(operation.document)}[${writeText(operation.name)}]`;
  const interfaces = METHODS.map((method) => {
    const entries = operations
      .filter((operation) => operation.method === method)
      .map((operation) => writeEntry(operation, typeOf(operation), profile));
    return writeInterface(`${prefix}${toPascalCase(method)}Paths`, entries);
  });
  const lists = pages.map((page) => writePage(page, typeOf(page.operation), profile));
  const body = [...interfaces, writeInterface(`${prefix}Pages`, lists), writeIndex(prefix)].join("\n");
  // An unused declaration would be an error under `noUnusedLocals`.
  const bytes = operations.some(answersBytes) ? `${BYTES_DECLARATION}\n\n` : "";
  const options = [...(operations.length > 0 ? ["CallOptions"] : []), ...(pages.length > 0 ? ["PaginateOptions"] : [])];
  const core = options.length > 0 ? `import type { ${options.join(", ")} } from "@connectry/core";\n` : "";
  return `${GENERATED}${core}${modules.writeImports(body)}\n${bytes}${body}`;
}

function writeEntry(operation: NamedOperation, type: string, profile: GeneratorProfile): string {
  const lines = [
    `args: ${writeArguments(operation, type, profile, "CallOptions")};`,
    `data: ${writeResponseType(type, successResponses(operation), "unknown")};`,
    `error: ${writeResponseType(type, errorResponses(operation), "unknown")};`,
  ];
  return writeMember(operation.path, lines);
}

/** The arguments of a call: `options` is what any call of its kind may say. */
function writeArguments(operation: ApiOperation, type: string, profile: GeneratorProfile, options: string): string {
  const isNeeded = ({ place, name, required }: ApiParameter) =>
    required && !(place === "path" && profile.pathDefaults.has(name));
  const places = (["path", "query", "header"] as const).flatMap((place) => {
    const parameters = operation.parameters.filter((parameter) => parameter.place === place);
    if (parameters.length === 0) return [];
    const all = `${type}["parameters"]["${place}"]`;
    const hasDefaults = parameters.some((parameter) => parameter.required && !isNeeded(parameter));
    return [
      `${place}${mark(parameters.some(isNeeded))}: ${hasDefaults ? writeFields(parameters, all, isNeeded) : all}`,
    ];
  });
  const request = requestMedia(operation, profile);
  const needsParameters = operation.parameters.some(isNeeded);
  const needsBody = operation.body?.required === true;
  const fields: string[] = [];
  if (places.length > 0) fields.push(`params${mark(needsParameters)}: { ${places.join("; ")} }`);
  if (request !== undefined) fields.push(`body${mark(needsBody)}: ${writeRequestType(type, request, needsBody)}`);
  const own = fields.length > 0 ? ` & { ${fields.join("; ")} }` : "";
  return `[init${mark(needsParameters || needsBody)}: ${options}${own}]`;
}

/** Parameters one by one, because some that the document requires may be left out. */
function writeFields(
  parameters: readonly ApiParameter[],
  type: string,
  isNeeded: (one: ApiParameter) => boolean,
): string {
  const fields = parameters.map(
    (one) => `${writeKey(one.name)}${mark(isNeeded(one))}: ${type}[${writeText(one.name)}]`,
  );
  return `{ ${fields.join("; ")} }`;
}

function writePage({ operation, items, status, media }: PagedList, type: string, profile: GeneratorProfile): string {
  const page = writePageType(type, status, media);
  // A list may be optional or null on its way, and then has no index.
  const list = items.reduce<string>(
    (before, step) => `NonNullable<${before}[${writeText(String(step))}]>`,
    `NonNullable<${page}>`,
  );
  const lines = [
    `args: ${writeArguments(operation, type, profile, "PaginateOptions")};`,
    `item: ${list}[number];`,
    `page: ${page};`,
  ];
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

function answersBytes(operation: ApiOperation): boolean {
  const responses = [...successResponses(operation), ...errorResponses(operation)];
  return responses.some(({ media }) => media.some(({ kind }) => kind === "bytes"));
}

function mark(needed: boolean): string {
  return needed ? "" : "?";
}
