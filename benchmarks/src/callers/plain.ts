import { bareFetch } from "./bare-fetch.ts";
import { baseUrlOf, type Caller } from "./caller.ts";
import { payload, payloadHeaders, stubFetch } from "./payload.ts";

const headers = { authorization: "Bearer sk_test_1" };

const axiosRetry: Caller = {
  stubbed: "the adapter of axios",
  async prepare(target) {
    const { default: axios } = await import("axios");
    const { default: retry } = await import("axios-retry");
    const client = axios.create({ baseURL: baseUrlOf(target), headers });
    if (target.kind === "stub") {
      client.defaults.adapter = async (config) => ({
        ...{ data: payload, status: 200, statusText: "OK", headers: payloadHeaders, config },
      });
    }
    retry(client, { retries: 2 });
    return async () => (await client.get("/v1/customers/cus_1")).data;
  },
};

const ky: Caller = {
  stubbed: "the option `fetch`",
  async prepare(target) {
    const { default: create } = await import("ky");
    const client = create.create({
      baseUrl: baseUrlOf(target),
      headers,
      ...(target.kind === "stub" && { fetch: stubFetch }),
    });
    return () => client.get("/v1/customers/cus_1").json();
  },
};

interface StripePaths {
  "/v1/customers/{customer}": {
    get: {
      parameters: { path: { customer: string } };
      responses: { 200: { content: { "application/json": unknown } } };
    };
  };
}

const openapiFetch: Caller = {
  stubbed: "the option `fetch`",
  async prepare(target) {
    const { default: createClient } = await import("openapi-fetch");
    const client = createClient<StripePaths>({
      baseUrl: baseUrlOf(target),
      headers,
      ...(target.kind === "stub" && { fetch: stubFetch }),
    });
    const init = { params: { path: { customer: "cus_1" } } };
    return async () => (await client.GET("/v1/customers/{customer}", init)).data;
  },
};

/** What the transport on undici is to be compared with. */
const undiciRequest: Caller = {
  stubbed: "a function in place of `request`",
  async prepare(target) {
    const { request } = await import("undici");
    const url = `${baseUrlOf(target)}/v1/customers/cus_1`;
    if (target.kind === "stub") return async () => JSON.parse(payload);
    return async () => (await request(url, { headers })).body.json();
  },
};

/** Clients that know no provider, by the names of the tables. */
export const plainCallers: Readonly<Record<string, Caller>> = {
  "bare fetch": bareFetch,
  "undici request": undiciRequest,
  "axios + axios-retry": axiosRetry,
  ky,
  "openapi-fetch": openapiFetch,
};
