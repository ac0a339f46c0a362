import type { Subject } from "./subjects/subject.ts";

/** A provider: our connector, its official package, and the same calls as text. */
export interface ProviderSubjects {
  readonly id: string;
  readonly create: string;
  /** The schema module of the document that describes the calls. */
  readonly schema: string;
  readonly origin: string;
  /** The two calls, for our connector and for openapi-fetch. */
  readonly calls: readonly [first: string, second: string];
  readonly read: string;
  /** The calls for openapi-fetch, where it needs other arguments. */
  readonly bareCalls?: readonly [first: string, second: string];
  /** The text after which a path is completed. */
  readonly completeBehind: string;
  readonly official: Omit<Subject, "from" | "name">;
}

/** The providers whose connector is compared with an official client. A connector that is not built is shown as missing. */
export const providers: readonly ProviderSubjects[] = [
  {
    id: "stripe",
    create: "createStripe",
    schema: "stripe",
    origin: "https://api.stripe.com",
    calls: [
      'client.POST("/v1/customers", { body: { email: "ada@example.com" } })',
      'client.GET("/v1/payment_intents/{intent}", { params: { path: { intent: "pi_1" } } })',
    ],
    read: "first?.id, second?.status",
    completeBehind: 'client.GET("',
    official: {
      packages: ["stripe"],
      setup: 'import Stripe from "stripe";\nconst client = new Stripe("sk_test_1");',
      calls: ['client.customers.create({ email: "ada@example.com" })', 'client.paymentIntents.retrieve("pi_1")'],
      read: "first.id, second.status",
      completeBehind: "client.paymentIntents.",
    },
  },
  {
    id: "github",
    create: "createGithub",
    schema: "github",
    origin: "https://api.github.com",
    calls: [
      'client.POST("/repos/{owner}/{repo}/issues", { params: { path: { owner: "ada", repo: "engine" } }, body: { title: "Steam" } })',
      'client.GET("/repos/{owner}/{repo}", { params: { path: { owner: "ada", repo: "engine" } } })',
    ],
    read: "first?.id, second?.full_name",
    completeBehind: 'client.GET("',
    official: {
      packages: ["@octokit/rest"],
      setup: 'import { Octokit } from "@octokit/rest";\nconst client = new Octokit({ auth: "ghp_1" });',
      calls: [
        'client.rest.issues.create({ owner: "ada", repo: "engine", title: "Steam" })',
        'client.rest.repos.get({ owner: "ada", repo: "engine" })',
      ],
      data: true,
      read: "first.id, second.full_name",
      completeBehind: "client.rest.repos.",
    },
  },
  {
    id: "hubspot",
    create: "createHubspot",
    schema: "contacts",
    origin: "https://api.hubapi.com",
    calls: [
      'client.POST("/crm/v3/objects/contacts", { body: { properties: { email: "ada@example.com" }, associations: [] } })',
      'client.GET("/crm/v3/objects/contacts/{contactId}", { params: { path: { contactId: "1" } } })',
    ],
    read: "first?.id, second?.properties",
    completeBehind: 'client.GET("',
    official: {
      packages: ["@hubspot/api-client"],
      setup: 'import { Client } from "@hubspot/api-client";\nconst client = new Client({ accessToken: "pat-1" });',
      calls: [
        'client.crm.contacts.basicApi.create({ properties: { email: "ada@example.com" }, associations: [] })',
        'client.crm.contacts.basicApi.getById("1")',
      ],
      read: "first.id, second.properties",
      completeBehind: "client.crm.contacts.basicApi.",
    },
  },
  {
    id: "slack",
    create: "createSlack",
    schema: "slack",
    origin: "https://slack.com/api",
    calls: [
      'client.POST("/chat.postMessage", { body: { channel: "C1", text: "Steam" } })',
      'client.GET("/conversations.info", { params: { query: { channel: "C1" } } })',
    ],
    read: "first?.ok, second?.channel",
    completeBehind: 'client.GET("',
    official: {
      packages: ["@slack/web-api"],
      setup: 'import { WebClient } from "@slack/web-api";\nconst client = new WebClient("xoxb-1");',
      calls: [
        'client.chat.postMessage({ channel: "C1", text: "Steam" })',
        'client.conversations.info({ channel: "C1" })',
      ],
      read: "first.ok, second.channel",
      completeBehind: "client.conversations.",
    },
  },
  {
    id: "twilio",
    create: "createTwilio",
    schema: "api",
    origin: "https://api.twilio.com",
    calls: [
      'client.POST("/2010-04-01/Accounts/{AccountSid}/Messages.json", { body: { To: "+15550001", From: "+15550002", Body: "Steam" } })',
      'client.GET("/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json", { params: { path: { Sid: "SM1" } } })',
    ],
    bareCalls: [
      'client.POST("/2010-04-01/Accounts/{AccountSid}/Messages.json", { params: { path: { AccountSid: "AC1" } }, body: { To: "+15550001", From: "+15550002", Body: "Steam" } })',
      'client.GET("/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json", { params: { path: { AccountSid: "AC1", Sid: "SM1" } } })',
    ],
    read: "first?.sid, second?.status",
    completeBehind: 'client.GET("',
    official: {
      packages: ["twilio"],
      setup: 'import twilio from "twilio";\nconst client = twilio("AC1", "token");',
      calls: [
        'client.messages.create({ to: "+15550001", from: "+15550002", body: "Steam" })',
        'client.messages("SM1").fetch()',
      ],
      read: "first.sid, second.status",
      completeBehind: "client.messages.",
    },
  },
];

