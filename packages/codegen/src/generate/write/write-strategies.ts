import type { Facts } from "../facts/collect-facts.js";
import type { GeneratorProfile } from "../generator-profile.js";
import { GENERATED } from "./header.js";
import { writeKey } from "./literal.js";

type Names = Readonly<Record<string, string>>;

const auths: Names = { bearer: "bearerAuth", basic: "basicAuth", header: "headerAuth", query: "queryAuth" };
const bodies: Names = {
  "form-brackets": "formBody",
  "form-repeat": "formBody",
  "form-json": "formBody",
  multipart: "multipartBody",
};
const styles: Names = {
  repeat: "repeatStyle",
  comma: "delimitedStyle",
  space: "delimitedStyle",
  pipe: "delimitedStyle",
  brackets: "bracketStyle",
};
const paginations: Names = {
  cursor: "cursorPaging",
  "link-header": "linkHeaderPaging",
  "next-url": "nextUrlPaging",
  offset: "offsetPaging",
  "page-number": "pageNumberPaging",
};

/** The entries of a table that are asked for, in the table's order; what needs no strategy stands in none. */
function chosen(table: Names, wanted: readonly string[]): [string, string][] {
  return Object.entries(table).filter(([word]) => wanted.includes(word));
}

/**
 * The strategies of core that profile and facts name, so that a bundle carries no others. Nothing of a document goes into
 * this file: its names are core's own.
 */
export function writeStrategies(profile: GeneratorProfile, { operations }: Facts): string {
  const exceptions = Object.values(operations);
  const forms = [profile.body, ...exceptions.flatMap(({ body }) => body ?? [])];
  const queries = [profile.query, ...exceptions.flatMap(({ query }) => Object.values(query ?? {}))];
  // A form is written as a query of the same style.
  const spread = [...queries, ...forms.map((form) => form.replace(/^form-/, ""))];
  const quota = { standard: "standardQuota", named: "namedQuota", none: undefined }[profile.quota];
  const one = (word: string, name: string | undefined): [string, string][] =>
    name === undefined ? [] : [[word, name]];
  const flat = [
    ...one("auth", auths[profile.auth.kind]),
    ...one("itemsByPath", profile.pagination.some(({ items }) => items === "by-path") ? "itemsByPath" : undefined),
    ...one("idempotencyKey", profile.idempotency && "idempotencyKey"),
    ...one("quota", quota),
  ];
  const grouped: [string, [string, string][]][] = [
    ["body", chosen(bodies, forms)],
    ["style", chosen(styles, spread)],
    [
      "pagination",
      chosen(
        paginations,
        profile.pagination.map(({ kind }) => kind),
      ),
    ],
  ];
  const imported = [...flat, ...grouped.flatMap(([, entries]) => entries)].map(([, name]) => name);
  return [
    GENERATED,
    `import {\n${[...new Set(imported)]
      .sort()
      .map((name) => `  ${name},\n`)
      .join("")}  type Strategies,\n} from "@connectry/core";\n\n`,
    "export const strategies = {\n",
    ...flat.map(([word, name]) => `  ${word}: ${name},\n`),
    ...grouped.flatMap(([word, entries]) =>
      entries.length === 0
        ? []
        : `  ${word}: { ${entries.map(([key, name]) => `${writeKey(key)}: ${name}`).join(", ")} },\n`,
    ),
    "} satisfies Strategies;\n",
  ].join("");
}
