import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toFetch } from "../../src/client/fetch/to-fetch.js";
import { graphql } from "../../src/graphql/graphql.js";
import { type ApiError, CallError, ConnectryError } from "../../src/index.js";
import { createAcme, secret } from "../acme.js";
import { rejection } from "../call.js";
import { anyEncodings, anySecret } from "../encodings.js";
import { stubFetch } from "../stub-fetch.js";

/** What a log shows of an error, and what a program reads from it. */
function sinksOf(error: CallError): Readonly<Record<string, string>> {
  const { body, headers, cause } = error as Partial<ApiError>;
  const shown = (value: unknown) => inspect(value, { depth: 20, showHidden: true, maxStringLength: null });
  return {
    message: error.message,
    stack: `${error.stack}`,
    text: String(error),
    JSON: JSON.stringify(error),
    inspect: shown(error),
    cause: shown(cause),
    body: shown(body) + JSON.stringify(body),
    headers: shown(headers),
  };
}

/** The sinks in which a text is visible, as it is or as it is written there. */
function visibleIn(text: string, error: CallError): readonly string[] {
  const written = [text, JSON.stringify(text).slice(1, -1), inspect(text).slice(1, -1)];
  return Object.entries(sinksOf(error)).flatMap(([sink, shown]) =>
    written.some((one) => shown.includes(one)) ? [sink] : [],
  );
}

type Respond = (echo: string) => Response | Promise<Response>;

const failures: Readonly<Record<string, Respond>> = {
  "a response in JSON": (echo) => {
    const error = { message: `Invalid key "${echo}".`, code: echo, seen: [{ [`header ${echo}`]: `Bearer ${echo}` }] };
    const headers = { "request-id": echo, "www-authenticate": `Bearer error="${echo}"` };
    return Response.json({ error }, { status: 401, statusText: echo, headers });
  },
  "a response in JSON that is in JSON": (echo) =>
    Response.json({ error: { message: JSON.stringify({ key: echo }) } }, { status: 400 }),
  "an error page": (echo) => new Response(`<p class="key">${echo}</p>`, { status: 502 }),
  "what a fetch throws": (echo) => {
    const cause = Object.assign(new Error(`with ${echo}`), { code: echo, request: { headers: { key: echo } } });
    throw Object.assign(new TypeError(`fetch failed with ${echo}`, { cause }), { code: echo });
  },
};

