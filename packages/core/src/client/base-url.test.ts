import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { ConfigurationError } from "../errors/connectry-error.js";

test.each([
  ["https://api.acme.test", "https://api.acme.test/things"],
  ["https://api.acme.test/", "https://api.acme.test/things"],
  ["https://api.acme.test/v1/", "https://api.acme.test/v1/things"],
  ["https://api.acme.test:8443/v1", "https://api.acme.test:8443/v1/things"],
  ["http://localhost:3000", "http://localhost:3000/things"],
  ["http://127.0.0.1:3000", "http://127.0.0.1:3000/things"],
  ["http://127.1.2.3", "http://127.1.2.3/things"],
  ["http://[::1]:3000/a", "http://[::1]:3000/a/things"],
  ["http://127.10.0.100:3000", "http://127.10.0.100:3000/things"],
  ["https://api.acme.test/v1//", "https://api.acme.test/v1/things"],
  ["HTTPS://API.acme.test", "https://api.acme.test/things"],
])("R41: the base URL %s is accepted", async (baseUrl, want) => {
  const { fetch, requests } = stubFetch();
  await createAcme({ baseUrl, fetch }).GET("/things");
  expect(requests[0]?.url).toBe(want);
});

test.each([
  "http://api.acme.test",
  "http://localhost.evil.test",
  "http://127.0.0.1.evil.test",
  "http://10.0.0.1",
  "http://0.0.0.0",
  "http://localhost@evil.test",
  "ftp://api.acme.test",
  "file:///tmp",
  "javascript:alert(1)",
  "https://user:pass@api.acme.test",
  "https://api.acme.test/?a=1",
  "https://api.acme.test/#a",
  "api.acme.test",
  "",
  "https://",
])("R41: the base URL %j is rejected before the first call", (baseUrl) => {
  expect(() => createAcme({ baseUrl })).toThrow(ConfigurationError);
  expect(() => createAcme({ baseUrl })).toThrow(/^Acme: baseUrl must be an https URL/);
});

const internalHosts = [
  "http://stripe-mock:12111",
  "http://proxy/github",
  "http://egress.internal",
  "http://egress.corp.internal:8080",
  "http://printer.local",
  "http://app.localhost",
  "http://api.acme.test",
  "http://10.0.0.1",
  "http://172.16.0.1",
  "http://172.31.255.255",
  "http://192.168.1.1",
  "http://169.254.169.254",
  "http://[fd12:3456::1]",
  "http://[fe80::1]",
];

describe("R41: an internal host over http", () => {
  test.each(internalHosts)("%s is accepted with allowHttp, and only with it", (baseUrl) => {
    expect(() => createAcme({ baseUrl, allowHttp: true })).not.toThrow();
    expect(() => createAcme({ baseUrl })).toThrow(/with `allowHttp`, on internal hosts/);
  });

  test.each([
    "http://api.acme.com",
    "http://internal.acme.com",
    "http://8.8.8.8",
    "http://172.15.0.1",
    "http://172.32.0.1",
    "http://11.0.0.1",
    "http://192.169.0.1",
    "http://100.10.0.1",
    "http://10.0.0.1.evil.com",
    "http://[2001:db8::1]",
    "http://[fec0::1]",
    "http://com.",
    "http://user@proxy",
    "ftp://proxy",
  ])("%s is refused even with it", (baseUrl) => {
    expect(() => createAcme({ baseUrl, allowHttp: true })).toThrow(ConfigurationError);
  });
});

test("R44: the error of a base URL does not contain its password", () => {
  try {
    createAcme({ baseUrl: "https://user:canary-password@api.acme.test" });
  } catch (error) {
    expect(String(error)).not.toContain("canary-password");
    return;
  }
  throw new Error("The base URL was not rejected.");
});

test("the option baseUrl also replaces the own server of an operation", async () => {
  const operations = { "GET /files": { server: "https://files.acme.test/v2" } };
  const own = stubFetch();
  await createAcme({ fetch: own.fetch }, {}, { operations }).GET("/files");
  expect(own.requests[0]?.url).toBe("https://files.acme.test/v2/files");
  const replaced = stubFetch();
  await createAcme({ fetch: replaced.fetch, baseUrl: "http://localhost:1" }, {}, { operations }).GET("/files");
  expect(replaced.requests[0]?.url).toBe("http://localhost:1/files");
});
