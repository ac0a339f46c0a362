// What the addresses of providers return while the programs of READMEs run: fakes of the providers' own documents.
import { loadDocuments } from "@connectry/codegen";
import type { ProviderFacts, ProviderProfile } from "@connectry/core";
import { type FakeHandler, fakeHandler } from "@connectry/testing";

interface ConnectorModule {
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
}

/** The response, or its JSON, where it is not the fake's. */
type Respond = (url: URL, request: Request) => unknown;

const lastPage = { hasNextPage: false, endCursor: null };

// https://platform.openai.com/docs/guides/streaming-responses
const streamed = [
  { type: "response.output_text.delta", delta: "Hello", item_id: "msg_1", output_index: 0, content_index: 0 },
  { type: "response.completed", response: { id: "resp_1", status: "completed" } },
];

const eventsOf = (events: readonly { readonly type: string }[]) =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");

// https://docs.mistral.ai/studio/conversations/chat-completion
const chunks = 'data: {"id":"c_1","choices":[{"index":0,"delta":{"content":"Hello"}}]}\n\ndata: [DONE]\n\n';

/** A stream of events, for a body that asks for one. */
const stream =
  (text: string): Respond =>
  async (_, request) =>
    request.method === "POST" && (await request.text()).includes('"stream":true')
      ? new Response(text, { headers: { "content-type": "text/event-stream" } })
      : undefined;

const deviceCode = {
  device_code: "device-1",
  user_code: "WDJB-MJHT",
  verification_uri: "https://github.com/login/device",
  expires_in: 900,
  interval: 1,
};

/** What fakes cannot say: tokens, GraphQL, streams, and the operation that the README says a document may lack. */
const beside: Readonly<Record<string, Respond>> = {
  "api.stripe.com": ({ pathname }) => (pathname === "/v1/beta/widgets/w_1" ? { id: "w_1" } : undefined),
  "api.github.com": ({ pathname }) =>
    pathname === "/graphql"
      ? { data: { user: { name: "octocat", stars: { nodes: [{ name: "hello-world" }], pageInfo: lastPage } } } }
      : undefined,
  "github.com": ({ pathname }) =>
    pathname === "/login/device/code" ? deviceCode : { access_token: "ghu_1", token_type: "bearer", scope: "repo" },
  "api.openai.com": stream(eventsOf(streamed)),
  "api.mistral.ai": stream(chunks),
  "api.hubapi.com": ({ pathname }) =>
    pathname.endsWith("/token")
      ? { access_token: "access", refresh_token: "refresh", expires_in: 1800, hub_id: 62515, user_id: 1 }
      : undefined,
  "upload.box.com": uploadToBox,
  "slack.com": ({ pathname }) =>
    pathname === "/api/oauth.v2.access"
      ? { ok: true, access_token: "xoxb-2", token_type: "bot", scope: "chat:write", team: { id: "T1" } }
      : undefined,
  "example.myshopify.com": async ({ pathname }, request) => {
    if (pathname.endsWith("/access_token")) return { access_token: "shpat_2", scope: "read_products" };
    const { query } = (await request.json()) as { query: string };
    if (query.includes("nme")) return { errors: [{ message: "Field 'nme' doesn't exist on type 'Shop'" }] };
    return { data: { shop: { name: "Example" }, products: { nodes: [{ title: "Hat" }], pageInfo: lastPage } } };
  },
};

/** An upload session: its start, its only part, whose digest the request has, and its commit. */
function uploadToBox({ pathname }: URL, { method, headers }: Request): object | undefined {
  if (!pathname.includes("/upload_sessions")) return undefined;
  if (method === "POST") return { id: "session-1", part_size: 1_048_576, entries: [] };
  const [, end, size] = /-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "") ?? [];
  const sha1 = Buffer.from((headers.get("digest") ?? "").replace("sha=", ""), "base64").toString("hex");
  return { part: { part_id: "1", offset: 0, size: Math.min(Number(end) + 1, Number(size)), sha1 } };
}

async function createFake(id: string, { profile, facts }: ConnectorModule): Promise<FakeHandler | undefined> {
  const document = (await loadDocuments(id)).map(({ json }) => json);
  return document.length === 0 ? undefined : fakeHandler({ document, profile, facts, unknownIds: "sample" });
}

/** A fetch by which the hosts of these connectors respond, and this machine; a call of any other host rejects. */
export async function fetchOfProviders(ids: readonly string[], platformFetch: typeof fetch): Promise<typeof fetch> {
  const byHost = new Map<string, () => Promise<FakeHandler | undefined>>();
  for (const id of ids) {
    const entry = new URL(`../../../packages/connectors/${id}/dist/index.js`, import.meta.url);
    const connector = (await import(entry.href)) as ConnectorModule;
    let fake: Promise<FakeHandler | undefined> | undefined;
    const { baseUrl, origins = [], environments = {}, auth } = connector.profile;
    const others = Object.values(environments).flatMap((one) => one.baseUrl ?? []);
    // Tokens may be exchanged at a host of their own.
    const tokens = auth.kind === "client-credentials" && !auth.tokenUrl.startsWith("/") ? [auth.tokenUrl] : [];
    for (const address of [baseUrl, ...origins, ...others, ...tokens]) {
      byHost.set(new URL(address.replaceAll(/[{}]/g, "")).host, () => (fake ??= createFake(id, connector)));
    }
  }
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.hostname === "127.0.0.1") return platformFetch(request);
    const response = await beside[url.host]?.(url, request.clone());
    if (response !== undefined) return response instanceof Response ? response : Response.json(response);
    const fake = await byHost.get(url.host)?.();
    if (fake === undefined)
      throw new TypeError(`a program of a README called ${url.origin}, and only providers are here`);
    return fake.fetch(request);
  };
}
