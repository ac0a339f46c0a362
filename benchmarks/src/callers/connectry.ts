import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { tarballHome } from "../installed/tarballs.ts";
import { baseUrlOf, type Caller } from "./caller.ts";
import { stubFetch } from "./payload.ts";

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

/** One of our connectors, with every default policy. */
export function connectry(provider: string): Caller {
  return {
    stubbed: "the option `fetch`",
    async prepare(target) {
      const { create, auth, path, params } = reads[provider] as Read;
      const entry = createRequire(`${tarballHome}/package.json`).resolve(`@connectry/${provider}`);
      const module = (await import(pathToFileURL(entry).href)) as Record<string, Create>;
      const client = module[create]?.({
        auth,
        baseUrl: baseUrlOf(target),
        ...(target.kind === "stub" && { fetch: stubFetch }),
      });
      if (client === undefined) throw new Error(`@connectry/${provider} exports no ${create}.`);
      const init = { params };
      return async () => (await client.GET(path, init)).data;
    },
  };
}
