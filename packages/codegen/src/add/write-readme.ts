import { objectIn, stringIn } from "../generate/document/json.js";
import type { PagedList } from "../generate/facts/find-pages.js";
import { escapeControlCharacters } from "../text/show-document-text.js";
import type { ConnectorLocation } from "./connector-location.js";
import { type DraftField, type DraftInput, TODO_MARKER } from "./draft.js";
import { sampleCall } from "./sample-call.js";
import type { ConnectorNames } from "./write-source.js";

/** What the README of a connector is written from. */
export interface ReadmeInput {
  readonly names: ConnectorNames;
  readonly location: ConnectorLocation;
  readonly draft: DraftInput;
  readonly fields: readonly DraftField[];
  readonly pages: readonly PagedList[];
}

/** The text of README.md, with the sections that all connectors have. What the document does not say becomes a TODO. */
export function writeReadme(input: ReadmeInput): string {
  const { names, location, draft } = input;
  const badges = `![Size of a call, types, operations, and the date of the document](https://raw.githubusercontent.com/connectry/connectry/main/packages/connectors/${names.id}/badges.svg)`;
  const install = location.kind === "package" ? `${badges}\n\n\`\`\`sh\nnpm i @connectry/${names.id}\n\`\`\`\n\n` : "";
  const pull =
    location.kind === "package"
      ? `npx @connectry/codegen pull @connectry/${names.id} --out documents`
      : `npx connectry pull ${names.id} --out documents`;
  const pins = location.kind === "package" ? "`spec/spec.yaml` of this package" : `\`specs/${names.id}/spec.yaml\``;
  const types =
    location.kind === "package"
      ? `\nThe types of its schemas have their names in \`@connectry/${names.id}/types\`.\n`
      : "";
  const count = draft.operations.length;
  return `# ${location.kind === "package" ? `@connectry/${names.id}` : names.name}

A typed client for the API of ${names.name}, with retry, deadlines and pagination.

${install}## First call

\`\`\`ts
${firstCall(input)}\`\`\`

## Permissions

${TODO_MARKER} say where ${names.name} issues the credential, and which permissions it needs.

## What is particular to ${names.name}

${factsText(input)
  .map((line) => `- ${line}\n`)
  .join("")}
## The document

${count === 1 ? "The one operation" : `All ${count} operations`} of the OpenAPI document${versionOf(draft)}. It is pinned by hash in ${pins}:

\`\`\`sh
${pull}
\`\`\`
${types}
## Errors

${errorsText(input)}

\`\`\`ts
import { ApiError, ${names.create} } from "${location.importName}";

const client = ${names.create}();
try {
${firstCallBody(input)
  .map((line) => `  ${line}\n`)
  .join("")}} catch (error) {
  if (ApiError.isInstance(error)) console.log(error.status, error.code, error.requestId);
  else throw error;
}
\`\`\`
`;
}

function firstCall({ names, location, ...input }: ReadmeInput): string {
  return `import { ${names.create} } from "${location.importName}";

const client = ${names.create}(); // ${names.environment.join(" and ")}, or \`auth\`

${[...firstCallBody({ names, location, ...input }), ...pagingBody({ names, location, ...input })].map((line) => `${line}\n`).join("")}`;
}

function firstCallBody({ draft }: ReadmeInput): string[] {
  const call = sampleCall(draft.operations);
  if (call !== undefined) {
    const { operation, code } = call;
    return [`const { data } = await client.${operation.method}(${code});`, "console.log(data);"];
  }
  return [
    "// Every operation requires values of your own: pass them as `client.POST(path, { params, body })`.",
    "console.log(client);",
  ];
}

function pagingBody({ pages }: ReadmeInput): string[] {
  const call = sampleCall(pages.map(({ operation }) => operation));
  if (call === undefined) return [];
  return ["", `for await (const item of client.paginate(${call.code})) {`, "  console.log(item);", "}"];
}

function factsText({ fields, pages }: ReadmeInput): string[] {
  const fieldValue = (name: string) => fields.find((field) => field.name === name)?.value;
  const idempotency = fieldValue("idempotency");
  const lines: string[] = [];
  if (idempotency === undefined)
    lines.push("The document has no idempotency keys: a POST whose response is lost ends in `OutcomeUnknownError`.");
  else lines.push("Writes have an idempotency key, the same on each attempt, so that they can be retried safely.");
  if (fieldValue("body") !== "json") lines.push(`Request bodies are sent as \`${String(fieldValue("body"))}\`.`);
  if (pages.length > 0)
    lines.push(`${pages.length === 1 ? "One list can" : `${pages.length} lists can`} be iterated with \`paginate\`.`);
  const environments = Object.keys(Object(fieldValue("environments")));
  if (environments.length > 0) {
    const [first, ...others] = environments.map((name) => `\`${name}\``);
    lines.push(`The option \`environment\` chooses where calls go: ${others.join(", ")}, or by default ${first}.`);
  }
  if (fieldValue("rateLimitHeaders") !== undefined) lines.push("The quota is read from response headers.");
  for (const { name, todos } of fields)
    lines.push(...todos.map((todo) => `${TODO_MARKER} \`${name}\`: ${escapeControlCharacters(todo)}`));
  return lines;
}

function errorsText({ fields }: ReadmeInput): string {
  const errors = fields.find(({ name }) => name === "errors")?.value as {
    message: readonly unknown[];
    code?: readonly unknown[];
    requestId?: unknown;
  };
  const show = (path: readonly unknown[]) => `\`${path.join(".")}\``;
  const parts = [`The message of an error is read from ${show(errors.message)}`];
  if (errors.code !== undefined) parts.push(`its code from ${show(errors.code)}`);
  if (typeof errors.requestId === "string") parts.push(`the request's id from the header \`${errors.requestId}\``);
  if (Array.isArray(errors.requestId)) parts.push(`the request's id from ${show(errors.requestId)}`);
  return `${parts.join(", ")}.`;
}

function versionOf({ document }: DraftInput): string {
  const version = stringIn(objectIn(document.json, "info"), "version");
  return version !== undefined && /^[\w.+-]+$/.test(version) ? ` of version **${version}**` : "";
}