/** Clients without a provider: the first call of Stripe, written by hand. */
export const plainSubjects: readonly Subject[] = [
  {
    name: "axios + axios-retry",
    from: "registry",
    packages: ["axios", "axios-retry"],
    setup: [
      'import axios from "axios";',
      'import axiosRetry from "axios-retry";',
      'const client = axios.create({ baseURL: "https://api.stripe.com", headers: { authorization: "Bearer sk_test_1" } });',
      "axiosRetry(client, { retries: 2 });",
    ].join("\n"),
    calls: [
      'client.post<{ id: string }>("/v1/customers", new URLSearchParams({ email: "ada@example.com" }))',
      'client.get<{ status: string }>("/v1/payment_intents/pi_1")',
    ],
    data: true,
    read: "first.id, second.status",
  },
  {
    name: "ky",
    from: "registry",
    packages: ["ky"],
    setup:
      'import ky from "ky";\nconst client = ky.create({ baseUrl: "https://api.stripe.com", headers: { authorization: "Bearer sk_test_1" } });',
    calls: [
      'client.post("/v1/customers", { body: new URLSearchParams({ email: "ada@example.com" }) }).json<{ id: string }>()',
      'client.get("/v1/payment_intents/pi_1").json<{ status: string }>()',
    ],
    read: "first.id, second.status",
  },
];

/** openapi-fetch without the types of any document: what is installed, imported and bundled. */
export const openapiFetch: Subject = {
  name: "openapi-fetch",
  from: "registry",
  packages: ["openapi-fetch"],
  setup:
    'import createClient from "openapi-fetch";\nconst client = createClient({ baseUrl: "https://api.stripe.com", headers: { authorization: "Bearer sk_test_1" } });',
  calls: [
    'client.POST("/v1/customers", { body: { email: "ada@example.com" } })',
    'client.GET("/v1/payment_intents/{intent}", { params: { path: { intent: "pi_1" } } })',
  ],
  data: true,
  read: "first, second",
};

/** Our connector of a provider. */
export function ours({ id, create, calls, read, completeBehind }: ProviderSubjects): Subject {
  const name = `@connectry/${id}`;
  const setup = `import { ${create} } from "${name}";\nconst client = ${create}();`;
  return { name, from: "tarballs", packages: [name], setup, calls, data: true, read, completeBehind };
}

/** The provider's own package. */
export function official({ official: subject }: ProviderSubjects): Subject {
  return { name: subject.packages.join(" + "), from: "registry", ...subject };
}

/** openapi-fetch with the types that openapi-typescript generates from the document of our connector. */
export function openapiFetchOf({
  id,
  schema,
  origin,
  calls,
  bareCalls,
  read,
  completeBehind,
}: ProviderSubjects): Subject {
  const types = `@connectry/${id}/dist/generated/schemas/${schema}.cjs`;
  return {
    name: `openapi-fetch, ${id}'s document${schema === id ? "" : ` ${schema}`}`,
    from: "tarballs",
    packages: ["openapi-fetch"],
    setup: `import createClient from "openapi-fetch";\nimport type { paths } from "../../node_modules/${types}";\nconst client = createClient<paths>({ baseUrl: "${origin}" });`,
    calls: bareCalls ?? calls,
    data: true,
    read,
    completeBehind,
  };
}
