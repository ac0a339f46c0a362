import type { BodyForm, ProviderProfile } from "@connectry/core";
import { credentialNames } from "@connectry/core/internal";
import type { DocumentContent, DocumentParameter } from "@connectry/testing/openapi";
import type { CatalogOperation } from "../catalog/read-catalog.js";
import type { CallArguments } from "./call-arguments.js";

const places = [
  { argument: "path", location: "path" },
  { argument: "query", location: "query" },
  { argument: "headers", location: "header" },
] as const;

const set = ["authorization", "cookie", "host", "content-type", "content-length", "accept", "x-http-method-override"];

/** The parameters that an agent may set: not the credential, and not what the connector sets. */
export function parametersOf(
  { document }: CatalogOperation,
  { auth, idempotency, versionHeader }: ProviderProfile,
): readonly DocumentParameter[] {
  const own = [...set, idempotency?.header, versionHeader, ...credentialNames(auth, "header")];
  const ownQuery = credentialNames(auth, "query");
  return document.parameters().filter(({ in: location, name }) => {
    if (location === "cookie") return false;
    if (location === "query") return !ownQuery.includes(name);
    return location !== "header" || !own.includes(name.toLowerCase());
  });
}

const mediaTypes: Readonly<Record<BodyForm, RegExp>> = {
  json: /[/+]json/,
  "form-brackets": /x-www-form-urlencoded/,
  "form-repeat": /x-www-form-urlencoded/,
  "form-json": /x-www-form-urlencoded/,
  multipart: /^multipart\//,
  raw: /./,
};

/** The body of an operation in the form in which the connector sends it. */
export function contentOf({ document }: CatalogOperation, form: BodyForm): DocumentContent | undefined {
  const content = document.requestBody()?.content ?? [];
  return content.find(({ mediaType }) => mediaTypes[form].test(mediaType)) ?? content[0];
}

/** Whether a value could lead to another path, behind a server that decodes addresses more often than it should. */
const climbs = (value: unknown) =>
  typeof value === "string" && value.split(/[\\/]|%2f|%5c/i).some((one) => /^(\.|%2e){1,2}$/i.test(one));

/** What is wrong with the arguments of a call, as the document describes it; empty where nothing is. */
export function checkArguments(
  operation: CatalogOperation,
  given: CallArguments,
  { profile, form }: { readonly profile: ProviderProfile; readonly form: BodyForm },
): readonly string[] {
  const problems: string[] = [];
  const known = parametersOf(operation, profile);
  const view = operation.document.schemas.request;
  for (const { argument, location } of places) {
    const values = given[argument];
    const own = known.filter((parameter) => parameter.in === location);
    const isSame = (one: string, other: string) =>
      location === "header" ? one.toLowerCase() === other.toLowerCase() : one === other;
    for (const [name, value] of Object.entries(values)) {
      const parameter = own.find((one) => isSame(one.name, name));
      if (location === "path" && climbs(value))
        problems.push(`${argument}.${name} must not contain the segments . and ..`);
      else if (parameter === undefined) problems.push(`${argument} has no ${JSON.stringify(name)}: ${listOf(own)}`);
      else problems.push(...view.validate(value, view.convert(parameter.schema), `${argument}.${name}`));
    }
    for (const { name, required } of own) {
      const isGiven = Object.keys(values).some((one) => isSame(one, name));
      if (required && !isGiven && profile.pathDefaults?.[name] === undefined)
        problems.push(`${argument}.${name} is missing`);
    }
  }
  return [...problems, ...checkBody(operation, given.body, form)].slice(0, 10);
}

function listOf(parameters: readonly DocumentParameter[]): string {
  return parameters.length === 0 ? "it has none" : `there are ${parameters.map(({ name }) => name).join(", ")}`;
}

function checkBody(operation: CatalogOperation, body: unknown, form: BodyForm): readonly string[] {
  const described = operation.document.requestBody();
  if (described === undefined) return body === undefined ? [] : ["there is no body"];
  const content = contentOf(operation, form);
  if (body === undefined) return described.required && content !== undefined ? ["body is missing"] : [];
  // What a file is in the schema, no argument can be.
  if (content === undefined || !/json|x-www-form-urlencoded/.test(content.mediaType)) return [];
  const view = operation.document.schemas.request;
  return view.validate(body, view.convert(content.schema), "body");
}
