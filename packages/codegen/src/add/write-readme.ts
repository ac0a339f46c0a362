import { objectIn, stringIn } from "../generate/document/json.js";
import type { PagedList } from "../generate/facts/find-pages.js";
import { escapeDisguises } from "../generate/schemas/document-text.js";
import type { ConnectorPlace } from "./connector-place.js";
import { type DraftField, type DraftInput, MARK } from "./draft.js";
import { sampleCall } from "./sample-call.js";
import type { ConnectorNames } from "./write-source.js";

/** What the README of a connector tells of. */
export interface ReadmeInput {
  readonly names: ConnectorNames;
  readonly place: ConnectorPlace;
  readonly draft: DraftInput;
  readonly fields: readonly DraftField[];
  readonly pages: readonly PagedList[];
}

/** README.md, with the sections that every connector's has; what only a person can know is a marked line. */
export function writeReadme(input: ReadmeInput): string {
  const { names, place, draft } = input;
  const install = place.kind === "package" ? `\`\`\`sh\nnpm i @connectry/${names.id}\n\`\`\`\n\n` : "";
  const pull =
    place.kind === "package"
      ? `npx @connectry/codegen pull @connectry/${names.id} --out documents`
      : `npx connectry pull ${names.id} --out documents`;
  const pins = place.kind === "package" ? "`spec/spec.yaml` of this package" : `\`specs/${names.id}/spec.yaml\``;
  const count = draft.operations.length;
  return `# ${place.kind === "package" ? `@connectry/${names.id}` : names.name}

A typed client for the API of ${names.name}, with retry, deadlines and pagination.

${install}## First call

\`\`\`ts
${firstCall(input)}\`\`\`

## Permissions

${MARK} say where ${names.name} hands out the credential, and what it must be allowed to do.

## What is particular to ${names.name}

${particulars(input)
  .map((line) => `- ${line}\n`)
  .join("")}
## The document

${count === 1 ? "The one operation" : `All ${count} operations`} of the OpenAPI document${versionOf(draft)}. It is pinned by hash in ${pins}:

\`\`\`sh
${pull}
\`\`\`

## Errors

${errorsText(input)}

\`\`\`ts
import { ApiError, ${names.create} } from "${place.importName}";

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

function firstCall({ names, place, ...input }: ReadmeInput): string {
  return `import { ${names.create} } from "${place.importName}";

const client = ${names.create}(); // ${names.environment.join(" and ")}, or \`auth\`

${[...firstCallBody({ names, place, ...input }), ...pagingBody({ names, place, ...input })].map((line) => `${line}\n`).join("")}`;
}

function firstCallBody({ draft }: ReadmeInput): string[] {
  const call = sampleCall(draft.operations);
  if (call !== undefined) {
    const { operation, code } = call;
    return [`const { data } = await client.${operation.method}(${code});`, "console.log(data);"];
  }
  return [
    "// Every operation takes more than plain values: `client.POST(path, { params, body })` completes them.",
    "console.log(client);",
  ];
}

function pagingBody({ pages }: ReadmeInput): string[] {
  const call = sampleCall(pages.map(({ operation }) => operation));
  if (call === undefined) return [];
  return ["", `for await (const item of client.paginate(${call.code})) {`, "  console.log(item);", "}"];
}

function particulars({ fields, pages }: ReadmeInput): string[] {
  const factOf = (name: string) => fields.find((field) => field.name === name)?.value;
  const idempotency = factOf("idempotency");
  const lines: string[] = [];
  if (idempotency === undefined)
    lines.push("The document knows no idempotency keys: a POST whose answer is lost ends in `OutcomeUnknownError`.");
  else lines.push("Writes carry an idempotency key, the same on each attempt, so that they are safe to send again.");
  if (factOf("body") !== "json") lines.push(`Bodies go out as \`${String(factOf("body"))}\`.`);
  if (pages.length > 0)
    lines.push(`${pages.length === 1 ? "One list can" : `${pages.length} lists can`} be walked with \`paginate\`.`);
  if (factOf("rateLimitHeaders") !== undefined) lines.push("Its quota is read from the headers of its answers.");
  for (const { name, open } of fields)
    lines.push(...open.map((sentence) => `${MARK} \`${name}\`: ${escapeDisguises(sentence)}`));
  return lines;
}

function errorsText({ fields }: ReadmeInput): string {
  const errors = fields.find(({ name }) => name === "errors")?.value as {
    message: readonly unknown[];
    code?: readonly unknown[];
    requestId?: unknown;
  };
  const place = (path: readonly unknown[]) => `\`${path.join(".")}\``;
  const parts = [`The message of an error is read from ${place(errors.message)}`];
  if (errors.code !== undefined) parts.push(`its code from ${place(errors.code)}`);
  if (typeof errors.requestId === "string") parts.push(`the request's id from the header \`${errors.requestId}\``);
  if (Array.isArray(errors.requestId)) parts.push(`the request's id from ${place(errors.requestId)}`);
  return `${parts.join(", ")}.`;
}

function versionOf({ document }: DraftInput): string {
  const version = stringIn(objectIn(document.json, "info"), "version");
  return version !== undefined && /^[\w.+-]+$/.test(version) ? ` of version **${version}**` : "";
}
