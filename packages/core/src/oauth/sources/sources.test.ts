import { createVerify, generateKeyPairSync } from "node:crypto";
import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../../test/acme.js";
import { rejection } from "../../../test/call.js";
import { type StubbedRequest, stubFetch } from "../../../test/stub-fetch.js";
import { clientCredentials, githubApp, jwtBearer, memoryTokens } from "../index.js";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = (type: "pkcs1" | "pkcs8") => privateKey.export({ type, format: "pem" }) as string;

/** The claims of a JWT whose signature is valid (RFC 7515). */
function claimsOf(jwt: string) {
  const [header = "", claims = "", signature = ""] = jwt.split(".");
  const isValid = createVerify("RSA-SHA256").update(`${header}.${claims}`).verify(publicKey, signature, "base64url");
  expect(isValid).toBe(true);
  const read = (text: string) => JSON.parse(Buffer.from(text, "base64url").toString());
  return { header: read(header), claims: read(claims) };
}

const bearer = ({ headers }: StubbedRequest) => (headers.get("authorization") ?? "").replace("Bearer ", "");
const provider = { id: "acme", name: "Acme", tokenUrl: "https://auth.acme.test/token" };

/** A fetch whose server issues `token-1`, `token-2` ..., for an hour each, and whose API accepts the newest. */
function issuer(respond?: (request: StubbedRequest, count: number) => Response | undefined) {
  let count = 0;
  const { fetch, requests } = stubFetch((request) => {
    if (!request.url.includes("/token") && !request.url.includes("access_tokens")) {
      return Response.json({}, { status: bearer(request) === `token-${count}` ? 200 : 401 });
    }
    count += 1;
    return (
      respond?.(request, count) ??
      Response.json({ access_token: `token-${count}`, token_type: "Bearer", expires_in: 3_600 })
    );
  });
  return { fetch, requests, tokenRequests: () => requests.filter(({ url }) => /token/.test(url)) };
}

describe("client credentials", () => {
  const client = { id: "client-1", secret: "secret-canary-4eC39HqLyjWDarjtT1zdp7dc" };

  test("are exchanged for a token, once for all calls, and again when it expires or is rejected", async () => {
    const clock = fakeClock();
    const { fetch, tokenRequests } = issuer();
    const auth = clientCredentials({
      provider,
      client,
      scopes: ["a", "b"],
      parameters: { audience: "x" },
      fetch,
      clock,
    });
    const acme = createAcme({ fetch, auth, clock });
    await Promise.all(Array.from({ length: 20 }, () => acme.GET("/things")));
    expect(tokenRequests()).toHaveLength(1);
    expect(Object.fromEntries(new URLSearchParams(String(tokenRequests()[0]?.body)))).toEqual({
      grant_type: "client_credentials",
      scope: "a b",
      audience: "x",
    });
    expect(tokenRequests()[0]?.headers.get("authorization")).toBe(`Basic ${btoa(`${client.id}:${client.secret}`)}`);
    await clock.advance(3_600_000);
    await acme.GET("/things");
    expect(tokenRequests()).toHaveLength(2);
  });

  test("are the tenant of their client, with the same token in all processes of a store", async () => {
    const { fetch, tokenRequests } = issuer();
    const store = memoryTokens();
    for (let process = 0; process < 3; process += 1) {
      await createAcme({ fetch, auth: clientCredentials({ provider, client, fetch, store }) }).GET("/things");
    }
    expect(tokenRequests()).toHaveLength(1);
    await createAcme({ fetch, auth: clientCredentials({ provider, client, scopes: ["other"], fetch, store }) }).GET(
      "/things",
    );
    expect(tokenRequests()).toHaveLength(2);
  });

  test("that the server rejects are an error with its code, and no call asks again at once", async () => {
    const { fetch, tokenRequests } = issuer(() => Response.json({ error: "invalid_client" }, { status: 401 }));
    const acme = createAcme({ fetch, auth: clientCredentials({ provider, client, fetch }) });
    for (let count = 0; count < 3; count += 1) {
      expect(await rejection(acme.GET("/things"))).toMatchObject({ name: "OauthError", code: "invalid_client" });
    }
    expect(tokenRequests()).toHaveLength(1);
  });
});

