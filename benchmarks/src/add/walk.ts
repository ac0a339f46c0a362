// Iterates over each list of a connector, whose pages are made from the document alone and checked by ajv.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { authOf, type Connector, type Fetch } from "./bundle-connector.ts";
import { type DocumentOperation, jsonSchemaOf, pageSchemaOf, parametersOf, withShared } from "./document-operation.ts";
import { createDocumentSampler, type DocumentSampler, type Json } from "./sample-page.ts";

/** What became of the lists of a document. */
export interface Walk {
  /** The operations whose request has a position, and whose response has a list. */
  readonly existing: number;
  /** Those of them that the connector iterates. */
  readonly found: number;
  /** The lists of the connector. */
  readonly lists: number;
  /** Those that lead from a page of the document to the next, and end. */
  readonly walked: number;
  /** Those whose pages are valid by ajv: the others are iterated over pages that their document may not allow. */
  readonly valid: number;
  /** By reason: the lists that are not found or not walked. */
  readonly reasons: Readonly<Record<string, readonly string[]>>;
}

const maxPages = 4;
const positions =
  /^(page|page_?(token|number|num|no|index|cursor)|page\[.*(cursor|after|number|offset).*\]|offset|skip|cursor|marker|after|before|(starting|start)_?after|(ending|end)_?before|next_?(token|cursor|page_?token)|start_?(index|at)|scroll_?(param|id)|continuation(_?token)?)$/i;

/** Iterates over the lists of the connector in a folder of a trial. */
export async function walkLists(folder: string, document: Json, connector: Connector): Promise<Walk> {
  const sampler = createDocumentSampler(document);
  const { createAcme, profile, facts } = connector;
  const paths = await readFile(join(folder, "src/acme/generated/paths.ts"), "utf8");
  const pages = paths.slice(paths.indexOf("export interface AcmePages"));
  const lists = [...pages.matchAll(/^ {2}("(?:[^"\\]|\\.)*"): \{\n {4}args/gm)].map(
    (match) => JSON.parse(match[1] ?? '""') as string,
  );
  const methodOf = (path: string) => String(facts.pages[path]?.method ?? "GET").toLowerCase();

  const reasons: Record<string, string[]> = {};
  const note = (reason: string, operation: string) => {
    reasons[reason] = [...(reasons[reason] ?? []), operation];
  };
  let [walked, valid] = [0, 0];
  for (const path of lists) {
    const method = methodOf(path);
    const operation = (document.paths as Record<string, Record<string, Json>>)[path]?.[method];
    const listing = { path, method, operation: withShared(document, path, operation ?? {}) };
    const failure = await walkList(listing, sampler, { createAcme, profile });
    if (isValid(listing, sampler)) valid += 1;
    if (failure === undefined) walked += 1;
    else note(failure, `${method.toUpperCase()} ${path}`);
  }
  let [existing, found] = [0, 0];
  for (const [path, item] of Object.entries((document.paths ?? {}) as Record<string, Record<string, Json>>)) {
    for (const method of ["get", "post"]) {
      if (item[method] === undefined) continue;
      const reason = missing({ path, method, operation: withShared(document, path, item[method]) }, sampler);
      if (reason === undefined) continue;
      existing += 1;
      if (lists.includes(path) && methodOf(path) === method) found += 1;
      else if (!lists.includes(path)) note(`not found: ${reason}`, `${method.toUpperCase()} ${path}`);
    }
  }
  return { existing, found, lists: lists.length, walked, valid, reasons };
}

