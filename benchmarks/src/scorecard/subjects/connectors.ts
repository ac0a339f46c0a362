import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { type Connector, readConnectors } from "../../../../scripts/connectors.ts";
import { isBuilt, tarballHome } from "../../installed/tarballs.ts";
import { attemptTimeoutMs } from "../faults/fault.ts";
import { ownItems, type PageFormat } from "../server/pages.ts";
import { findOperations, type Operations } from "./find-operations.ts";
import type { Ability, Client, Subject, Target } from "./subject.ts";

/** What the program reads of the profile that a connector exports. */
interface Profile {
  readonly auth: {
    readonly kind: string;
    readonly username?: { readonly name: string };
    readonly password?: { readonly name: string };
    readonly parts?: readonly { readonly name: string }[];
  };
  readonly pagination?: readonly PageFormat[];
  readonly rateLimitHeaders?: string | { readonly remaining?: string };
  readonly idempotency?: { readonly header?: string; readonly methods: readonly string[] };
}

type Call = (path: string, init?: object) => Promise<{ readonly data: unknown }>;
type Request = (method: string, path: string, init?: object) => Promise<{ readonly data: unknown }>;

interface Ours {
  readonly GET: Call;
  readonly POST: Call;
  readonly request: Request;
  readonly stream: { readonly request: Request };
  paginateRequest(path: string, init: object): AsyncIterable<{ readonly id?: unknown }>;
}

type Load = (name: string) => Promise<Record<string, unknown>>;

/** Whether it waits by one of the headers that the server sends: those of its own provider. */
const readsQuota = ({ rateLimitHeaders }: Profile) =>
  typeof rateLimitHeaders === "object" && /^x-(hubspot-)?ratelimit-remaining$/.test(rateLimitHeaders.remaining ?? "");

/** Imports as a program of the folder does in which our tarballs are installed. */
async function loader(): Promise<Load> {
  return ((await import(pathToFileURL(`${tarballHome}/load.mjs`).href)) as { load: Load }).load;
}

const transports: Readonly<Record<string, (load: Load) => Promise<object>>> = {
  "node:http": async () => ({}),
  fetch: async () => ({ fetch: globalThis.fetch }),
  undici: async (load) => {
    const { undiciTransport } = (await load("@connectry/core/undici")) as { undiciTransport: () => unknown };
    return { transport: undiciTransport() };
  },
};

/** The credential in the form of the provider's scheme. */
function credential({ auth }: Profile, secret: string): unknown {
  const { username, password, parts = [] } = auth;
  if (parts.length > 1) return Object.fromEntries(parts.map(({ name }) => [name, secret]));
  return username && password
    ? { [username.name]: "AC0123456789abcdef0123456789abcdef", [password.name]: secret }
    : secret;
}

/** Limits in Redis, as README.md shows it. */
async function sharedLimits(load: Load, port: number): Promise<object> {
  const { Redis } = (await load("ioredis")) as {
    Redis: new (port: number, host: string) => { on(name: string, on: () => void): void };
  };
  const { ioredis, redisRateLimits } = (await load("@connectry/core/redis")) as Record<
    string,
    (of: unknown) => unknown
  >;
  const redis = new Redis(port, "127.0.0.1");
  redis.on("error", () => {});
  const limits = [{ bucket: "default", limit: 1_000, perMs: 1_000 }];
  return {
    rateLimit: {
      limits,
      store: redisRateLimits?.({ redis: ioredis?.(redis), keySecret: "the same secret in all processes" }),
    },
  };
}

const dataId = async (call: Promise<{ readonly data: unknown }>) =>
  ((await call).data as { id?: unknown } | undefined)?.id;

/** The values of a path's parameters: the last one is the object. */
function parametersOf(path: string, name: string): object {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, found = ""]) => found);
  return { path: Object.fromEntries(names.map((one, index) => [one, index === names.length - 1 ? name : "one"])) };
}

