// What the site has: its pages in the order of the navigation. A page is a Markdown file of pages/, or is generated.

/** A page that is written by hand, in pages/: `tasks/make-a-call` is pages/tasks/make-a-call.md. */
export interface Entry {
  readonly path: string;
  readonly title: string;
}

/** A heading of the navigation, and its pages. */
export interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const entry = (path: string, title: string): Entry => ({ path, title });

/** The pages of pages/. Those of connectors follow from the list of connectors. */
export const groups: readonly Group[] = [
  { title: "Start", entries: [entry("start", "Start in five minutes"), entry("why", "Why not the official SDKs")] },
  {
    title: "Tasks",
    entries: [
      entry("tasks/make-a-call", "Make a call"),
      entry("tasks/pass-a-credential", "Pass a credential"),
      entry("tasks/accounts", "Accounts and tokens"),
      entry("tasks/handle-failures", "Handle failures"),
      entry("tasks/read-a-list", "Read a list"),
      entry("tasks/send-many", "Send many"),
      entry("tasks/send-files", "Send files"),
      entry("tasks/wait", "Wait for what takes long"),
      entry("tasks/receive-events", "Receive event streams"),
      entry("tasks/graphql", "Send GraphQL"),
      entry("tasks/cache", "Cache responses"),
      entry("tasks/rate-limits", "Keep to rate limits"),
      entry("tasks/receive-webhooks", "Receive webhooks"),
      entry("tasks/several-processes", "Run several processes"),
      entry("tasks/observe", "See what happens"),
      entry("tasks/test", "Test your code"),
      entry("tasks/agents", "Give agents tools"),
      entry("tasks/own-connector", "Make a connector"),
    ],
  },
  {
    title: "Reference",
    entries: [
      entry("options", "All options"),
      entry("errors", "Errors"),
      entry("what-happens-when", "What happens when ..."),
      entry("webhooks", "Webhook schemes"),
      entry("webhook-adapters", "Webhooks in every framework"),
      entry("scale", "Scale"),
      entry("security", "Security"),
    ],
  },
  {
    title: "Recipes",
    entries: [
      entry("recipes/sync-job", "A sync job"),
      entry("recipes/multi-tenant", "A multi-tenant SaaS"),
      entry("recipes/bot", "A bot"),
      entry("recipes/queue", "Webhooks in a queue"),
      entry("recipes/ai-streaming", "AI streaming"),
    ],
  },
  {
    title: "Come from",
    entries: [
      entry("guides/stripe-node", "stripe-node"),
      entry("guides/octokit", "Octokit"),
      entry("guides/slack-web-api", "@slack/web-api"),
      entry("guides/axios-retry", "axios + axios-retry"),
      entry("guides/openapi-fetch", "openapi-fetch"),
      entry("guides/graphql-request", "graphql-request"),
      entry("guides/bottleneck-node-cache", "bottleneck + node-cache"),
    ],
  },
  {
    title: "Architecture",
    entries: [
      entry("architecture/house", "The house and its layers"),
      entry("architecture/life-of-a-call", "The life of a call"),
      entry("architecture/responses-and-tokens", "Caches, tokens and webhooks"),
      entry("architecture/decisions", "Decisions"),
    ],
  },
];
