// Our repairs of the document are checked by Slack's own responses, which the document has as examples, and by its client's types.
import { loadDocuments } from "@connectry/codegen";
import { type FakeProvider, fakeProvider } from "@connectry/testing";
import type {
  ChatScheduledMessagesListResponse,
  ChatScheduleMessageResponse,
  ConversationsInfoResponse,
  ConversationsListResponse,
  TeamProfileGetResponse,
  UsergroupsListResponse,
  UsersInfoResponse,
  UsersListResponse,
} from "@slack/web-api";
import { afterAll, beforeAll, expect, expectTypeOf, test } from "vitest";
import type { SlackAttachments, SlackBlocks, SlackEventOf, SlackView } from "./block-kit.js";
import { createSlack, facts, profile, type Slack } from "./index.js";

type Json = Record<string, unknown>;

const [document] = (await loadDocuments("slack")).map(({ json }) => json) as [Json];
let server: FakeProvider;
let slack: Slack;

beforeAll(async () => {
  server = await fakeProvider({ document, profile, facts, credential: "xoxb-1" });
  slack = createSlack({ auth: "xoxb-1", baseUrl: server.url });
});
afterAll(() => server.close());

const kindOf = (value: unknown) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

/** A schema, which may be a reference. */
function resolve(schema: unknown): Json {
  const { $ref } = (schema ?? {}) as { $ref?: string };
  if ($ref === undefined) return (schema ?? {}) as Json;
  return resolve(
    $ref
      .slice(2)
      .split("/")
      .reduce<unknown>((node, key) => (node as Json)[key], document),
  );
}

/** The kinds of values that a schema allows; none if it allows all. */
function kindsOf(schema: unknown): Set<string> {
  const { type, nullable, anyOf = [], oneOf = [], items } = resolve(schema) as Record<string, never> & Json;
  const kinds = [...(anyOf as unknown[]), ...(oneOf as unknown[])].flatMap((one) => [...kindsOf(one)]);
  if (type !== undefined) kinds.push(type === "integer" ? "number" : String(type));
  else if (items !== undefined) kinds.push("array");
  return new Set(nullable === true ? [...kinds, "null"] : kinds);
}

/** Where a response is of another kind than its schema says, at any depth: `.channel: object, not array`. */
function findMismatches(value: unknown, schema: unknown, at: string): string[] {
  const kinds = kindsOf(schema);
  if (kinds.size > 0 && !kinds.has(kindOf(value))) return [`${at}: ${kindOf(value)}, not ${[...kinds].join()}`];
  const { properties, items } = resolve(schema) as { properties?: Json; items?: unknown };
  if (Array.isArray(value)) return value.flatMap((one) => (items ? findMismatches(one, items, `${at}[]`) : []));
  if (kindOf(value) !== "object") return [];
  return Object.entries(value as Json).flatMap(([name, member]) =>
    properties?.[name] ? findMismatches(member, properties[name], `${at}.${name}`) : [],
  );
}

/** Each response that the document has for a success, with its schema. */
function recordedResponses(): { readonly path: string; readonly value: Json; readonly schema: unknown }[] {
  return Object.entries(document.paths as Record<string, Record<string, Json>>).flatMap(([path, methods]) =>
    Object.values(methods).flatMap((operation) => {
      const response = (operation.responses as Record<string, Json> | undefined)?.["200"];
      const media = (response?.content as Record<string, Json> | undefined)?.["application/json"];
      const examples = Object.values((media?.examples ?? {}) as Record<string, { value?: Json }>);
      return examples.flatMap(({ value }) => (value?.ok === true ? [{ path, value, schema: media?.schema }] : []));
    }),
  );
}

