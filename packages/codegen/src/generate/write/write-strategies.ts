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

const quotas: Names = { standard: "standardQuota", named: "namedQuota" };
const others = [
  "pathDefaults",
  "unixSeconds",
  "itemsByPath",
  "idempotencyKey",
  "verdictHeader",
  "bodyCondition",
  "epochSeconds",
];

/** Every name of core that a list of strategies can hold. */
export const STRATEGY_NAMES: readonly string[] = [
  ...new Set([...[auths, bodies, styles, paginations, quotas].flatMap((table) => Object.values(table)), ...others]),
];

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
  const { retry } = profile;
  const one = (word: string, name: string | false | undefined): [string, string][] => (name ? [[word, name]] : []);
  const flat = [
    ...one("auth", auths[profile.auth.kind]),
    ...one("pathDefaults", profile.pathDefaults.size > 0 && "pathDefaults"),
    ...one("date", profile.unixDates && "unixSeconds"),
    ...one("itemsByPath", profile.pagination.some(({ items }) => items === "by-path") && "itemsByPath"),
    ...one("idempotencyKey", profile.idempotency && "idempotencyKey"),
    ...one("verdictHeader", retry.verdictHeader && "verdictHeader"),
    ...one("bodyCondition", retry.bodies && "bodyCondition"),
    ...one("until", retry.times && "epochSeconds"),
    ...one("quota", quotas[profile.quota]),
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
    ...flat.map(([word, name]) => (word === name ? `  ${name},\n` : `  ${word}: ${name},\n`)),
    ...grouped.flatMap(([word, entries]) =>
      entries.length === 0
        ? []
        : `  ${word}: { ${entries.map(([key, name]) => `${writeKey(key)}: ${name}`).join(", ")} },\n`,
    ),
    "} satisfies Strategies;\n",
  ].join("");
}
