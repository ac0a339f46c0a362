import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { tarballHome } from "../installed/tarballs.ts";
import { baseUrlOf, type Caller } from "./caller.ts";
import { payload, payloadHeaders, stubFetch } from "./payload.ts";

const payloadBytes = new TextEncoder().encode(payload);

interface Read {
  readonly create: string;
  readonly auth: unknown;
  readonly path: string;
  readonly params: object;
}

const reads: Readonly<Record<string, Read>> = {
  stripe: {
    create: "createStripe",
    auth: "sk_test_1",
    path: "/v1/customers/{customer}",
    params: { path: { customer: "cus_1" } },
  },
  github: {
    create: "createGithub",
    auth: "ghp_1",
    path: "/repos/{owner}/{repo}",
    params: { path: { owner: "ada", repo: "engine" } },
  },
  hubspot: {
    create: "createHubspot",
    auth: "pat-1",
    path: "/crm/v3/objects/contacts/{contactId}",
    params: { path: { contactId: "1" } },
  },
  slack: {
    create: "createSlack",
    auth: "xoxb-1",
    path: "/conversations.info",
    params: { query: { channel: "C1" } },
  },
  twilio: {
    create: "createTwilio",
    auth: { accountSid: "AC1", authToken: "token" },
    path: "/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json",
    params: { path: { Sid: "SM1" } },
  },
};

type Create = (options: object) => { GET(path: string, init: object): Promise<{ data: unknown }> };

/** A response of a transport, without a `Response`. */
async function stubTransport(): Promise<unknown> {
  return { status: 200, headers: new Headers(payloadHeaders), body: [payloadBytes] };
}

/** The transport on undici, from the copy of core that the connector uses. */
async function undiciTransport(require: NodeJS.Require): Promise<unknown> {
  const { undiciTransport: create } = await import(pathToFileURL(require.resolve("@connectry/core/undici")).href);
  return create();
}

/** Further options of a client, from the copy of core that the connector uses. */
export type MoreOptions = (
  importOurs: (entry: string) => Promise<Readonly<Record<string, unknown>>>,
) => Promise<object>;

/** One of our connectors, with every default policy except the provider's rate limits, which no server here applies. */
export function connectry(provider: string, by: "fetch" | "undici", more: MoreOptions = async () => ({})): Caller {
  return {
    stubbed: by === "fetch" ? "the option `fetch`" : "the option `transport`",
    note: "`rateLimit: false`, because otherwise the provider's documented limit would be measured",
    async prepare(target) {
      const { create, auth, path, params } = reads[provider] as Read;
      const require = createRequire(`${tarballHome}/package.json`);
      const module = (await import(pathToFileURL(require.resolve(`@connectry/${provider}`)).href)) as Record<
        string,
        Create
      >;
      const stub = target.kind === "stub";
      const client = module[create]?.({
        auth,
        baseUrl: baseUrlOf(target),
        rateLimit: false,
        ...(by === "fetch"
          ? stub && { fetch: stubFetch }
          : { transport: stub ? stubTransport : await undiciTransport(require) }),
        ...(await more(async (entry) => import(pathToFileURL(require.resolve(entry)).href))),
      });
      if (client === undefined) throw new Error(`@connectry/${provider} exports no ${create}.`);
      const init = { params };
      return async () => (await client.GET(path, init)).data;
    },
  };
}