function callsOf(client: Ours, { read, write }: Operations, format: PageFormat | undefined): Client {
  const items = format?.items === "by-path" && format.kind !== "link-header" ? { list: { items: ownItems } } : {};
  return {
    read: ({ signal, name }) =>
      // A read without a parameter has one path: another one is asked for without the document.
      dataId(
        name !== undefined && !read.includes("{")
          ? client.request("GET", `/widgets/${name}`, { signal })
          : client.GET(read, { params: parametersOf(read, name ?? "w_1"), signal }),
      ),
    write: ({ signal }) => dataId(client.POST(write, { body: { name: "Steam engine" }, signal })),
    async *list() {
      for await (const { id } of client.paginateRequest("/widgets", items)) yield id;
    },
    openStream: async () => (await client.stream.request("GET", "/widgets/w_1/drawing")).data,
  };
}

/** How each of our connectors is made, whichever provider and transport. */
async function open(
  target: Target,
  from: { create: string; packageName: string; transport: string; operations: Operations },
): Promise<Client> {
  const load = await loader();
  const module = await load(from.packageName);
  const profile = module.profile as Profile;
  const create = module[from.create] as (options: object) => Ours;
  const { refresh } = target;
  const auth =
    refresh === undefined
      ? credential(profile, target.secret)
      : async (request: { refresh: boolean }) => credential(profile, request.refresh ? await refresh() : target.secret);
  const client = create({
    baseUrl: target.url,
    auth,
    attemptTimeoutMs,
    deadlineMs: 12 * attemptTimeoutMs,
    idleTimeoutMs: 2 * attemptTimeoutMs,
    rateLimit: { limits: [] },
    ...(target.redisPort !== undefined && (await sharedLimits(load, target.redisPort))),
    ...(await transports[from.transport]?.(load)),
  });
  return callsOf(client, from.operations, profile.pagination?.[0]);
}

interface Described {
  readonly profile: Profile;
  readonly operations: Operations | undefined;
}

async function describe(root: string, { id, folder }: Connector): Promise<Described> {
  const { profile, facts } = (await import(pathToFileURL(`${root}/${folder}/dist/index.js`).href)) as {
    profile: Profile;
    facts: object;
  };
  const surface = await readFile(`${root}/specs/${id}/surface.txt`, "utf8");
  return { profile, operations: findOperations(surface, JSON.stringify(facts)) };
}

const built = (root: string) => readConnectors(root).filter(({ id }) => isBuilt(id));

/** The connectors that no fault is tried with, because they have no read and no write by paths. */
export async function connectorsWithoutPaths(root: string): Promise<string[]> {
  const found = await Promise.all(built(root).map(async (one) => ({ id: one.id, ...(await describe(root, one)) })));
  return found.filter(({ operations }) => operations === undefined).map(({ id }) => id);
}

function subjectsOf({ id, create, packageName }: Connector, { profile, operations }: Described): Subject[] {
  if (operations === undefined) return [];
  const pages = profile.pagination?.[0];
  const { header, methods = [] } = profile.idempotency ?? {};
  const can: Ability[] = ["abort", "refresh", "stream", "redis"];
  if (pages) can.push("list");
  if (readsQuota(profile)) can.push("quota");
  return Object.keys(transports).map((transport) => ({
    id: `${id}-${transport.replace(":", "-")}`,
    name: `${packageName}, ${transport}`,
    group: "ours",
    settings: `attempts end after ${attemptTimeoutMs} ms, calls after ${12 * attemptTimeoutMs} ms, streams after ${2 * attemptTimeoutMs} ms without reading; \`rateLimit: { limits: [] }\`, because the server has no documented limits`,
    page: "../README.md",
    operations: [operations.read, operations.write, "/widgets"],
    can,
    ...(pages && { pages }),
    ...(header && methods.includes("POST") && { idempotencyHeader: header }),
    open: (target) => open(target, { create, packageName, transport, operations }),
  }));
}

/** Each connector of the repository that is built, by each transport. A new connector is in it by itself. */
export async function connectorSubjects(root: string): Promise<Subject[]> {
  const subjects = built(root).map(async (connector) => subjectsOf(connector, await describe(root, connector)));
  return (await Promise.all(subjects)).flat();
}
