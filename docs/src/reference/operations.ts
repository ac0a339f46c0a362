// What a connector's pages show of its operations, from the document, the profile and the generated facts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadDocuments } from "@connectry/codegen";
import type { ProviderFacts, ProviderProfile } from "@connectry/core";
import { arrayIn, stringIn } from "../../../packages/codegen/src/generate/document/json.ts";
import type { ApiOperation } from "../../../packages/codegen/src/generate/operations/api-operation.ts";
import { nameOperations } from "../../../packages/codegen/src/generate/operations/name-operations.ts";
import { readOperations } from "../../../packages/codegen/src/generate/operations/read-operations.ts";
import { readScopes } from "../../../packages/codegen/src/scopes/read-scopes.ts";
import { createOperations } from "../../../packages/core/src/client/operations.ts";
import type { Safety } from "../../../packages/core/src/provider/facts.ts";
import { root } from "../repository.ts";

/** A connector that is built here. */
export interface BuiltConnector {
  readonly id: string;
  readonly folder: string;
  /** The vendor's reference, for operations of which the document names no page. */
  readonly reference: string;
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
}

/** An operation as a page shows it. */
export interface ShownOperation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly text: string;
  readonly isDeprecated: boolean;
  readonly parameters: readonly { readonly name: string; readonly place: string; readonly required: boolean }[];
  readonly body: "required" | "optional" | undefined;
  readonly scopes: readonly (readonly string[])[];
  readonly safety: Safety;
  readonly isPaged: boolean;
  /** The vendor's page of the operation, where the document names it. */
  readonly vendorUrl: string | undefined;
  /** The vendor's reference of the whole API. */
  readonly reference: string;
}

/** The operations of a connector, by path. */
export async function readShownOperations(connector: BuiltConnector): Promise<ShownOperation[]> {
  const { id, profile, facts, reference } = connector;
  const isList = readLists(connector);
  const documents = await loadDocuments(id);
  const none = { headers: new Set<string>(), query: new Set<string>() };
  const find = createOperations(profile, facts, { headers: {} });
  const named = nameOperations(documents.flatMap((document) => readOperations(document, none)));
  return named.map((operation) => ({
    name: operation.name,
    method: operation.method,
    path: operation.path,
    tag: tagOf(operation),
    text: stringIn(operation.json, "summary") ?? stringIn(operation.json, "description") ?? "",
    isDeprecated: operation.json.deprecated === true,
    parameters: operation.parameters.map(({ name, place, required }) => ({ name, place, required })),
    body: operation.body && (operation.body.required ? "required" : "optional"),
    scopes: readScopes(operation).alternatives,
    safety: find(operation.method, operation.path).safety,
    isPaged: isList(operation),
    vendorUrl: vendorUrl(operation),
    reference,
  }));
}

/** Its tag, or the first part of its path that is neither a version nor a parameter. */
function tagOf({ json, path }: ApiOperation): string {
  const [tag] = arrayIn(json, "tags");
  if (typeof tag === "string" && tag !== "default") return tag;
  return (
    path.split("/").find((part) => part !== "" && !/^(v\d+|\d{4}-\d\d-\d\d|\{.*\}|[^a-z]+)$/i.test(part)) ?? "other"
  );
}

/** Only https links of the document are shown. */
function vendorUrl({ json }: ApiOperation): string | undefined {
  const docs = json.externalDocs;
  const url = typeof docs === "object" && docs !== null ? stringIn(docs as never, "url") : undefined;
  return url !== undefined && URL.parse(url)?.protocol === "https:" ? URL.parse(url)?.href : undefined;
}

/** The lists that `paginate` reads: the keys of the generated interface of pages. */
function readLists({ id, folder, facts }: BuiltConnector): (operation: ApiOperation) => boolean {
  const generated = readFileSync(join(root, folder, "src/generated/paths.ts"), "utf8");
  const blocks = [...generated.matchAll(/^(?:export )?interface \w*Pages \{(?:\}|\n([\s\S]*?)^\})/gm)];
  if (blocks.length === 0) throw new Error(`${id} has no interface of pages in its generated paths`);
  const paths = new Set(
    blocks.flatMap(([, block = ""]) => [...block.matchAll(/^ {2}"(\/[^"]*)": \{/gm)].map(([, path]) => path)),
  );
  return ({ method, path }) => paths.has(path) && (facts.pages[path]?.method ?? "GET") === method;
}
