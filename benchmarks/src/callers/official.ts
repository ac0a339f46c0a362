import { baseUrlOf, type Caller } from "./caller.ts";
import { payload, payloadHeaders, stubFetch } from "./payload.ts";

/** Stripe's package. On loopback it keeps its default, a client on node:http. */
const stripe: Caller = {
  stubbed: "`createFetchHttpClient(stub)`",
  async prepare(target) {
    const { default: Stripe } = await import("stripe");
    const { hostname, port } = new URL(baseUrlOf(target));
    const stub = target.kind === "stub" && { httpClient: Stripe.createFetchHttpClient(stubFetch) };
    const client = new Stripe("sk_test_1", { protocol: "http", host: hostname, port, ...stub });
    return () => client.customers.retrieve("cus_1");
  },
};

/** GitHub's package. */
const octokit: Caller = {
  stubbed: "the option `request.fetch`",
  async prepare(target) {
    const { Octokit } = await import("@octokit/rest");
    const client = new Octokit({
      auth: "ghp_1",
      baseUrl: baseUrlOf(target),
      ...(target.kind === "stub" && { request: { fetch: stubFetch } }),
    });
    return async () => (await client.rest.repos.get({ owner: "ada", repo: "engine" })).data;
  },
};

/** HubSpot's package. Its limiter of nine calls per second is disabled, because otherwise it would be measured. */
const hubspot: Caller = {
  note: "its limiter of 9 calls/s is disabled, but still uses timers",
  stubbed: "the global `fetch`",
  async prepare(target) {
    if (target.kind === "stub") globalThis.fetch = stubFetch;
    const { Client } = await import("@hubspot/api-client");
    const client = new Client({
      accessToken: "pat-1",
      basePath: baseUrlOf(target),
      limiterOptions: { minTime: 0, maxConcurrent: null },
    });
    return () => client.crm.contacts.basicApi.getById("1");
  },
};

/** Slack's package. */
const slack: Caller = {
  stubbed: "the option `fetch`",
  async prepare(target) {
    const { WebClient } = await import("@slack/web-api");
    const client = new WebClient("xoxb-1", {
      slackApiUrl: `${baseUrlOf(target)}/api/`,
      ...(target.kind === "stub" && { fetch: stubFetch as typeof fetch }),
    });
    return () => client.conversations.info({ channel: "C1" });
  },
};

/** Twilio's package. It has no option for the base URL, so its HTTP client is replaced by one that sends to another URL. */
const twilio: Caller = {
  stubbed: "the adapter of its axios",
  note: "led here by a wrapper of its RequestClient, which changes the address",
  async prepare(target) {
    const { default: createTwilio } = await import("twilio");
    const base = baseUrlOf(target);
    const httpClient = new createTwilio.RequestClient();
    const send: typeof httpClient.request = httpClient.request.bind(httpClient);
    httpClient.request = (options) => send({ ...options, uri: options.uri.replace("https://api.twilio.com", base) });
    if (target.kind === "stub") {
      httpClient.axios.defaults.adapter = async (config) => ({
        ...{ data: payload, status: 200, statusText: "OK", headers: payloadHeaders, config },
      });
    }
    const client = createTwilio("AC1", "token", { httpClient });
    return () => client.messages("SM1").fetch();
  },
};

/** Each provider's own package, by provider. */
export const officialCallers: Readonly<Record<string, Caller>> = { stripe, github: octokit, hubspot, slack, twilio };
