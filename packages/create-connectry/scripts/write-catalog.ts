// Writes src/generated/catalog.ts: the providers from the one list of connectors, and the versions that the tests of this repository use.
import { createPublicKey } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { type Connector, pascalCase, readConnectors } from "../../../scripts/connectors.ts";
import type { Catalog, Provider, ProviderWebhook } from "../src/catalog.ts";

const root = join(import.meta.dirname, "../../..");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

interface Call {
  readonly operation: string;
  readonly params?: object;
}
interface Called {
  readonly call?: Call;
}
interface Responses {
  readonly credential: Provider["auth"];
  readonly errors: Readonly<Record<string, Called>>;
  readonly lists: readonly Called[];
  readonly webhook: {
    readonly secret?: string;
    readonly fetched?: object;
    readonly request?: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  };
}

interface Spec {
  readonly doctor?: {
    readonly read?: string;
    readonly body?: object;
    readonly webhookSecret?: { readonly env: string };
  };
  readonly graphql?: { readonly endpoint?: { readonly path: string } };
}

interface Variable {
  readonly env: string;
  readonly optional?: boolean;
  readonly default?: string;
}

type Auth = Variable & {
  readonly kind: string;
  readonly username: Variable;
  readonly password: Variable;
  readonly parts: readonly Variable[];
  readonly clientId: Variable;
  readonly clientSecret: Variable;
  readonly fields?: readonly Variable[];
};

/** The environment variables without which a client has no credential. */
function environmentOf(auth: Auth): readonly string[] {
  const byKind: Readonly<Record<string, () => readonly Variable[]>> = {
    basic: () => [auth.username, auth.password],
    parts: () => auth.parts,
    "client-credentials": () => [auth.clientId, auth.clientSecret, ...(auth.fields ?? [])],
  };
  const variables = byKind[auth.kind]?.() ?? [auth];
  return variables.filter((one) => !one.optional && one.default === undefined).map(({ env }) => env);
}

/** The read of `connectry doctor` where the document has it, else the first documented list, else the read of a documented error. */
function readOf(id: string, { doctor, graphql }: Spec, { errors, lists }: Responses): Provider["read"] {
  if (doctor?.read !== undefined && doctor.body !== undefined)
    return { kind: "rest", path: doctor.read, body: doctor.body };
  const paths = [...read("specs", id, "surface.txt").matchAll(/^GET (\S+) /gm)].map(([, path = ""]) => path);
  const isWithoutParameters = (path: string) => paths.includes(path) && !path.includes("{");
  if (doctor?.read !== undefined && isWithoutParameters(doctor.read)) return { kind: "rest", path: doctor.read };
  // The client fills the parameter of such a read: an example has another one.
  const named = doctor?.read === undefined || doctor.read.includes("{") ? undefined : matchTemplate(doctor.read, paths);
  if (named !== undefined) return { kind: "rest", ...named };
  const calls = [...lists, ...Object.values(errors)]
    .flatMap(({ call }) => call ?? [])
    .map((call) => [call.operation.replace(/^GET /, ""), call] as const);
  const [path, call] =
    calls.find(([one]) => isWithoutParameters(one)) ?? calls.find(([one]) => paths.includes(one)) ?? [];
  if (path !== undefined) return { kind: "rest", path, ...(call?.params && { params: call.params }) };
  if (graphql?.endpoint !== undefined) return { kind: "graphql", path: graphql.endpoint.path };
  throw new Error(`specs/${id}: neither \`doctor.read\` nor a call of test/responses.json is a read of its documents.`);
}

/** The template whose parameters make a path, where it is one of a document's without its values. */
function matchTemplate(path: string, templates: readonly string[]): { path: string; params: object } | undefined {
  for (const template of templates) {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    const values = new RegExp(`^${template.replaceAll(/\{\w+\}/g, "(.+)")}$`).exec(path)?.slice(1);
    if (values === undefined || names.length === 0) continue;
    return { path: template, params: { path: Object.fromEntries(names.map((name, index) => [name, values[index]])) } };
  }
  return undefined;
}