describe("a service account", () => {
  const google = { id: "google", name: "Google", tokenUrl: "https://oauth2.googleapis.com/token" };
  const account = {
    provider: google,
    issuer: "robot@project.iam.gserviceaccount.com",
    keyId: "key-1",
    scopes: ["s1", "s2"],
  };

  // https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests
  test("signs the assertion that Google documents", async () => {
    const clock = fakeClock();
    const { fetch, tokenRequests } = issuer();
    const auth = jwtBearer({ ...account, subject: "ada@example.com", privateKey: pem("pkcs8"), fetch, clock });
    await createAcme({ fetch, auth, clock }).GET("/things");
    const form = new URLSearchParams(String(tokenRequests()[0]?.body));
    expect(form.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    const { header, claims } = claimsOf(form.get("assertion") ?? "");
    expect(header).toEqual({ alg: "RS256", typ: "JWT", kid: "key-1" });
    const iat = Math.floor(clock.now() / 1_000);
    expect(claims).toEqual({
      iss: account.issuer,
      sub: "ada@example.com",
      scope: "s1 s2",
      aud: google.tokenUrl,
      iat,
      exp: iat + 3_600,
    });
  });

  test("whose clock is 10 minutes off is accepted by the clock of the server", async () => {
    const clock = fakeClock();
    const serverNowMs = clock.now() + 600_000;
    const { fetch, tokenRequests } = issuer((request, count) => {
      const { claims } = claimsOf(new URLSearchParams(String(request.body)).get("assertion") ?? "");
      const isValid = Math.abs(claims.iat * 1_000 - serverNowMs) < 300_000;
      const headers = { date: new Date(serverNowMs).toUTCString() };
      return isValid
        ? Response.json({ access_token: `token-${count}`, token_type: "Bearer" }, { headers })
        : Response.json({ error: "invalid_grant" }, { status: 400, headers });
    });
    await createAcme({ fetch, auth: jwtBearer({ ...account, privateKey: pem("pkcs8"), fetch, clock }), clock }).GET(
      "/things",
    );
    expect(tokenRequests()).toHaveLength(2);
  });
});

describe("a GitHub App", () => {
  const github = (respond?: (request: StubbedRequest, count: number) => Response | undefined, clock = fakeClock()) => {
    const made = issuer(
      (request, count) =>
        respond?.(request, count) ??
        Response.json(
          { token: `token-${count}`, expires_at: new Date(clock.now() + 3_600_000).toISOString() },
          { status: 201, headers: { date: new Date(clock.now()).toUTCString() } },
        ),
    );
    return { ...made, clock };
  };

  test.each([
    ["PKCS#1", pem("pkcs1")],
    ["PKCS#8", pem("pkcs8")],
    ["one line, as in an environment variable", pem("pkcs1").replaceAll("\n", "\\n")],
  ])("with a key of %s creates a token of its installation, for an hour", async (_, key) => {
    const { fetch, tokenRequests, clock } = github();
    const options = {
      appId: 123,
      privateKey: key,
      installationId: 42,
      permissions: { contents: "read" },
      fetch,
      clock,
    };
    const acme = createAcme({ fetch, auth: githubApp(options), clock });
    await acme.GET("/things");
    await clock.advance(3_500_000);
    await acme.GET("/things");
    expect(tokenRequests()).toHaveLength(1);
    const { url, headers, method, body } = tokenRequests()[0]!;
    expect([method, url]).toEqual(["POST", "https://api.github.com/app/installations/42/access_tokens"]);
    expect(JSON.parse(String(body))).toEqual({ permissions: { contents: "read" } });
    expect(headers.get("accept")).toBe("application/vnd.github+json");
    const { claims } = claimsOf(bearer({ headers } as StubbedRequest));
    const nowS = Math.floor((clock.now() - 3_500_000) / 1_000);
    // "60 seconds in the past", "no more than 10 minutes into the future".
    expect(claims).toEqual({ iss: "123", iat: nowS - 60, exp: nowS + 540 });
    await clock.advance(60_000);
    await acme.GET("/things");
    expect(tokenRequests()).toHaveLength(2);
  });

  test("without an installation has that which each call names", async () => {
    const { fetch, tokenRequests, clock } = github();
    const acme = createAcme({ fetch, auth: githubApp({ appId: "1", privateKey: pem("pkcs1"), fetch, clock }), clock });
    await acme.GET("/things", { account: "1" });
    await acme.GET("/things", { account: "2" });
    expect(tokenRequests().map(({ url }) => url.split("/")[5])).toEqual(["1", "2"]);
    for (const wrong of ["1/../2", "x", "1?"]) {
      expect(await rejection(acme.GET("/things", { account: wrong }))).toMatchObject({ name: "ConfigurationError" });
    }
    expect(tokenRequests()).toHaveLength(2);
  });

  test.each([401, 403])(
    "whose token of a moment ago is rejected with %d has the call sent again with it",
    async (status) => {
      const { fetch, tokenRequests, clock } = github();
      let rejected = 0;
      const api: typeof globalThis.fetch = async (...args) => {
        if (String(args[0]).endsWith("/things") && rejected < 2) {
          rejected += 1;
          return Response.json({ message: "Bad credentials" }, { status });
        }
        return fetch(...args);
      };
      const auth = githubApp({ appId: "1", privateKey: pem("pkcs1"), installationId: "1", fetch, clock });
      const acme = createAcme(
        { fetch: api, auth, clock, random: () => 0.5 },
        { idempotency: { header: "key", methods: [] } },
      );
      const call = acme.POST("/things");
      let isDone = false;
      call
        .catch(() => {})
        .finally(() => {
          isDone = true;
        });
      // Keys are read and used in real time.
      await expect.poll(() => rejected).toBe(1);
      while (!isDone) await clock.advance(100);
      expect((await call).response.attempts.map((attempt) => attempt.status)).toEqual([status, status, 200]);
      expect(tokenRequests()).toHaveLength(1);
      // After 5 seconds a 401 means that it is not valid, and a 403 that the app may not do that.
      await clock.advance(5_000);
      rejected = 1;
      const { error, response } = await acme.safe.GET("/things");
      expect([error?.name, response?.attempts.length]).toEqual(
        status === 401 ? [undefined, 2] : ["PermissionDeniedError", 1],
      );
      expect(tokenRequests()).toHaveLength(status === 401 ? 2 : 1);
    },
  );

  test("on a machine whose clock is 5 minutes off is accepted by the clock of GitHub", async () => {
    const clock = fakeClock();
    const githubNowMs = clock.now() - 300_000;
    const { fetch, tokenRequests } = github(({ headers }, count) => {
      const { claims } = claimsOf(bearer({ headers } as StubbedRequest));
      const date = { date: new Date(githubNowMs).toUTCString() };
      if (claims.iat * 1_000 > githubNowMs) {
        return Response.json(
          {
            message: "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
          },
          { status: 401, headers: date },
        );
      }
      return Response.json(
        { token: `token-${count}`, expires_at: new Date(githubNowMs + 3_600_000).toISOString() },
        { status: 201, headers: date },
      );
    }, clock);
    const auth = githubApp({ appId: "1", privateKey: pem("pkcs1"), installationId: "1", fetch, clock });
    const acme = createAcme({ fetch, auth, clock });
    await acme.GET("/things");
    expect(tokenRequests()).toHaveLength(2);
    await clock.advance(3_500_000);
    await acme.GET("/things");
    expect(tokenRequests()).toHaveLength(2);
  });

  test("that GitHub refuses is an error with GitHub's message", async () => {
    const { fetch, clock } = github(() => Response.json({ message: "Integration not found" }, { status: 404 }));
    const auth = githubApp({ appId: "1", privateKey: pem("pkcs1"), installationId: "1", fetch, clock });
    const error = await rejection(createAcme({ fetch, auth, clock }).GET("/things"));
    expect(error).toMatchObject({ name: "OauthError", provider: "GitHub", status: 404 });
    expect(error.message).toContain("Integration not found");
  });
});

test.each([
  "",
  "no key",
  "-----BEGIN RSA PRIVATE KEY-----\ncanary4eC39HqLyjWDarjtT1zdp7dc\n-----END RSA PRIVATE KEY-----",
])("R44: a private key that cannot be read is refused, and not shown: %j", async (privateKeyText) => {
  const { fetch } = issuer();
  const auth = githubApp({ appId: "1", privateKey: privateKeyText, installationId: "1", fetch });
  const error = await rejection(createAcme({ fetch, auth }).GET("/things"));
  expect(error).toMatchObject({ name: "ConfigurationError" });
  expect(JSON.stringify([error.message, error.stack, error.cause])).not.toContain("canary");
});