/** Why an operation that looks like a list may not be one; undefined where it does not look like one. */
function missing(listing: DocumentOperation, sampler: DocumentSampler): string | undefined {
  const schema = pageSchemaOf(listing, sampler);
  if (schema === undefined) return undefined;
  const page = sampler.sample(schema, { page: 1, flag: true, hasItems: true });
  const body = sampler.sample(jsonSchemaOf(sampler.resolve(listing.operation.requestBody)) ?? {}, {
    page: 1,
    flag: true,
    hasItems: true,
  });
  const query = parametersOf(listing, sampler)
    .filter((one) => one.in === "query")
    .map((one) => String(one.name));
  const fields = listing.method === "post" && typeof body === "object" && body !== null ? Object.keys(body) : [];
  const taken = [...query, ...fields].filter((name) => positions.test(name));
  const lists = Array.isArray(page)
    ? [""]
    : Object.entries(Object(page) as Json)
        .filter(([name, value]) => Array.isArray(value) && !/^(errors?|warnings?|order|links|included)$/i.test(name))
        .map(([name]) => name);
  if (lists.length === 0 || lists.some((name) => name !== "" && fields.includes(name))) return undefined;
  if (taken.length === 0)
    return listing.method === "get" && namesNext(page) ? "its request takes no position" : undefined;
  const directions = taken.filter((name) => /before|after/i.test(name));
  if (directions.length === taken.length && directions.some((name) => /before/i.test(name)))
    return "it takes ids, and the document does not say in which order";
  if (lists.length > 1) return "several lists compete";
  return "its response has nothing that leads on";
}

/** Whether a page has a member for what is next. */
function namesNext(page: unknown): boolean {
  const members = Object.entries(Object(page) as Json).filter(([, value]) => !Array.isArray(value));
  const names = members.flatMap(([name, value]) => [
    name,
    ...(typeof value === "object" ? Object.keys(Object(value)) : []),
  ]);
  return names.some((name) => /^(next|next_?(page|cursor|token|url|link|offset|marker)\w*|has_?more)$/i.test(name));
}

/** Why a list does not lead on over the pages that its document allows; undefined where it does. */
async function walkList(
  listing: DocumentOperation,
  sampler: DocumentSampler,
  { createAcme, profile }: Pick<Connector, "createAcme" | "profile">,
): Promise<string | undefined> {
  const schema = pageSchemaOf(listing, sampler);
  let failure = "ends after the first page";
  // Of the booleans of a page, one may say that there is more, another that it is the last.
  for (const flag of [true, false]) {
    const requests: { readonly url: string; readonly body: unknown }[] = [];
    const fetch: Fetch = async (url, { body }) => {
      requests.push({ url, body: body === undefined ? undefined : JSON.parse(String(body)) });
      const page = sampler.sample(schema, { page: requests.length, flag, hasItems: requests.length < 3 });
      return Response.json(page, { headers: { link: `<${url}&page=${requests.length + 1}>; rel="next"` } });
    };
    try {
      const client = createAcme({ auth: authOf(profile), fetch, maxAttempts: 1 });
      for await (const _ of client.paginate(listing.path, { ...requestOf(listing, sampler), maxPages }))
        if (requests.length > maxPages) break;
    } catch (error) {
      const message = (error as Error).message.replace(/^[A-Z]+ \S+: /, "").replace(/page \d+: /, "");
      if (requests.length < 2) failure = message.replace(/got .*/s, "got something else").slice(0, 120);
    }
    if (requests.length < 2) continue;
    if (JSON.stringify(requests[0]) === JSON.stringify(requests[1])) return "requests the same page again";
    return undefined;
  }
  return failure;
}

/** Whether ajv accepts the page that is sampled. */
function isValid(listing: DocumentOperation, sampler: DocumentSampler): boolean {
  const schema = pageSchemaOf(listing, sampler);
  return sampler.problem(sampler.sample(schema, { page: 1, flag: true, hasItems: true }), schema) === undefined;
}

/** The parameters that the document requires. */
function requestOf(listing: DocumentOperation, sampler: DocumentSampler): object {
  const params: Record<string, Record<string, unknown>> = { path: {}, query: {}, header: {} };
  const variant = { page: 0, flag: true, hasItems: true };
  for (const { name, in: place, required, schema } of parametersOf(listing, sampler)) {
    const value = sampler.sample(schema ?? {}, variant);
    if (place === "path") params.path![String(name)] = "1";
    else if (required === true && (place === "query" || place === "header"))
      params[place]![String(name)] = place === "header" ? String(value) : value;
  }
  const body = jsonSchemaOf(sampler.resolve(listing.operation.requestBody));
  return { params, ...(body !== undefined && { body: {} }) };
}