test("each of Slack's responses is what its schema says: an object where it is one, and a list where it is one", () => {
  const all = recordedResponses();
  expect(all.length).toBeGreaterThan(100);
  const mismatches = new Set(all.flatMap(({ path, value, schema }) => findMismatches(value, schema, path)));
  // Here Slack's examples contradict the types of its client, which say what the document says.
  expect([...mismatches].sort()).toEqual([
    "/chat.scheduleMessage.post_at: string, not number",
    "/chat.scheduledMessages.list.scheduled_messages[].id: number, not string",
    "/team.profile.get.profile.fields[].is_hidden: number, not boolean",
    "/usergroups.list.usergroups[].user_count: string, not number",
  ]);
  type Item<List> = List extends readonly (infer Value)[] ? Value : never;
  type Scheduled = Item<NonNullable<ChatScheduledMessagesListResponse["scheduled_messages"]>>;
  type Field = Item<NonNullable<NonNullable<TeamProfileGetResponse["profile"]>["fields"]>>;
  expectTypeOf<ChatScheduleMessageResponse["post_at"]>().toEqualTypeOf<number | undefined>();
  expectTypeOf<Scheduled["id"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Field["is_hidden"]>().toEqualTypeOf<boolean | undefined>();
  type Usergroup = Item<NonNullable<UsergroupsListResponse["usergroups"]>>;
  expectTypeOf<Usergroup["user_count"]>().toEqualTypeOf<number | undefined>();
});

test("a user and a channel are objects, for the compiler as for the fake, with what the official client's types have", async () => {
  const { data: info } = await slack.GET("/users.info", { params: { query: { user: "W012A3CDE" } } });
  const user: Pick<
    NonNullable<UsersInfoResponse["user"]>,
    "id" | "name" | "deleted" | "is_bot" | "tz_label"
  > = info.user;
  expect(kindOf(user)).toBe("object");
  const { data: opened } = await slack.GET("/conversations.info", { params: { query: { channel: "C012AB3CD" } } });
  type Channel = NonNullable<ConversationsInfoResponse["channel"]>;
  const channel: Pick<Channel, "id" | "name" | "created" | "is_im" | "is_private"> = opened.channel;
  expect(kindOf(channel)).toBe("object");

  type Member = NonNullable<UsersListResponse["members"]>[number];
  for await (const member of slack.paginate("/users.list")) {
    const { id, name }: Pick<Member, "id" | "name"> = member;
    expect([kindOf(id), kindOf(name)]).toEqual(["string", "string"]);
  }
  type Listed = NonNullable<ConversationsListResponse["channels"]>[number];
  for await (const listed of slack.paginate("/conversations.list")) {
    const { id }: Pick<Listed, "id"> = listed;
    expect(kindOf(id)).toBe("string");
  }
});

const view = { type: "modal", title: { type: "plain_text", text: "Hi" }, blocks: [] };

test("what writes is a POST: a view is JSON in its form, and the secret of an app is in no URL", async () => {
  await slack.POST("/views.open", { body: { trigger_id: "12345.98765", view } });
  expect(server.requests.at(-1)).toMatchObject({ operation: "POST /views.open", query: {} });
  expect(new TextDecoder().decode(server.requests.at(-1)?.bytes)).toContain(
    `view=${new URLSearchParams({ "": JSON.stringify(view) }).toString().slice(1)}`,
  );
  await slack.POST("/oauth.v2.access", { body: { client_id: "1.2", client_secret: "s3cret", code: "c" } });
  expect(server.requests.at(-1)).toMatchObject({ operation: "POST /oauth.v2.access", query: {} });

  const writes = [
    "views.",
    "dialog.open",
    "workflows.",
    "apps.uninstall",
    "auth.revoke",
    "oauth.",
    "files.remote.share",
  ];
  const gets = Object.entries(document.paths as Record<string, Json>).filter(
    ([, methods]) => methods.get !== undefined,
  );
  expect(gets.map(([path]) => path).filter((path) => writes.some((name) => path.startsWith(`/${name}`)))).toEqual([]);
});

test("a write that the document calls a GET is not sent again after its response was lost", async () => {
  server.faults.push({ kind: "response", status: 502 });
  const { error } = await slack.safe.POST("/views.open", { body: { trigger_id: "12345.98765", view } });
  expect(error).toMatchObject({ outcome: "unknown", attempts: [{ status: 502 }] });
});

test("blocks, attachments, views and events are typed by @slack/types", async () => {
  const blocks: SlackBlocks = [{ type: "section", text: { type: "mrkdwn", text: "*Deployed*" } }, { type: "divider" }];
  const attachments: SlackAttachments = [{ color: "#00ff00", text: "Green" }];
  await slack.POST("/chat.postMessage", { body: { channel: "C0123456789", blocks, attachments } });
  const sent = (name: string) =>
    JSON.parse(new URLSearchParams(new TextDecoder().decode(server.requests.at(-1)?.bytes)).get(name) ?? "null");
  expect([sent("blocks"), sent("attachments")]).toEqual([blocks, attachments]);

  const modal: SlackView = { type: "modal", title: { type: "plain_text", text: "Hi" }, blocks };
  await slack.POST("/views.open", { body: { trigger_id: "12345.98765", view: modal } });
  expect(sent("view")).toEqual(modal);

  // @ts-expect-error There is no such block.
  [{ type: "section", txt: 1 }] satisfies SlackBlocks;
  expectTypeOf<SlackEventOf<"app_mention">["text"]>().toEqualTypeOf<string>();
  expectTypeOf<SlackEventOf<"reaction_added">["reaction"]>().toEqualTypeOf<string>();
});
