import { attemptTimeoutMs } from "../faults/fault.ts";
import type { PageFormat } from "../server/pages.ts";
import type { Subject } from "./subject.ts";

// The widget has an id, and the types of Slack's responses have none.
const idOf = (response: object) => (response as { id?: unknown }).id;
const host = (url: string) => new URL(url);

// The formats of the vendors' pages, for their own packages: https://docs.stripe.com/api/pagination
const stripePages: PageFormat = { kind: "cursor", items: ["data"], from: { lastItem: ["id"] }, more: ["has_more"] };
// https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
const githubPages: PageFormat = { kind: "link-header", items: "by-path" };
// https://docs.slack.dev/apis/web-api/pagination
const slackPages: PageFormat = {
  kind: "cursor",
  items: ["channels"],
  from: { body: ["response_metadata", "next_cursor"] },
};
// https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information
const twilioPages: PageFormat = { kind: "next-url", items: ["messages"], next: ["next_page_uri"] };
// https://developers.openai.com/api/reference/resources/files/methods/list
const openaiPages: PageFormat = { kind: "cursor", items: ["data"], from: { lastItem: ["id"] }, more: ["has_more"] };

const stripe: Subject = {
  id: "stripe",
  name: "stripe",
  group: "providers",
  settings: `\`timeout: ${attemptTimeoutMs}\`; one retry, its default`,
  page: "https://github.com/stripe/stripe-node#network-retries",
  can: ["list"],
  operations: ["/customers"],
  pages: stripePages,
  idempotencyHeader: "idempotency-key",
  async open({ url, secret }) {
    const { default: Stripe } = await import("stripe");
    const { hostname, port, protocol } = host(url);
    const client = new Stripe(secret, {
      host: hostname,
      port,
      protocol: protocol === "https:" ? "https" : "http",
      timeout: attemptTimeoutMs,
    });
    return {
      read: async ({ name = "cus_1" }) => (await client.customers.retrieve(name)).id,
      write: async () => (await client.customers.create({ name: "Steam engine" })).id,
      async *list() {
        for await (const { id } of client.customers.list({ limit: 3 })) yield id;
      },
    };
  },
};

const signalMs = 18_000;

const octokit: Subject = {
  id: "octokit",
  name: "@octokit/rest + retry + throttling",
  group: "providers",
  settings: `one retry after a rate limit and none after a secondary one, as in the README of its plugin; \`AbortSignal.timeout(${signalMs})\` for a call, since it has no timeout and its three retries take 14 s`,
  page: "https://github.com/octokit/plugin-throttling.js#usage",
  can: ["abort", "list", "quota"],
  operations: ["/repos/ada"],
  pages: githubPages,
  async open({ url, secret }) {
    const [{ Octokit }, { retry }, { throttling }] = await Promise.all([
      import("@octokit/rest"),
      import("@octokit/plugin-retry"),
      import("@octokit/plugin-throttling"),
    ]);
    const quiet = { debug() {}, info() {}, warn() {}, error() {} };
    const client = new (Octokit.plugin(retry, throttling))({
      auth: secret,
      baseUrl: url,
      log: quiet,
      throttle: {
        // Its queues are those of all clients of a process with the same id.
        id: url,
        onRateLimit: (...[, , , retryCount]) => retryCount < 1,
        onSecondaryRateLimit: () => {},
      },
    });
    const timeout = () => AbortSignal.timeout(signalMs);
    const request = (signal: AbortSignal | undefined) => ({
      request: { signal: signal ? AbortSignal.any([signal, timeout()]) : timeout() },
    });
    return {
      read: async ({ signal, name = "engine" }) =>
        (await client.rest.repos.get({ owner: "ada", repo: name, ...request(signal) })).data?.id,
      write: async ({ signal }) =>
        (await client.rest.issues.create({ owner: "ada", repo: "engine", title: "Steam", ...request(signal) })).data
          ?.id,
      async *list() {
        const pages = client.paginate.iterator(client.rest.repos.listForOrg, { org: "ada" });
        for await (const { data } of pages) for (const { id } of data) yield id;
      },
    };
  },
};

