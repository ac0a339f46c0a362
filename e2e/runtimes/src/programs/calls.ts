import { createGithub } from "@connectry/github";
import { createSlack } from "@connectry/slack";
import { createStripe, NotFoundError } from "@connectry/stripe";
import type { Addresses, Checks } from "./check.ts";

const stripeOf = ({ stripe }: Addresses) => createStripe({ auth: "sk_test_runtime", baseUrl: stripe });
const githubOf = ({ github }: Addresses) => createGithub({ auth: "ghp_runtime", baseUrl: github });
const slackOf = ({ slack }: Addresses) => createSlack({ auth: "xoxb-runtime", baseUrl: slack });

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let total = 0;
  for await (const _ of items) total += 1;
  return total;
}

/** Calls of the packed connectors: their results, retries and failures. */
export const calls: Checks = {
  "stripe creates a customer at the third attempt": {
    faults: () => ({
      stripe: [{ kind: "response", status: 503, times: 2, on: { method: "POST", path: "/v1/customers" } }],
    }),
    run: async (addresses) => {
      const { data, response } = await stripeOf(addresses).POST("/v1/customers", {
        body: { email: "ada@example.com", address: { city: "Łódź" } },
      });
      const statuses = response.attempts.map(({ status }) => status);
      return { email: data.email, city: data.address?.city, statuses };
    },
    expected: { email: "ada@example.com", city: "Łódź", statuses: [503, 503, 200] },
  },

  "stripe iterates over a list to its end": {
    run: (addresses) => count(stripeOf(addresses).paginate("/v1/charges")),
    expected: 25,
  },

  "stripe's .safe returns the typed error of an unknown charge": {
    faults: () => ({
      stripe: [
        {
          kind: "response",
          status: 404,
          body: { error: { code: "resource_missing", message: "No such charge" } },
          on: { path: "/v1/charges/ch_missing" },
        },
      ],
    }),
    run: async (addresses) => {
      const params = { path: { charge: "ch_missing" } };
      const { error } = await stripeOf(addresses).safe.GET("/v1/charges/{charge}", { params });
      return {
        name: error?.name,
        status: error && "status" in error && error.status,
        ours: NotFoundError.isInstance(error),
      };
    },
    expected: { name: "NotFoundError", status: 404, ours: true },
  },

  "github retries a read after the connection is reset within the body": {
    faults: () => ({ github: [{ kind: "reset", after: "half-body", on: { path: "/repos/octocat/hello-world" } }] }),
    run: async (addresses) => {
      const { data, response } = await githubOf(addresses).GET("/repos/{owner}/{repo}", {
        params: { path: { owner: "octocat", repo: "hello-world" } },
      });
      return { id: typeof data.id, verdicts: response.attempts.map(({ verdict }) => verdict) };
    },
    expected: { id: "number", verdicts: ["transient", "success"] },
  },

  "github iterates over a list by its Link header": {
    run: (addresses) =>
      count(githubOf(addresses).paginate("/users/{username}/repos", { params: { path: { username: "octocat" } } })),
    expected: 25,
  },

  "github follows a redirect within its origin": {
    faults: ({ github }) => ({
      github: [
        {
          kind: "response",
          status: 301,
          headers: { location: `${github}/repos/octocat/hello-world/branches/main` },
          on: { path: "/repos/octocat/renamed/branches/main" },
        },
      ],
    }),
    run: async (addresses) => {
      const { data, response } = await githubOf(addresses).GET("/repos/{owner}/{repo}/branches/{branch}", {
        params: { path: { owner: "octocat", repo: "renamed", branch: "main" } },
      });
      return { name: typeof data.name, path: new URL(response.url).pathname };
    },
    expected: { name: "string", path: "/repos/octocat/hello-world/branches/main" },
  },

  "github gives up on a stalled response when the deadline is over": {
    faults: () => ({ github: [{ kind: "stall", after: "headers", times: 3, on: { path: "/emojis" } }] }),
    run: async (addresses) => {
      const { error } = await githubOf(addresses).safe.GET("/emojis", { deadlineMs: 300 });
      return error?.name;
    },
    expected: "TimeoutError",
  },

  "github ends at once when its caller aborts, with the caller's reason": {
    faults: () => ({ github: [{ kind: "stall", after: "request", on: { path: "/meta" } }] }),
    run: async (addresses) => {
      const caller = new AbortController();
      const call = githubOf(addresses).GET("/meta", { signal: caller.signal });
      setTimeout(() => caller.abort("no longer needed"), 50);
      return await call.catch((reason: unknown) => reason);
    },
    expected: "no longer needed",
  },

  "slack's `ok: false` in a 200 is a typed error": {
    faults: () => ({
      slack: [{ kind: "response", body: { ok: false, error: "missing_scope" }, on: { path: "/chat.postMessage" } }],
    }),
    run: async (addresses) => {
      const { error } = await slackOf(addresses).safe.POST("/chat.postMessage", {
        body: { channel: "C1", text: "Hi" },
      });
      return { name: error?.name, code: error && "code" in error && error.code };
    },
    expected: { name: "PermissionDeniedError", code: "missing_scope" },
  },

  "slack waits as long as a 429 asks, and continues": {
    faults: () => ({
      slack: [{ kind: "response", status: 429, headers: { "retry-after": "1" }, on: { path: "/auth.test" } }],
    }),
    run: async (addresses) => {
      const { data, response } = await slackOf(addresses).GET("/auth.test");
      const waitedMs = response.attempts[0]?.waitedMs ?? 0;
      return { ok: data.ok, statuses: response.attempts.map(({ status }) => status), asAsked: waitedMs >= 1_000 };
    },
    expected: { ok: true, statuses: [429, 200], asAsked: true },
  },

  "slack iterates over a list by its cursor": {
    run: (addresses) => count(slackOf(addresses).paginate("/users.list", { params: { query: { limit: 10 } } })),
    expected: 25,
  },
};