function webhookOf(
  { id, folder }: Connector,
  secretName: string | undefined,
  responses: Responses,
): ProviderWebhook | undefined {
  const { secret, request, fetched } = responses.webhook;
  if (!existsSync(join(root, folder, "src/webhooks.ts")) || secret === undefined || request === undefined)
    return undefined;
  const isOfSignature = ([name]: [string, string]) => /signature|hmac|timestamp/.test(name);
  const all = Object.entries(request.headers);
  const headers = Object.fromEntries(fetched ? [] : all.filter((header) => !isOfSignature(header)));
  const signature = isPublicKey(secret) && { signature: Object.fromEntries(all.filter(isOfSignature)) };
  const bodySignature = all.some(isOfSignature) ? undefined : signatureIn(JSON.parse(request.body));
  const env = secretName ?? `${id.toUpperCase().replaceAll("-", "_")}_WEBHOOK_SECRET`;
  return {
    env,
    ...(fetched && { fetchesKeys: true }),
    sample: { secret, headers, ...signature, ...(bodySignature && { bodySignature }), body: request.body },
  };
}

/** The signature in a body: the first text of a member that is named like one. */
function signatureIn(value: unknown): string | undefined {
  for (const [name, member] of Object.entries(Object(value) as object)) {
    const found = typeof member === "string" ? /signature/i.test(name) && member : signatureIn(member);
    if (found) return found;
  }
  return undefined;
}

/** Whether a secret is a public key, in base64 of DER as SendGrid shows it: with it deliveries are verified, and none is signed. */
function isPublicKey(secret: string): boolean {
  try {
    createPublicKey({ key: Buffer.from(secret, "base64"), format: "der", type: "spki" });
    return true;
  } catch {
    return false;
  }
}

async function describe(connector: Connector): Promise<Provider> {
  const { id, packageName, create, covers, folder } = connector;
  const { profile } = await import(join(root, folder, "src/profile.ts"));
  const spec: Spec = parse(read("specs", id, "spec.yaml"));
  const responses: Responses = JSON.parse(read(folder, "test/responses.json"));
  const webhook = webhookOf(connector, spec.doctor?.webhookSecret?.env, responses);
  const { auth } = profile;
  return {
    id,
    name: profile.name,
    packageName,
    create,
    pascalName: pascalCase(id),
    covers,
    env: environmentOf(auth),
    auth: responses.credential,
    // The first environment is the default; others may need more.
    hostOptions: Object.keys(profile.variables ?? {}).filter((name) => profile.baseUrl.includes(`{${name}}`)),
    read: readOf(id, spec, responses),
    ...(webhook && { webhook }),
  };
}

const { dependencies, devDependencies } = JSON.parse(read("examples/frameworks/package.json"));
const codegen = JSON.parse(read("packages/codegen/package.json"));
const core = JSON.parse(read("packages/core/package.json"));
const actions = [...read(".github/workflows/ci.yml").matchAll(/uses: ((actions\/[\w-]+)@.+)$/gm)];
const all: Catalog["versions"] = {
  ...dependencies,
  ...devDependencies,
  ...codegen.dependencies,
  ...codegen.devDependencies,
  jose: core.peerDependencies.jose,
};
const used = [
  "@hono/node-server",
  "@types/express",
  "@types/node",
  "express",
  "fastify",
  "hono",
  "jose",
  "tsx",
  "typescript",
];
const catalog: Catalog = {
  providers: await Promise.all(readConnectors(root).map(describe)),
  versions: Object.fromEntries(used.map((name) => [name, all[name] ?? missing(name)])),
  actions: Object.fromEntries(actions.map(([, pinned, name]) => [name, pinned])),
};
await mkdir(join(import.meta.dirname, "../src/generated"), { recursive: true });
await writeFile(
  join(import.meta.dirname, "../src/generated/catalog.ts"),
  `import type { Catalog } from "../catalog.js";\n\nexport const catalog: Catalog = ${JSON.stringify(catalog, undefined, 2)};\n`,
);

function missing(name: string): never {
  throw new Error(`No package.json of the examples or of codegen has ${name}.`);
}
