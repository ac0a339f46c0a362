import { attemptTimeoutMs } from "../faults/fault.ts";
import type { PageFormat } from "../server/pages.ts";
import type { Subject, Target } from "./subject.ts";

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const idOf = (data: unknown) => (data as { id?: unknown } | undefined)?.id;
const linkPages: PageFormat = { kind: "link-header", items: "by-path" };

const axiosRetry: Subject = {
  id: "axios-retry",
  name: "axios + axios-retry",
  group: "http",
  settings: `three retries, its default, with \`retryDelay: axiosRetry.exponentialDelay\`; \`timeout: ${attemptTimeoutMs}\`, \`shouldResetTimeout: true\``,
  page: "https://github.com/softonic/axios-retry#usage",
  can: ["abort", "stream"],
  operations: ["/widgets"],
  async open({ url, secret }) {
    const { default: axios } = await import("axios");
    const { default: retry } = await import("axios-retry");
    const client = axios.create({ baseURL: url, headers: bearer(secret), timeout: attemptTimeoutMs });
    retry(client, { retryDelay: retry.exponentialDelay, shouldResetTimeout: true });
    return {
      read: async ({ signal, name = "w_1" }) =>
        idOf((await client.get(`/widgets/${name}`, { ...(signal && { signal }) })).data),
      write: async ({ signal }) =>
        idOf((await client.post("/widgets", { name: "Steam engine" }, { ...(signal && { signal }) })).data),
      openStream: async () => (await client.get("/widgets/w_1/drawing", { responseType: "stream" })).data,
    };
  },
};

/** A token that hooks of ky and got renew, as the pages of both show it. */
function tokenOf({ secret, refresh }: Target) {
  return { secret, refresh: async () => (await refresh?.()) ?? secret };
}

const ky: Subject = {
  id: "ky",
  name: "ky",
  group: "http",
  settings: `\`timeout: ${attemptTimeoutMs}\`; two retries, its default; a token is renewed in \`afterResponse\``,
  page: "https://github.com/sindresorhus/ky#afterresponse",
  can: ["abort", "refresh", "stream"],
  operations: ["/widgets"],
  async open(target) {
    const { default: create } = await import("ky");
    const token = tokenOf(target);
    const client = create.create({
      baseUrl: target.url,
      headers: bearer(target.secret),
      timeout: attemptTimeoutMs,
      ...(target.refresh && {
        hooks: {
          afterResponse: [
            async ({ request, response, retryCount }) => {
              if (response.status !== 401 || retryCount > 0) return;
              const headers = new Headers(request.headers);
              headers.set("authorization", `Bearer ${await token.refresh()}`);
              return create.retry({ request: new Request(request, { headers }), code: "TOKEN_REFRESHED" });
            },
          ],
        },
      }),
    });
    return {
      read: async ({ signal, name = "w_1" }) =>
        idOf(await client.get(`/widgets/${name}`, { ...(signal && { signal }) }).json()),
      write: async ({ signal }) =>
        idOf(await client.post("/widgets", { json: { name: "Steam engine" }, ...(signal && { signal }) }).json()),
      openStream: () => client.get("/widgets/w_1/drawing"),
    };
  },
};

const got: Subject = {
  id: "got",
  name: "got",
  group: "http",
  settings: `\`timeout: { request: ${attemptTimeoutMs} }\`; two retries, its default; a token is renewed in \`afterResponse\``,
  page: "https://github.com/sindresorhus/got/blob/main/documentation/9-hooks.md#afterresponse",
  can: ["abort", "list", "refresh", "stream"],
  operations: ["/widgets"],
  pages: linkPages,
  async open(target) {
    const { default: create } = await import("got");
    const token = tokenOf(target);
    const client = create.extend({
      prefixUrl: target.url,
      headers: bearer(target.secret),
      timeout: { request: attemptTimeoutMs },
      ...(target.refresh && {
        hooks: {
          afterResponse: [
            async (response, retryWithMergedOptions) =>
              response.statusCode === 401
                ? retryWithMergedOptions({ headers: bearer(await token.refresh()) })
                : response,
          ],
        },
      }),
    });
    return {
      read: async ({ signal, name = "w_1" }) =>
        idOf(await client.get(`widgets/${name}`, { ...(signal && { signal }) }).json()),
      write: async ({ signal }) =>
        idOf(await client.post("widgets", { json: { name: "Steam engine" }, ...(signal && { signal }) }).json()),
      async *list() {
        for await (const item of client.paginate("widgets")) yield idOf(item);
      },
      openStream: () =>
        new Promise((resolve, reject) => {
          const stream = client.stream("widgets/w_1/drawing");
          stream.on("response", () => resolve(stream)).on("error", reject);
        }),
    };
  },
};

interface WidgetPaths {
  "/widgets/{widget}": {
    get: { parameters: { path: { widget: string } }; responses: { 200: { content: { "application/json": unknown } } } };
  };
  "/widgets": {
    post: {
      requestBody: { content: { "application/json": { name: string } } };
      responses: { 200: { content: { "application/json": unknown } } };
    };
  };
}

const openapiFetch: Subject = {
  id: "openapi-fetch",
  name: "openapi-fetch",
  group: "http",
  settings: `\`AbortSignal.timeout(${attemptTimeoutMs})\`, since it has neither timeouts nor retries; an \`error\` that it returns counts as one`,
  page: "https://openapi-ts.dev/openapi-fetch/api",
  can: ["abort", "stream"],
  operations: ["/widgets"],
  async open({ url, secret }) {
    const { default: createClient } = await import("openapi-fetch");
    const client = createClient<WidgetPaths>({ baseUrl: url, headers: bearer(secret) });
    const timeout = () => AbortSignal.timeout(attemptTimeoutMs);
    const within = (signal: AbortSignal | undefined) => ({
      signal: signal ? AbortSignal.any([signal, timeout()]) : timeout(),
    });
    const data = async (call: Promise<{ data?: unknown; error?: unknown; response: Response }>) => {
      const { data, error, response } = await call;
      // It returns failures, and the program has to look: what it returned is what an error would say.
      if (!response.ok)
        throw Object.assign(new Error("a failure was returned"), {
          error,
          response: { status: response.status, url: response.url, headers: [...response.headers] },
        });
      return idOf(data);
    };
    return {
      read: ({ signal, name = "w_1" }) =>
        data(client.GET("/widgets/{widget}", { params: { path: { widget: name } }, ...within(signal) })),
      write: ({ signal }) => data(client.POST("/widgets", { body: { name: "Steam engine" }, ...within(signal) })),
      openStream: async () =>
        (await client.GET("/widgets/{widget}", { params: { path: { widget: "w_1" } }, parseAs: "stream" })).data,
    };
  },
};

/** Clients that know no provider. */
export const httpSubjects: readonly Subject[] = [axiosRetry, ky, got, openapiFetch];
