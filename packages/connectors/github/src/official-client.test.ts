import { type FaultServer, faultServer } from "@connectry/testing";
import { Octokit } from "octokit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createGithub, type ToFetchOptions, toFetch } from "./index.js";

const token = "ghp_4eC39HqLyjWDarjtT1zdp7dc4eC39HqLyjWD";
let server: FaultServer;

beforeEach(async () => {
  server = await faultServer([], { response: { body: { login: "ada" } } });
});
afterEach(() => server.close());

/** GitHub's own client, whose requests to api.github.com and uploads.github.com our connector sends to the server. */
function official(auth: string | undefined = token, options: ToFetchOptions = {}) {
  const fetch = toFetch(createGithub({ auth: token, baseUrl: server.url, random: () => 0 }), options);
  return new Octokit({ auth, request: { fetch }, retry: { enabled: false }, throttle: { enabled: false } });
}

test("octokit reads and writes, with the token that both have", async () => {
  expect((await official().rest.users.getAuthenticated()).data).toEqual({ login: "ada" });
  await official().rest.issues.create({ owner: "o", repo: "r", title: "t" });
  expect(server.requests).toMatchObject([
    { method: "GET", path: "/user" },
    { method: "POST", path: "/repos/o/r/issues", body: { title: "t" } },
  ]);
  for (const { headers } of server.requests) expect(headers.authorization).toBe(`Bearer ${token}`);
});

test("octokit's token of another account is refused, or kept where toFetch says so", async () => {
  const other = "ghs_another4eC39HqLyjWDarjtT1zdp7dc4eC39";
  await expect(official(other).rest.users.getAuthenticated()).rejects.toThrow(
    "a credential that is not the connector's",
  );
  expect(server.requests).toEqual([]);
  await official(other, { callerCredential: "keep" }).rest.users.getAuthenticated();
  expect(server.requests[0]?.headers.authorization).toBe(`token ${other}`);
});

test("octokit uploads a release asset to uploads.github.com, as the bytes that it is given", async () => {
  const data = Buffer.from([0, 1, 2, 255]) as unknown as string;
  const headers = { "content-type": "application/zip" };
  await official().rest.repos.uploadReleaseAsset({
    owner: "o",
    repo: "r",
    release_id: 1,
    name: "a.zip",
    data,
    headers,
  });
  expect(server.requests).toMatchObject([
    { method: "POST", path: "/repos/o/r/releases/1/assets", query: { name: "a.zip" } },
  ]);
  expect([...server.requests[0]!.bytes]).toEqual([0, 1, 2, 255]);
  expect(server.requests[0]?.headers["content-type"]).toBe("application/zip");
});

test("octokit receives the body as a stream where it does not parse it", async () => {
  server.faults.push({ kind: "response", body: "x".repeat(300_000), headers: { "content-type": "application/zip" } });
  const request = { parseSuccessResponseBody: false };
  const { data } = await official().request("GET /repos/{owner}/{repo}/zipball", { owner: "o", repo: "r", request });
  expect(await new Response(data as ReadableStream).text()).toHaveLength(300_000);
});

test("octokit's error for HEAD has the reason phrase as its message", async () => {
  server.faults.push({ kind: "response", status: 404 });
  await expect(official().request("HEAD /repos/{owner}/{repo}", { owner: "o", repo: "r" })).rejects.toThrow(
    "Not Found",
  );
});

test("octokit follows the pages of a list", async () => {
  const link = '<https://api.github.com/user/repos?page=2>; rel="next"';
  server.faults.push(
    { kind: "response", body: [{ id: 1 }], headers: { link } },
    { kind: "response", body: [{ id: 2 }] },
  );
  const octokit = official();
  const repos = await octokit.paginate(octokit.rest.repos.listForAuthenticatedUser);
  expect(repos.map(({ id }) => id)).toEqual([1, 2]);
  expect(server.requests.map(({ path }) => path)).toEqual(["/user/repos", "/user/repos"]);
});

test("octokit sends one request where its plugins for retries and limits are off", async () => {
  server.faults.push({ kind: "response", status: 503, times: 9 });
  await expect(official().rest.users.getAuthenticated()).rejects.toMatchObject({ status: 503 });
  expect(server.requests).toHaveLength(1);
});
