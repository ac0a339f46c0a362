import { type FaultServer, fakeClock, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDiscord } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: { id: "1" } } });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createDiscord>[0] = {}) =>
  createDiscord({ auth: "token", baseUrl: server.url, random: () => 0, ...options });
const channel = (id: string) => ({ params: { path: { channel_id: id } } });
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test("a bot's token is sent after the word Bot, with the user agent that Discord asks for", async () => {
  await create().GET("/users/@me");
  expect(server.requests[0]?.headers.authorization).toBe("Bot token");
  // https://docs.discord.com/developers/reference#user-agent
  expect(server.requests[0]?.headers["user-agent"]).toMatch(/^DiscordBot \(https:\/\/\S+, [\d.]+\)$/);
});

test("a bucket that is used up holds for its channel, and not for another one", async () => {
  const clock = fakeClock();
  const discord = create({ clock });
  // https://docs.discord.com/developers/topics/rate-limits#header-format-rate-limit-header-examples
  const headers = {
    "x-ratelimit-limit": "5",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": "1470173023",
    "x-ratelimit-reset-after": "1",
    "x-ratelimit-bucket": "abcd1234",
  };
  server.faults.push({ kind: "response", status: 200, headers, body: { id: "1234" } });
  await discord.GET("/channels/{channel_id}", channel("1234"));
  const waiting = discord.GET("/channels/{channel_id}", channel("1234"));
  await settled();
  const paths = () => server.requests.map(({ path }) => path.split("/").at(-1));
  const other = discord.GET("/channels/{channel_id}", channel("9876"));
  await clock.advance(500);
  await other;
  expect(paths()).toEqual(["1234", "9876"]);
  await clock.advance(1_000);
  await waiting;
  expect(paths()).toEqual(["1234", "9876", "1234"]);
});

test("a search without an index is sent again when the 202 says so", async () => {
  const clock = fakeClock();
  // https://docs.discord.com/developers/resources/message#search-guild-messages
  const body = {
    message: "Index not yet available. Try again later",
    code: 110000,
    documents_indexed: 0,
    retry_after: 2,
  };
  server.faults.push({ kind: "response", status: 202, body });
  const found = create({ clock }).GET("/guilds/{guild_id}/messages/search", {
    params: { path: { guild_id: "1" } },
  });
  await settled();
  await clock.advance(1_999);
  await settled();
  expect(server.requests).toHaveLength(1);
  await clock.advance(10_000);
  expect((await found).response.attempts.map(({ status }) => status)).toEqual([202, 200]);
});

test("messages are iterated from the newest to the oldest, and members from the lowest id, in bare lists", async () => {
  const pages: Record<string, unknown[]> = { first: [{ id: "9" }, { id: "8" }], "8": [{ id: "7" }], "7": [] };
  const members: Record<string, unknown[]> = { first: [{ user: { id: "1" } }], "1": [] };
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    const { pathname, search, searchParams } = new URL(String(input instanceof Request ? input.url : input));
    asked.push(search);
    const cursor = searchParams.get("before") ?? searchParams.get("after") ?? "first";
    return Response.json((pathname.endsWith("/members") ? members : pages)[cursor]);
  };
  const discord = createDiscord({ auth: "token", fetch });
  const ids: unknown[] = [];
  for await (const message of discord.paginate("/channels/{channel_id}/messages", channel("1"))) ids.push(message.id);
  for await (const { user } of discord.paginate("/guilds/{guild_id}/members", { params: { path: { guild_id: "1" } } }))
    ids.push(user.id);
  expect(ids).toEqual(["9", "8", "7", "1"]);
  expect(asked).toEqual(["", "?before=8", "?before=7", "", "?after=1"]);
});

test("a message has a nonce that Discord enforces, and is sent again under it", async () => {
  server.faults.push({ kind: "response", status: 502 });
  await create().POST("/channels/{channel_id}/messages", { ...channel("1"), body: { content: "Hi" } });
  const bodies = server.requests.map(({ body }) => body as { nonce: string; enforce_nonce: boolean });
  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toEqual(bodies[0]);
  expect(bodies[0]).toMatchObject({ content: "Hi", enforce_nonce: true });
  expect(bodies[0]?.nonce.length).toBeLessThanOrEqual(25);
});
