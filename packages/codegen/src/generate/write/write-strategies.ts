import type { ProviderFacts } from "@connectry/core";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import { GENERATED } from "./header.js";
import { writeKey } from "./literal.js";

type Names = Readonly<Record<string, string>>;

const auths: Names = {
  bearer: "bearerAuth",
  basic: "basicAuth",
  header: "headerAuth",
  query: "queryAuth",
  parts: "partsAuth",
  "client-credentials": "bearerAuth",
};
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

const quotas: Names = { standard: "standardQuotas", named: "namedQuotas", text: "textQuotas" };
const others = [
  "headerOrBearerAuth",
  "accountAddress",
  "selectEnvironment",
  "bodyPartsAuth",
  "pathDefaults",
  "unixSeconds",
  "formatExactJson",
  "parseBigInts",
  "expandParameters",
  "itemsByPath",
  "idempotencyKey",
  "bodyIdempotencyKey",
  "tenantHeaders",
  "unwrapData",
  "errorShapes",
  "shouldRetryHeader",
  "bodyQuotas",
  "pointCosts",
  "quotaCosts",
  "quotaName",
  "quotaParameters",
  "limitValues",
  "concurrencyLimits",
];

/** The entries of core that have a strategy of their own, so that other connectors do not load it. */
export const OWN_ENTRIES: Names = { tokenExchange: "@connectry/core/oauth" };

/** Every name that a list of strategies can import from core. */
export const STRATEGY_NAMES: readonly string[] = [
  ...new Set([
    ...[auths, bodies, styles, paginations, quotas].flatMap((table) => Object.values(table)),
    ...others,
    ...Object.keys(OWN_ENTRIES),
  ]),
];

/**
 * The entries of a table for the wanted words, in the order of the table. A word that needs no strategy is in no table.
 */
function chosen(table: Names, wanted: readonly string[]): [string, string][] {
  return Object.entries(table).filter(([word]) => wanted.includes(word));
}

/**
 * The strategies of core that profile and facts name, so that a bundle contains no others. No text of a document is
 * written to this file: all names in it are core's. `sendsInt64`: whether JSON that is sent can have a 64-bit integer.
 */
export function writeStrategies(
  profile: GeneratorProfile,
  { operations }: ProviderFacts,
  { sendsInt64 }: { readonly sendsInt64: boolean },
): string {
  const exceptions = Object.values(operations);
  const forms = [profile.body, ...exceptions.flatMap(({ body }) => body ?? [])];
  const queries = [profile.query, ...exceptions.flatMap(({ query }) => Object.values(query ?? {}))];
  // A form is serialized like a query of the same style.
  const fields = exceptions.flatMap(({ encoding }) => Object.values(encoding ?? {}));
  const serialized = [...queries, ...fields, ...forms.map((form) => form.replace(/^form-/, ""))];
  const one = (word: string, name: string | false | undefined): [string, string][] => (name ? [[word, name]] : []);
  const flat = [
    ...one(
      "auth",
      profile.auth.accounts === "bearer"
        ? "headerOrBearerAuth"
        : profile.auth.parts.some(({ place }) => place === "body")
          ? "bodyPartsAuth"
          : auths[profile.auth.kind],
    ),
    ...one("tokenExchange", profile.auth.kind === "client-credentials" && "tokenExchange"),
    ...one("accountAddress", profile.hasVariables && "accountAddress"),
    ...one("environment", profile.environments && "selectEnvironment"),
    ...one("pathDefaults", profile.pathDefaults.size > 0 && "pathDefaults"),
    ...one("formatDate", profile.unixDates && "unixSeconds"),
    ...one("formatJson", sendsInt64 && "formatExactJson"),
    ...one("parseJson", profile.int64 === "bigint" && "parseBigInts"),
    ...one("parameters", exceptions.some(({ parameters }) => parameters !== undefined) && "expandParameters"),
    ...one("itemsByPath", profile.pagination.some(({ items }) => items === "by-path") && "itemsByPath"),
    ...one(
      "idempotencyKey",
      profile.idempotency && (profile.idempotency.field ? "bodyIdempotencyKey" : "idempotencyKey"),
    ),
    ...one("errorTexts", profile.errorShapes && "errorShapes"),
    ...one("unwrap", profile.envelope && "unwrapData"),
    ...one("tenantHeaders", profile.tenantHeaders && "tenantHeaders"),
    ...one("shouldRetryHeader", profile.shouldRetryHeader && "shouldRetryHeader"),
    ...one("quotas", quotas[profile.quota]),
    ...one("bodyQuotas", profile.bodyQuotas && "bodyQuotas"),
    ...one("pointCosts", profile.pointCosts && "pointCosts"),
    ...one("quotaCosts", profile.quotaCosts && "quotaCosts"),
    ...one("quotaName", profile.quotaNames.named && "quotaName"),
    ...one("quotaParameters", profile.quotaNames.parameters && "quotaParameters"),
    ...one("limitValues", profile.limitsByParameter && "limitValues"),
    ...one("concurrencyLimits", profile.concurrency && "concurrencyLimits"),
  ];
  const grouped: [string, [string, string][]][] = [
    ["body", chosen(bodies, forms)],
    ["style", chosen(styles, serialized)],
    [
      "pagination",
      chosen(
        paginations,
        profile.pagination.map(({ kind }) => kind),
      ),
    ],
  ];
  const imported = [...flat, ...grouped.flatMap(([, entries]) => entries)].map(([, name]) => name);
  const importOf = (entry: string, names: readonly string[]) =>
    names.length === 0
      ? ""
      : `import {\n${[...new Set(names)]
          .sort()
          .map((name) => `  ${name},\n`)
          .join("")}} from "${entry}";\n`;
  const entryOf = (name: string) => OWN_ENTRIES[name] ?? "@connectry/core/internal";
  const entries = [...new Set(imported.map(entryOf))].sort();
  return [
    GENERATED,
    'import type { Strategies } from "@connectry/core";\n',
    ...entries.map((entry) =>
      importOf(
        entry,
        imported.filter((name) => entryOf(name) === entry),
      ),
    ),
    "\n",
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
