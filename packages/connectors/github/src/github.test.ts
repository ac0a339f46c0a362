import { loadDocuments } from "@connectry/codegen";
import { type FakeProvider, fakeProvider, instantClock } from "@connectry/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { IssuesCreate } from "./generated/operations.js";
import { createGithub, facts, type Github, NotFoundError, profile } from "./index.js";

let server: FakeProvider;
let github: Github;
const path = { owner: "octocat", repo: "hello-world" };

beforeAll(async () => {
  const documents = await loadDocuments("github");
  server = await fakeProvider({ document: documents.map(({ json }) => json), profile, facts, credential: "ghp_1" });
  // The tests below read lists faster than GitHub's limits allow.
  github = createGithub({ auth: "ghp_1", baseUrl: server.url, rateLimit: false });
});
afterAll(() => server.close());
afterEach(() => {
  server.faults.length = 0;
});

const lastRequest = () => server.requests.at(-1);

test("every request names the API version of the document, and accepts GitHub's JSON", async () => {
  await github.GET("/zen");
  expect(lastRequest()?.headers).toMatchObject({
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
    "user-agent": "connectry-github",
  });
});

test("an issue is created, read, closed, and listed in its new state", async () => {
  const { data: created } = await github.call(IssuesCreate, { params: { path }, body: { title: "It is broken" } });
  const params = { path: { ...path, issue_number: created.number } };
  expect((await github.GET("/repos/{owner}/{repo}/issues/{issue_number}", { params })).data.title).toBe("It is broken");
  await github.PATCH("/repos/{owner}/{repo}/issues/{issue_number}", { params, body: { state: "closed" } });
  for await (const issue of github.paginate("/repos/{owner}/{repo}/issues", { params: { path } })) {
    expect(issue.number).not.toBe(created.number);
    break;
  }
  const query = { state: "closed" } as const;
  const closed = await github.GET("/repos/{owner}/{repo}/issues", { params: { path, query } });
  expect(closed.data).toMatchObject([{ number: created.number, title: "It is broken", state: "closed" }]);
});

test("a fake GitHub filters issues as GitHub does: open ones by default, by labels that all match, by login, since a time", async () => {
  const at = { owner: "octocat", repo: "filters" };
  server.seed("/repos/octocat/filters/issues", [
    { number: 1, labels: [{ name: "bug" }, { name: "ui" }], updated_at: "2026-01-01T00:00:00Z" },
    { number: 2, labels: [{ name: "bug" }], updated_at: "2026-02-01T00:00:00Z" },
    { number: 3, state: "closed", labels: [{ name: "bug" }], updated_at: "2026-03-01T00:00:00Z" },
  ]);
  const numbers = async (query: object) => {
    const { data } = await github.GET("/repos/{owner}/{repo}/issues", { params: { path: at, query } });
    return data.map(({ number }) => number);
  };
  expect(await numbers({})).toEqual([1, 2]);
  expect(await numbers({ state: "all" })).toEqual([1, 2, 3]);
  expect(await numbers({ labels: "bug,ui" })).toEqual([1]);
  expect(await numbers({ since: "2026-01-15T00:00:00Z", state: "all" })).toEqual([2, 3]);
  const [issue] = (await github.GET("/repos/{owner}/{repo}/issues", { params: { path: at } })).data;
  expect(await numbers({ assignee: issue?.assignee?.login })).toContain(1);
  expect(await numbers({ assignee: "nobody" })).toEqual([]);
});

test("an issue that does not exist is a 404 of GitHub's", async () => {
  const params = { path: { ...path, issue_number: 99_999 } };
  const { error } = await github.safe.GET("/repos/{owner}/{repo}/issues/{issue_number}", { params });
  expect([error?.name, error?.message]).toEqual(["NotFoundError", expect.stringContaining("does not exist")]);
});

test("a read of a deleted label throws a NotFoundError", async () => {
  const params = { path: { ...path, name: "wontfix" } };
  await github.POST("/repos/{owner}/{repo}/labels", { params: { path }, body: { name: "wontfix", color: "ffffff" } });
  expect((await github.GET("/repos/{owner}/{repo}/labels/{name}", { params })).data.color).toBe("ffffff");
  await github.DELETE("/repos/{owner}/{repo}/labels/{name}", { params });
  await expect(github.GET("/repos/{owner}/{repo}/labels/{name}", { params })).rejects.toThrow(NotFoundError);
});

test("pagination follows the Link header, for lists at the root and for lists under a name of their own", async () => {
  const count = async (list: AsyncIterable<unknown>) => {
    let items = 0;
    for await (const _ of list) items += 1;
    return items;
  };
  const query = { per_page: 10 };
  expect(
    await count(github.paginate("/users/{username}/repos", { params: { path: { username: "octocat" }, query } })),
  ).toBe(25);
  expect(lastRequest()?.query).toEqual({ per_page: 10, page: 3 });
  expect(await count(github.paginate("/orgs/{org}/actions/secrets", { params: { path: { org: "github" } } }))).toBe(25);
  expect(await count(github.paginate("/search/repositories", { params: { query: { q: "connectry" } } }))).toBe(25);
  const checks = { path: { ...path, ref: "feature/a" } };
  expect(await count(github.paginate("/repos/{owner}/{repo}/commits/{ref}/check-runs", { params: checks }))).toBe(25);
});

