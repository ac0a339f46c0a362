import assert from "node:assert/strict";
import { test } from "node:test";
import type { Connector, Fetch } from "./bundle-connector.ts";
import { aspects, callOperations } from "./call.ts";

const text = { type: "string" };
const body = { content: { "application/json": { schema: { type: "object", properties: { name: text } } } } };
const document = {
  components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
  security: [{ key: [] }],
  paths: {
    "/things/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
      post: {
        parameters: [{ name: "tags", in: "query", explode: false, schema: { type: "array", items: text } }],
        requestBody: body,
        responses: { 200: body },
      },
    },
  },
};

interface Sent {
  readonly path: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A connector that sends by hand what the document says, but for what the test changes. */
function connector(change: (sent: Sent) => Sent, read = (data: unknown) => data): Connector {
  const createAcme = (options: object) => ({
    async POST(_path: string, init: object) {
      const { params, body } = init as { params: { path: { id: number }; query: { tags: string[] } }; body: object };
      const sent = change({
        path: `/things/${params.path.id}`,
        query: `tags=${params.query.tags.map(encodeURIComponent).join(",")}`,
        headers: { authorization: "Bearer key", accept: "application/json", "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const { fetch } = options as { fetch: Fetch };
      const { headers } = sent;
      const response = await fetch(`https://acme.test${sent.path}?${sent.query}`, {
        method: "POST",
        headers,
        body: sent.body,
      });
      return { data: read(await response.json()) };
    },
    async *paginate() {},
  });
  return { createAcme, profile: { auth: { kind: "bearer" } }, facts: { pages: {} } };
}

const draw = { seed: 1, count: 20 };
const wrongIn = async (one: Connector) => {
  const { right } = await callOperations(document, one, draw);
  return aspects.filter((aspect) => right[aspect] === 0);
};

test("a request as the document has it is right in every respect", async () => {
  const calls = await callOperations(
    document,
    connector((sent) => sent),
    draw,
  );
  assert.deepEqual(calls.reasons, {});
  assert.deepEqual([calls.called, calls.parameters, calls.bodies], [1, 2, 1]);
});

test("each wrong part of a request or response is found, and no other", async () => {
  const rows: [Connector, string][] = [
    [connector((sent) => ({ ...sent, path: `${sent.path}/` })), "path"],
    [connector((sent) => ({ ...sent, query: sent.query.replace(/,(?!$)/, "%2C") })), "query"],
    [connector((sent) => ({ ...sent, headers: { ...sent.headers, accept: "text/html" } })), "headers"],
    [connector((sent) => ({ ...sent, body: `${sent.body} ` })), "body"],
    [connector((sent) => ({ ...sent, headers: { ...sent.headers, "content-type": "text/plain" } })), "body"],
    [connector(({ headers: { authorization: _, ...headers }, ...sent }) => ({ ...sent, headers })), "credential"],
    [
      connector(
        (sent) => sent,
        (data) => ({ ...(data as object), more: 1 }),
      ),
      "data",
    ],
  ];
  for (const [one, want] of rows) assert.deepEqual(await wrongIn(one), [want]);
});

test("a call that is not sent is wrong in every respect, with its reason", async () => {
  const broken = connector(() => {
    throw new Error("POST /things/{id}: cannot be sent.");
  });
  assert.deepEqual(await wrongIn(broken), [...aspects]);
  const { reasons } = await callOperations(document, broken, draw);
  assert.deepEqual(reasons, { "not sent: cannot be sent.": ["POST /things/{id}"] });
});