const slack: Subject = {
  id: "slack-web-api",
  name: "@slack/web-api",
  group: "providers",
  settings: `\`timeout: ${attemptTimeoutMs}\`; ten retries in about 30 minutes, its default`,
  page: "https://docs.slack.dev/tools/node-slack-sdk/web-api/#automatic-retries",
  can: ["list"],
  operations: ["conversations.info", "chat.postMessage"],
  pages: slackPages,
  async open({ url, secret }) {
    const { LogLevel, WebClient } = await import("@slack/web-api");
    const client = new WebClient(secret, {
      slackApiUrl: `${url}/api/`,
      timeout: attemptTimeoutMs,
      logLevel: LogLevel.ERROR,
    });
    return {
      read: async ({ name = "C1" }) => idOf(await client.conversations.info({ channel: name })),
      write: async () => idOf(await client.chat.postMessage({ channel: "C1", text: "Steam" })),
      async *list() {
        for await (const page of client.paginate("conversations.list", { limit: 3 })) {
          const { channels = [] } = page as { channels?: { id?: string }[] };
          for (const { id } of channels) yield id;
        }
      },
    };
  },
};

const hubspot: Subject = {
  id: "hubspot-api-client",
  name: "@hubspot/api-client",
  group: "providers",
  settings:
    "`numberOfApiCallRetries: 3`, as in its README; its limiter of nine calls a second is off; it has neither a timeout nor a signal",
  page: "https://github.com/HubSpot/hubspot-api-nodejs#retry-mechanism",
  can: [],
  operations: ["/contacts"],
  async open({ url, secret }) {
    const { Client } = await import("@hubspot/api-client");
    const client = new Client({
      accessToken: secret,
      basePath: url,
      numberOfApiCallRetries: 3,
      limiterOptions: { minTime: 0, maxConcurrent: null },
    });
    const contacts = client.crm.contacts.basicApi;
    return {
      read: async ({ name = "1" }) => (await contacts.getById(name)).id,
      write: async () => (await contacts.create({ properties: { email: "ada@example.com" }, associations: [] })).id,
    };
  },
};

const twilio: Subject = {
  id: "twilio",
  name: "twilio",
  group: "providers",
  settings: `\`autoRetry: true, maxRetries: 3\`, as in its README; \`timeout: ${attemptTimeoutMs}\`; a wrapper of its RequestClient leads it to the server`,
  page: "https://github.com/twilio/twilio-node#enable-auto-retry-with-exponential-backoff",
  can: ["list"],
  operations: ["/Messages"],
  pages: twilioPages,
  async open({ url, secret }) {
    const { default: createTwilio } = await import("twilio");
    const options = { autoRetry: true, maxRetries: 3, timeout: attemptTimeoutMs };
    const httpClient = new createTwilio.RequestClient(options);
    const send: typeof httpClient.request = httpClient.request.bind(httpClient);
    httpClient.request = (request) => send({ ...request, uri: request.uri.replace("https://api.twilio.com", url) });
    const client = createTwilio("AC0123456789abcdef0123456789abcdef", secret, { ...options, httpClient });
    return {
      read: async ({ name = "SM1" }) => (await client.messages(name).fetch()).sid,
      write: async () => (await client.messages.create({ to: "+15550001", from: "+15550002", body: "Steam" })).sid,
      async *list() {
        for (const { sid } of await client.messages.list({ pageSize: 3, limit: 1_000 })) yield sid;
      },
    };
  },
};

const openai: Subject = {
  id: "openai",
  name: "openai",
  group: "providers",
  settings: `\`timeout: ${attemptTimeoutMs}\`; two retries, its default`,
  page: "https://github.com/openai/openai-node#retries",
  can: ["abort", "list"],
  operations: ["/files/", "/responses"],
  pages: openaiPages,
  async open({ url, secret }) {
    const { default: OpenAI } = await import("openai");
    const client = new OpenAI({ apiKey: secret, baseURL: `${url}/v1`, timeout: attemptTimeoutMs, logLevel: "off" });
    return {
      read: async ({ signal, name = "file-1" }) => (await client.files.retrieve(name, { signal }))?.id,
      write: async ({ signal }) =>
        (await client.responses.create({ model: "gpt-4.1", input: "Steam" }, { signal }))?.id,
      async *list() {
        for await (const { id } of client.files.list({ limit: 3 })) yield id;
      },
    };
  },
};

/** The packages of providers, in the settings that they recommend. */
export const providerSubjects: readonly Subject[] = [stripe, octokit, slack, hubspot, twilio, openai];
