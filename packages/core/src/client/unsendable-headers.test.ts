import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { fetchTransport } from "../transport/fetch-transport.js";
import { nodeTransport } from "../transport/node/node-transport.js";
import { undiciTransport } from "../undici/undici-transport.js";

const canary = "canary-value";
// RFC 9110, section 5.5, and what `fetch`, `node:http` and undici accept.
const unsendable = {
  "a line break": `${canary}\n${canary}`,
  "a trailing line break": `${canary}\r\n`,
  "a header of its own": `${canary}\r\nx-other: ${canary}`,
  "a NUL": `${canary}\0`,
  "another control character": `${canary}\x01`,
  "a character beyond Latin-1": `${canary}€`,
};
const values = Object.entries(unsendable);
const transports = { fetch: fetchTransport(), "node:http": nodeTransport, undici: undiciTransport() };

/** The error of a failure: ours, without the value in any of its texts. */
function expectHidden(error: Error): string {
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain(canary);
  expect(error.cause).toBeUndefined();
  return error.message;
}

/** The error of a function that throws. */
async function thrownBy(run: () => unknown): Promise<Error> {
  return rejection((async () => run())());
}

describe.each(Object.entries(transports))("over %s", (_, transport) => {
  test.each(values)(
    "R44: a header with %s is a ConfigurationError that names it, before anything is sent",
    async (_name, value) => {
      const server = await serve();
      const acme = createAcme({ baseUrl: server.url, transport });
      const sends = [
        acme.GET("/things", { headers: { "x-note": value } }),
        acme.GET("/things", { params: { header: { "x-note": value } } }),
        acme.POST("/things", { body: {}, headers: { "x-note": value } }),
      ];
      for (const send of sends) {
        expect(expectHidden(await rejection(send))).toBe("Header `x-note` must be one line of Latin-1 text.");
      }
      expect(server.requests).toEqual([]);
    },
  );
});

describe.each(values)("R44: with %s in it", (_, value) => {
  test("a header of the client is a ConfigurationError that names it", async () => {
    expect(expectHidden(await thrownBy(() => createAcme({ headers: { "x-note": value } })))).toContain("`x-note`");
  });

  test("an API version is a ConfigurationError that names its header", async () => {
    const create = () => createAcme({ apiVersion: value }, { versionHeader: "acme-version" });
    expect(expectHidden(await thrownBy(create))).toContain("`acme-version`");
  });

  test("an idempotency key is a ConfigurationError that names it, as an option or a header", async () => {
    const { fetch, requests } = stubFetch();
    const acme = createAcme({ fetch });
    expect(expectHidden(await rejection(acme.POST("/things", { idempotencyKey: value })))).toContain("idempotencyKey");
    const headers = { "idempotency-key": value };
    expect(expectHidden(await rejection(acme.POST("/things", { headers })))).toContain("`idempotency-key`");
    expect(requests).toEqual([]);
  });

  test("a credential is a ConfigurationError that names `auth`, from an option or a function, in any scheme", async () => {
    const { fetch, requests } = stubFetch();
    for (const auth of [
      { kind: "bearer", env: "A" },
      { kind: "header", name: "x-api-key", env: "A" },
      { kind: "query", name: "key", env: "A" },
    ] as const) {
      expect(expectHidden(await thrownBy(() => createAcme({ auth: value }, { auth })))).toContain("`auth`");
      const late = createAcme({ fetch, auth: () => value }, { auth }).GET("/things");
      expect(expectHidden(await rejection(late))).toContain("`auth`");
    }
    expect(requests).toEqual([]);
  });
});

test("a blank credential is refused: the header would lose it", async () => {
  expect(expectHidden(await thrownBy(() => createAcme({ auth: " \t" })))).toContain("`auth`");
});

test.each(["x note", "x-nöte", "", "x:note", "x\r\nnote"])(
  "a header with the name %j is a ConfigurationError, not an error of the platform",
  async (name) => {
    const { fetch, requests } = stubFetch();
    const error = await rejection(createAcme({ fetch }).GET("/things", { headers: { [name]: canary } }));
    expect(expectHidden(error)).toContain(`Header \`${name}\``);
    expect(requests).toEqual([]);
  },
);

test("headers of Latin-1 text, tabs and empty values are sent", async () => {
  const { fetch, requests } = stubFetch();
  await createAcme({ fetch }).GET("/things", { headers: { "x-a": "é\tü ~", "x-b": "" } });
  expect(requests[0]?.headers.get("x-a")).toBe("é\tü ~");
  expect(requests[0]?.headers.get("x-b")).toBe("");
});