test("a path in a repository keeps its slashes, and all other characters are encoded", async () => {
  await github.GET("/repos/{owner}/{repo}/contents/{path}", {
    params: { path: { ...path, path: "docs/a b/intro#1.md" } },
  });
  expect(lastRequest()).toMatchObject({
    path: "/repos/octocat/hello-world/contents/docs/a%20b/intro%231.md",
    operation: "GET /repos/{owner}/{repo}/contents/{path}",
  });
});

test("the root of a repository's contents can be read, and is never written", async () => {
  const root = { path: { ...path, path: "" } };
  await github.GET("/repos/{owner}/{repo}/contents/{path}", { params: root });
  expect(lastRequest()).toMatchObject({
    path: "/repos/octocat/hello-world/contents/",
    operation: "GET /repos/{owner}/{repo}/contents/{path}",
  });
  const before = server.requests.length;
  const body = { message: "m", content: "", sha: "0" };
  await expect(github.PUT("/repos/{owner}/{repo}/contents/{path}", { params: root, body })).rejects.toThrow(/`path`/);
  await expect(github.DELETE("/repos/{owner}/{repo}/contents/{path}", { params: root, body })).rejects.toThrow(
    /`path`/,
  );
  expect(server.requests.length).toBe(before);
});

test("a release asset is sent to the upload host unchanged, with its own media type", async () => {
  const asked: { readonly url: string; readonly type: string | null }[] = [];
  const offline: typeof globalThis.fetch = async (input, init) => {
    asked.push({ url: String(input), type: new Headers(init?.headers).get("content-type") });
    return Response.json({}, { status: 201 });
  };
  const params = { path: { ...path, release_id: 1 }, query: { name: "notes.txt" } };
  const body = new Blob(["notes"], { type: "text/plain" }) as unknown as Uint8Array<ArrayBuffer>;
  await createGithub({ auth: "ghp_1", fetch: offline }).POST("/repos/{owner}/{repo}/releases/{release_id}/assets", {
    params,
    body,
  });
  expect(asked).toEqual([
    {
      url: "https://uploads.github.com/repos/octocat/hello-world/releases/1/assets?name=notes.txt",
      type: "text/plain",
    },
  ]);
});

test("an archive is downloaded from the URL to which GitHub redirects", async () => {
  const { data, response } = await github.GET("/repos/{owner}/{repo}/tarball/{ref}", {
    params: { path: { ...path, ref: "main" } },
  });
  expect([data instanceof Uint8Array, response.status]).toEqual([true, 200]);
});

test("a 304 is a success without data", async () => {
  server.faults.push({ kind: "response", status: 304, headers: { etag: '"1"' } });
  const { data, response } = await github.GET("/user", { headers: { "if-none-match": '"1"' } });
  expect([data, response.status, response.headers.get("etag")]).toEqual([undefined, 304, '"1"']);
  expect(lastRequest()?.headers["if-none-match"]).toBe('"1"');
});

test("a 403 is a missing permission, unless GitHub reports a rate limit, for which the call waits", async () => {
  const message = "Resource not accessible by personal access token";
  server.faults.push({ kind: "response", status: 403, body: { message } });
  const denied = await github.safe.GET("/user");
  expect(denied.error).toMatchObject({ name: "PermissionDeniedError", message: expect.stringContaining(message) });
  expect(denied.error?.attempts).toHaveLength(1);

  const clock = instantClock();
  const longTimeouts = createGithub({ auth: "ghp_1", baseUrl: server.url, clock, random: () => 0 });
  const reset = String(Math.ceil(clock.now() / 1_000) + 30);
  const date = new Date(clock.now()).toUTCString();
  const headers = { date, "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
  server.faults.push({ kind: "response", status: 403, headers, body: { message: "API rate limit exceeded" } });
  const result = await longTimeouts.GET("/user");
  expect(result.response.attempts.map(({ status, verdict, waitedMs }) => [status, verdict, waitedMs])).toEqual([
    [403, "throttled", 30_000],
    [200, "success", undefined],
  ]);
});

test("an error has GitHub's message, details and request id", async () => {
  const body = {
    message: "Validation Failed",
    errors: [{ resource: "Label", field: "name", code: "already_exists" }],
    documentation_url: "https://docs.github.com",
  };
  server.faults.push({ kind: "response", status: 422, headers: { "x-github-request-id": "C0FF:EE" }, body });
  const { error } = await github.safe.POST("/repos/{owner}/{repo}/labels", { params: { path }, body: { name: "bug" } });
  expect(error).toMatchObject({ name: "UnprocessableEntityError", requestId: "C0FF:EE", body });
  expect(error?.message).toContain("Validation Failed");
});
