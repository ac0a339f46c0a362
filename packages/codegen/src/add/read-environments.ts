import { arrayIn, fieldOf, isJsonObject, type JsonObject, stringIn } from "../generate/document/json.js";
import { readServerUrl } from "../generate/facts/server-url.js";
import { accountVariables, type DraftVariables } from "./account-variables.js";
import type { Drafted, DraftInput } from "./draft.js";
import { environmentName } from "./environment-names.js";

/** The environments of a profile by their names. The first is that of its `baseUrl`. */
export type DraftEnvironments = Readonly<Record<string, { readonly baseUrl?: string }>>;

/** What the servers of a document say about environments. */
export interface DraftedEnvironments {
  /** The server whose URL is the base URL: that of real data, where the document says which. Undefined for a document without one. */
  readonly main: JsonObject | undefined;
  /** The variables of the other servers, which come with an account. */
  readonly variables: DraftVariables;
  /** Undefined where the document has one environment. */
  readonly environments: Drafted<DraftEnvironments> | undefined;
  /** What the base URL leaves open. */
  readonly todos: readonly string[];
}

interface Server {
  readonly json: JsonObject;
  readonly url: string;
  readonly variables: DraftVariables;
  readonly name: string | undefined;
  readonly isTest: boolean;
  readonly isLive: boolean;
}

// Documents that name more have a server for each of something else.
const maxEnvironments = 20;

/** Reads which servers of a document are environments of the API: a sandbox, regions. */
export function readEnvironments({ document }: DraftInput): DraftedEnvironments {
  const listed = arrayIn(document.json, "servers").filter(isJsonObject);
  const servers = withoutCopies(listed.flatMap(withEnumValues).flatMap(readServer));
  const main = mainOf(servers);
  if (main === undefined) return { main: listed[0], variables: {}, environments: undefined, todos: [] };
  const others = servers.filter((one) => one !== main);
  const mainName = main.name ?? (others.every(({ isTest }) => isTest) ? "live" : "default");
  const isNamed = ({ name }: Server) =>
    name !== undefined && name !== mainName && others.filter((one) => one.name === name).length === 1;
  const named = others.filter(isNamed);
  const open = others.filter((one) => !isNamed(one)).map(({ url }) => url);
  const todos = [
    ...(main.isTest
      ? ["the host looks like one for tests. Enter that of real data, and add this one to `environments`."]
      : []),
    ...(open.length > 0
      ? [`the document also has ${open.join(", ")}: add those that are other environments to \`environments\`.`]
      : []),
  ];
  const entries = named.map(({ name = "", url }) => [name, { baseUrl: url }] as const);
  return {
    main: main.json,
    variables: Object.assign({}, ...named.map(({ variables }) => variables)),
    environments:
      named.length === 0
        ? undefined
        : {
            value: Object.fromEntries([[mainName, {}], ...entries]),
            todos: ["check the names. Where an environment has a credential of its own, name its variables in `env`."],
          },
    todos,
  };
}

/** The server of real data: the first that is named so, else one that is not for tests. */
function mainOf(servers: readonly Server[]): Server | undefined {
  return servers.find(({ isLive }) => isLive) ?? servers.find(({ isTest }) => !isTest) ?? servers[0];
}

/** A server for each value of a variable of its host, where the document lists the values. */
function withEnumValues(server: JsonObject): JsonObject[] {
  const url = stringIn(server, "url") ?? "";
  const host = /^https:\/\/([^/]*)/.exec(url)?.[1] ?? "";
  for (const [, name = ""] of host.matchAll(/\{(\w+)\}/g)) {
    const variable = fieldOf(fieldOf(server, "variables"), name);
    const values = arrayIn(variable, "enum").filter((value) => typeof value === "string");
    const first = stringIn(variable, "default");
    if (values.length < 2 || values.length > maxEnvironments || first === undefined) continue;
    return [first, ...values.filter((value) => value !== first)].map((value) => ({
      ...server,
      url: url.replaceAll(`{${name}}`, value),
      // What all values share says nothing about one of them.
      description: /[.]/.test(value) ? "" : value,
    }));
  }
  return [server];
}

function readServer(json: JsonObject): Server[] {
  const { url: template, variables } = accountVariables(json);
  const url = variables === undefined ? readServerUrl(json, "https://relative.invalid") : template;
  if (url === undefined) return [];
  const isUsable = url.startsWith("https://") && !/^https:\/\/(relative\.invalid|localhost|127\.|\[)/.test(url);
  const description = stringIn(json, "description") ?? "";
  // A server of invented responses is not the provider's.
  if (!isUsable || /\bmock/i.test(`${description} ${url}`)) return [];
  return [
    {
      json,
      url,
      variables: variables ?? {},
      name: undefined,
      isTest: false,
      isLive: false,
      ...environmentName(url, description),
    },
  ];
}

function withoutCopies(servers: readonly Server[]): readonly Server[] {
  return servers.filter(({ url }, index) => servers.findIndex((one) => one.url === url) === index);
}