describe.each(Object.entries(failures))("R44: an error from %s", (_, respond) => {
  test("shows the credential in no encoding, in none of message, stack, JSON, inspect, cause, body and headers", async () => {
    const property = fc.asyncProperty(anySecret, anyEncodings, async (auth, { encode }) => {
      const { fetch } = stubFetch(() => respond(encode(auth)));
      const error = await rejection<CallError>(createAcme({ fetch, auth, maxAttempts: 1 }).GET("/things"));
      expect(error).toBeInstanceOf(CallError);
      expect(visibleIn(encode(auth), error)).toEqual([]);
      expect(visibleIn(auth, error)).toEqual([]);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

test("R44: an error response stays JSON with its message, whatever escapes the credential in it", async () => {
  const own = 'pass"word\\/+12';
  const body = `{"error": {"message": "Invalid key ${JSON.stringify(own).slice(1, -1)} in line 3", "id": 12345678901234567890}}`;
  const { fetch } = stubFetch(() => new Response(body.replace("+", "\\u002B"), { status: 400 }));
  const acme = createAcme({ fetch, auth: own });
  const error = await rejection<ApiError>(acme.GET("/things"));
  expect(error.message).toBe("GET /things: Acme responded with 400: Invalid key *** in line 3.");
  const text = await (await toFetch(acme)("/things")).text();
  expect(text).toBe('{"error": {"message": "Invalid key *** in line 3", "id": 12345678901234567890}}');
});

test("R44: a credential of digits is redacted where the response has it as a number", async () => {
  const { fetch } = stubFetch(() => new Response('{"error":{"message":"no"},"key":1234567890123}', { status: 400 }));
  const error = await rejection<ApiError>(createAcme({ fetch, auth: "1234567890123" }).GET("/things"));
  expect(error.body).toEqual({ error: { message: "no" }, key: "***" });
});

test("R44: the error about a response that is a success does not show the credential", async () => {
  const escaped = encodeURIComponent(encodeURIComponent("letters-and/signs"));
  const headers = { "content-type": "text/html; letters-and/signs", "request-id": "lettersAndDigits4711" };
  const page = stubFetch(() => new Response(`Invalid ${escaped}`, { headers }));
  const error = await rejection<CallError>(createAcme({ fetch: page.fetch, auth: "letters-and/signs" }).GET("/things"));
  expect(error.name).toBe("ResponseParseError");
  expect(visibleIn("letters-and", error)).toEqual([]);
  const errors = [{ message: "no", extensions: { code: "lettersAndDigits4711" } }];
  const response = stubFetch(() => Response.json({ errors }, { headers: { "request-id": "LETTERSANDDIGITS4711" } }));
  const acme = createAcme({ fetch: response.fetch, auth: "lettersAndDigits4711" });
  const failed = await rejection<CallError>(graphql(acme, { query: "{ viewer }" }));
  expect(failed.name).toBe("GraphqlError");
  expect(failed.message).not.toMatch(/lettersAndDigits4711/i);
});

test("R44: a stream that fails does not show the credential", async () => {
  const { fetch } = stubFetch(() => {
    const pull = (controller: ReadableStreamDefaultController) =>
      controller.error(new TypeError("terminated", { cause: new Error(`read with ${secret.toUpperCase()}`) }));
    return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
  });
  const { data } = await createAcme({ fetch }).stream.GET("/things");
  const error = await rejection<CallError>(new Response(data as ReadableStream).text());
  expect(error.name).toBe("NetworkError");
  expect(visibleIn(secret.toUpperCase(), error)).toEqual([]);
});

test("R44: a redirect to a host that is named like the credential is not shown", async () => {
  const auth = "letters-and-signs";
  const headers = { location: `https://${auth.toUpperCase()}.evil.test/` };
  const { fetch } = stubFetch(() => new Response(null, { status: 307, headers }));
  const error = await rejection<CallError>(createAcme({ fetch, auth }).PATCH("/things", { body: {} }));
  expect(error.cause).toMatchObject({ name: "UnsafeRedirectError" });
  expect(visibleIn(auth, error)).toEqual([]);
});

describe("R44: a request of toFetch that keeps its credential", () => {
  const password = "open sesame/+4711";
  const request = { headers: { authorization: `Basic ${btoa(`user:${password}`)}` } };
  const send = (respond: () => Response) =>
    toFetch(createAcme({ fetch: stubFetch(respond).fetch }), { callerCredential: "keep" })("/things", request);

  test("gets an error response without it, in any encoding", async () => {
    const response = await send(() => new Response(`${encodeURIComponent(password)} ${password}`, { status: 400 }));
    expect(await response.text()).toBe("*** ***");
  });

  test("gets an error without it, whatever threw", async () => {
    for (const thrown of [new TypeError(`fetch failed: ${password}`), new Error(`a mock got ${password}`)]) {
      const error = await rejection<CallError>(
        send(() => {
          throw thrown;
        }),
      );
      expect(visibleIn(password, error)).toEqual([]);
    }
  });
});

/** Values of other types than Error, or that throw when they are looked at. They hold the credential. */
const hostile: Readonly<Record<string, () => unknown>> = {
  "a string": () => secret,
  "a symbol": () => Symbol(secret),
  undefined: () => undefined,
  null: () => null,
  "a function": () => Object.assign(() => secret, { message: secret }),
  "an object without a prototype": () => Object.assign(Object.create(null), { key: secret }),
  "an object without a prototype, with a message": () => Object.assign(Object.create(null), { message: secret }),
  "an object whose toString throws": () => ({
    toString() {
      throw new Error(secret);
    },
  }),
  "an error whose message is a symbol": () => Object.assign(new Error("no"), { message: Symbol(secret) }),
  "an error whose code throws": () =>
    Object.defineProperty(new Error(secret), "code", {
      get() {
        throw new Error(secret);
      },
    }),
  "an error whose cause cannot be written": () =>
    new TypeError(`fetch failed with ${secret}`, { cause: Object.create(null) }),
  "an error that is its own cause": () => {
    const error = new TypeError(`fetch failed with ${secret}`);
    error.cause = error;
    return error;
  },
  "a proxy that throws": () =>
    new Proxy(new Error(secret), {
      get() {
        throw new Error(secret);
      },
      getPrototypeOf() {
        throw new Error(secret);
      },
    }),
};

describe.each(Object.entries(hostile))("R44: a fetch that throws %s", (_, create) => {
  test.each(["GET", "PATCH"] as const)(
    "ends a %s in an error of this package that does not show the credential",
    async (method) => {
      const { fetch } = stubFetch(() => {
        throw create();
      });
      const error = await rejection<CallError>(createAcme({ fetch, maxAttempts: 1 })[method]("/things"));
      expect(error).toBeInstanceOf(ConnectryError);
      expect(error.message).toContain(`${method} /things: `);
      expect(visibleIn(secret, error)).toEqual([]);
    },
  );
});
