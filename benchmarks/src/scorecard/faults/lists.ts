import type { ServerPlan } from "../server/fault-server.ts";
import { type ListPlan, pageReply } from "../server/pages.ts";
import { respond } from "../server/reply.ts";
import type { CallPlan, FaultGroup } from "./fault.ts";

const call: CallPlan = { kind: "list", limit: 500 };

function list(plan: ListPlan): ServerPlan {
  return {
    replies: (request, { url, otherUrl, number, pages }) =>
      plan.instead?.request === number ? plan.instead.reply : pageReply(plan, pages, { request, url, otherUrl }),
  };
}

/** Lists whose pages are not as expected. */
export const lists: FaultGroup = {
  title: "Lists",
  faults: [
    {
      id: "list",
      title: "has three pages of three items",
      call,
      server: list({ sizes: [3, 3, 3] }),
      expected: { outcome: "value", requests: [3, 4], items: 9 },
      why: "So that the failures below are those of their pages.",
    },
    {
      id: "list-short-page",
      title: "has a page with fewer items than the others, and more behind it",
      call,
      server: list({ sizes: [3, 1, 3] }),
      expected: { outcome: "value", requests: [3, 4], items: 7 },
      why: "A page may be shorter: https://docs.slack.dev/apis/web-api/pagination",
    },
    {
      id: "list-empty-page",
      title: "has an empty page that says there are more",
      call,
      server: list({ sizes: [3, 0, 3] }),
      expected: { outcome: "either", requests: [2, 4], items: 6 },
      why: "An empty page may have a successor: https://docs.slack.dev/apis/web-api/pagination. Where the cursor is the last item, it is an error.",
    },
    {
      id: "list-repeated-cursor",
      title: "leads from its second page to its second page",
      call,
      server: list({ sizes: [3, 3, 3], loop: { from: 2, to: 2 } }),
      expected: { outcome: "error", requests: [2, 6] },
      why: "It does not end by itself.",
    },
    {
      id: "list-cycle",
      title: "leads from its third page back to its first",
      call,
      server: list({ sizes: [3, 3, 3], loop: { from: 3, to: 1 } }),
      expected: { outcome: "error", requests: [3, 7] },
      why: "It does not end by itself.",
    },
    {
      id: "list-leads-away",
      title: "links to another origin",
      call,
      server: list({ sizes: [3, 3], leadsAway: true }),
      expected: { outcome: "either", requests: [1, 3] },
      why: "The credential is for one origin.",
    },
    {
      id: "list-503",
      title: "responds with 503 once, instead of the second page",
      call,
      server: list({ sizes: [3, 3, 3], instead: { request: 2, reply: respond({ status: 503 }) } }),
      expected: { outcome: "value", requests: [4, 5], items: 9 },
      why: "Each page is a read.",
    },
    {
      id: "list-no-items",
      title: "responds to the second page with an object that has no items",
      call,
      server: list({ sizes: [3, 3, 3], instead: { request: 2, reply: respond({ body: '{"ok":true}' }) } }),
      expected: { outcome: "error", requests: [2, 6] },
      why: "A list that ends too early looks complete.",
    },
  ],
};
