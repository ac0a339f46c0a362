import { type FaultServer, fakeClock, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFigma } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: {} } });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createFigma>[0] = {}) =>
  createFigma({ auth: "figd_1", baseUrl: server.url, random: () => 0, ...options });
const file = { params: { path: { file_key: "CL06nJNn5eZLQKDoARMND5" } } };
const sentAs = () => server.requests.map(({ headers }) => [headers["x-figma-token"], headers.authorization]);

test("a personal token has Figma's own header, and the token of an account of OAuth is a bearer token", async () => {
  await create().GET("/v1/me");
  await create({ auth: { getAccount: ({ account }) => `token of ${account}` } }).GET("/v1/me", { account: "ada" });
  expect(sentAs()).toEqual([
    ["figd_1", undefined],
    [undefined, "Bearer token of ada"],
  ]);
});

test("a 403 for an invalid token asks for another one, and a 403 for a missing permission does not", async () => {
  const asked: boolean[] = [];
  const auth = ({ refresh }: { refresh: boolean }) => {
    asked.push(refresh);
    return refresh ? "figd_new" : "figd_old";
  };
  server.faults.push({ kind: "response", status: 403, body: { status: 403, err: "Invalid token" } });
  await create({ auth }).GET("/v1/files/{file_key}", file);
  server.faults.push({ kind: "response", status: 403, body: { status: 403, err: "Not allowed" } });
  const { error } = await create({ auth }).safe.GET("/v1/files/{file_key}", file);
  expect(error).toMatchObject({ name: "PermissionDeniedError" });
  expect(asked).toEqual([false, true, false]);
  expect(sentAs().map(([token]) => token)).toEqual(["figd_old", "figd_new", "figd_old"]);
});

test("a 429 pauses the operations of its tier, and no others", async () => {
  server.faults.push({ kind: "response", status: 429, headers: { "retry-after": "30" } });
  const clock = fakeClock();
  const figma = create({ clock, maxAttempts: 1 });
  await figma.safe.GET("/v1/files/{file_key}", file);
  const images = figma.GET("/v1/images/{file_key}", { params: { ...file.params, query: { ids: "1:2" } } });
  await figma.GET("/v1/files/{file_key}/meta", file);
  await figma.GET("/v1/files/{file_key}/comments", file);
  const paths = () => server.requests.map(({ path }) => path.split("/").slice(2).join("/"));
  const sent = [file.params.path.file_key].flatMap((key) => [
    `files/${key}`,
    `files/${key}/meta`,
    `files/${key}/comments`,
  ]);
  expect(paths()).toEqual(sent);
  await clock.advance(31_000);
  await images;
  expect(paths()).toHaveLength(4);
});

test("a Retry-After of days is an error with the time to wait, and nothing is sent before", async () => {
  const headers = { "retry-after": "259200", "x-figma-rate-limit-type": "low" };
  server.faults.push({ kind: "response", status: 429, headers });
  const { error } = await create().safe.GET("/v1/files/{file_key}", file);
  expect(error).toMatchObject({ name: "RateLimitError", retryAfterMs: 259_200_000 });
  expect(server.requests).toHaveLength(1);
});

test("the search for logs is a POST that reads, and is sent again; a comment whose response is lost is not", async () => {
  server.faults.push({ kind: "response", status: 500 });
  await create().POST("/v1/developer_logs", { body: {} });
  expect(server.requests).toHaveLength(2);
  server.faults.push({ kind: "response", status: 500 });
  const { error } = await create().safe.POST("/v1/files/{file_key}/comments", { ...file, body: { message: "Hi" } });
  expect(error).toMatchObject({ name: "InternalServerError", outcome: "unknown" });
  expect(server.requests).toHaveLength(3);
});
