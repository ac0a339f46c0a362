import type { CommandOutput } from "@connectry/core/dead-letters";
import {
  createWebhookHandler,
  createWebhooks,
  type DeadLetter,
  type EventRoutes,
  memoryInbox,
  signWebhook,
  stripe,
  type WebhookQueue,
} from "@connectry/core/webhooks";
import { expect, onTestFinished, test } from "vitest";

interface Events {
  readonly "invoice.paid": { readonly id: string };
}

/** Webhooks whose events the contract queues. */
export const webhooks = createWebhooks<Events>(stripe);

/** A queue of one test, on a real server. */
export interface QueueUnderTest {
  readonly queue: WebhookQueue;
  /** Starts a worker, which the test ends. */
  work(routes: EventRoutes<Events>): Promise<void>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** The name of the queue. */
  readonly name: string;
  /** Runs the command `connectry-webhooks` on the server of the queue. */
  command(args: readonly string[], output: CommandOutput): Promise<number>;
  /** Sends SIGKILL to the server. */
  killServer(): Promise<void>;
  restartServer(): Promise<void>;
}

/** A kind of queue. */
export interface QueueKind {
  /** Whether the queue recognizes an event that it has. Otherwise the inbox of the endpoint does. */
  readonly recognizes: boolean;
  /** Creates a queue whose events have two attempts, the second after the shortest wait that it has. */
  create(): Promise<QueueUnderTest>;
}

const paid = (id: string) => ({ id, type: "invoice.paid" });
const idsOf = (seen: readonly string[]) => [...new Set(seen)].sort();

/** A queue, and an endpoint that fills it. */
async function setUp(kind: QueueKind) {
  const made = await kind.create();
  const handler = createWebhookHandler(stripe, {
    secrets: "whsec_test",
    queue: made.queue,
    inbox: kind.recognizes ? false : memoryInbox(),
    onError: () => {},
  });
  const send = async (id: string) =>
    (await handler(await signWebhook(stripe, paid(id), { secret: "whsec_test" }))).status;
  return { ...made, send };
}

/** What every queue of events must do. */
export function queueContract(kind: QueueKind): void {
  test("the endpoint responds when the event is stored, and a worker processes each event once, with its type", async () => {
    const { send, work } = await setUp(kind);
    expect([await send("evt_1"), await send("evt_1"), await send("evt:2")]).toEqual([204, 204, 204]);
    const seen: unknown[] = [];
    await work({
      on: {
        "invoice.paid": ({ id, type, payload, provider }, { delivery, claim, signal }) =>
          void seen.push([id, type, payload.id, provider, delivery, claim, signal.aborted]),
      },
    });
    await expect.poll(() => seen.length).toBe(2);
    expect(await send("evt_1")).toBe(204);
    expect(await send("evt_3")).toBe(204);
    await expect.poll(() => seen.length).toBe(3);
    expect(seen).toEqual(
      ["evt_1", "evt:2", "evt_3"].map((id) => [id, "invoice.paid", id, "stripe", undefined, undefined, false]),
    );
  });

  test("an event that fails is tried again, then is a dead letter, and is processed when it is replayed", async () => {
    const { send, work, deadLetters } = await setUp(kind);
    const startedAtMs = Date.now();
    for (const id of ["evt_1", "evt_2", "evt_3"]) expect(await send(id)).toBe(204);
    let isBroken = true;
    const attempted: string[] = [];
    const processed: string[] = [];
    await work({
      otherwise: ({ id }) => {
        attempted.push(id);
        if (isBroken && id !== "evt_2") throw new Error(`the ledger is closed\nfor ${id}`);
        processed.push(id);
      },
    });
    await expect.poll(async () => (await deadLetters()).length).toBe(2);
    expect(processed).toEqual(["evt_2"]);
    expect(attempted.filter((id) => id === "evt_1")).toHaveLength(2);
    const letters = [...(await deadLetters())].sort((a, b) => (a.event.id < b.event.id ? -1 : 1));
    expect(letters).toMatchObject([
      { event: { id: "evt_1", type: "invoice.paid" }, attempts: 2, reason: "the ledger is closed\nfor evt_1" },
      { event: { id: "evt_3", payload: paid("evt_3") }, attempts: 2, reason: "the ledger is closed\nfor evt_3" },
    ]);
    expect(letters.every(({ failedAtMs = 0 }) => failedAtMs >= startedAtMs - 1_000)).toBe(true);
    // With all its attempts, so that it is a dead letter again after two more.
    await letters[0]?.replay();
    await expect.poll(() => attempted.filter((id) => id === "evt_1").length).toBe(4);
    await expect.poll(async () => (await deadLetters()).length).toBe(2);
    isBroken = false;
    await letters[1]?.replay();
    await expect.poll(() => processed).toEqual(["evt_2", "evt_3"]);
    await expect.poll(async () => (await deadLetters()).map(({ event }) => event.id)).toEqual(["evt_1"]);
  });
}

/** What the command of every package of queues must do. */
export function commandContract(kind: QueueKind): void {
  test("`connectry-webhooks` lists dead letters, replays the ones that are named, and creates no queue", async () => {
    const { send, work, deadLetters, command, name } = await setUp(kind);
    const ids = ["evt_1", "evt_2", "evt_3"];
    for (const id of ids) expect(await send(id)).toBe(204);
    let isBroken = true;
    const processed: string[] = [];
    await work({
      otherwise: ({ id }) => {
        if (isBroken) throw new Error(`the ledger is closed\nfor ${id}`);
        processed.push(id);
      },
    });
    await expect.poll(async () => (await deadLetters()).length).toBe(3);
    isBroken = false;

    const run = async (...args: string[]) => {
      const lines: string[] = [];
      const errors: string[] = [];
      const output = {
        print: (line: string) => void lines.push(line),
        printError: (line: string) => void errors.push(line),
      };
      const code = await command(args, output);
      return { code, lines: lines.sort(), errors };
    };
    const queue = ["--queue", name];
    const line = (id: string) =>
      expect.stringMatching(
        new RegExp(`^\\d{4}-.*Z  stripe  invoice\\.paid  ${id}  2 attempts  the ledger is closed$`),
      );
    const listed = { code: 0, errors: [], lines: expect.arrayContaining([...ids.map(line), "3 dead letters"]) };
    expect(await run("list", ...queue)).toEqual(listed);
    expect(await run("list", ...queue, "--type", "invoice.void")).toMatchObject({ lines: ["0 dead letters"] });
    expect(await run("replay", ...queue, "--id", "evt_9")).toEqual({ code: 1, errors: [], lines: ["0 queued again"] });
    expect((await deadLetters()).length).toBe(3);

    const replayed = { code: 0, errors: [], lines: expect.arrayContaining(["1 queued again", line("evt_2")]) };
    expect(await run("replay", ...queue, "--id", "evt_2")).toEqual(replayed);
    await expect.poll(() => processed).toEqual(["evt_2"]);
    expect((await run("replay", ...queue, "--type", "invoice.paid")).code).toBe(0);
    await expect.poll(() => idsOf(processed)).toEqual(ids);
    expect(await run("replay", ...queue, "--all")).toEqual({ code: 0, errors: [], lines: ["0 queued again"] });

    // Twice: the first has not created it.
    for (const args of [["list"], ["replay", "--all"]]) {
      const missing = await run(...args, "--queue", "webhoks");
      expect(missing).toEqual({ code: 1, lines: [], errors: [expect.stringMatching(/^there is no queue "webhoks" /)] });
    }
  });

  test.each([
    [[], /unknown command/],
    [["drop", "--queue", "webhooks"], /unknown command `drop`: use list or replay/],
    [["list"], /--queue is missing/],
    [["replay", "--queue", "webhooks"], /--id, --type or --all/],
    [["replay", "--queue", "webhooks", "--all", "--id", "1"], /--id, --type or --all/],
    [["list", "--queue", "webhooks", "--qeue", "a"], /qeue/],
  ])("`connectry-webhooks` rejects %j with what to do, and its help", async (args, message) => {
    const { command } = await kind.create();
    const errors: string[] = [];
    const code = await command(args, { print: () => {}, printError: (line) => void errors.push(line) });
    expect([code, errors.length]).toEqual([2, 1]);
    expect(errors[0]).toMatch(message);
    expect(errors[0]).toContain("connectry-webhooks replay --queue <name>");
  });
}

/** What every queue of events must do when its server is killed. */
export function queueOutageContract(kind: QueueKind): void {
  test("0 events are lost when the server is killed: it keeps what it has accepted, and meanwhile the endpoint responds with 500", async () => {
    const { send, work, killServer, restartServer } = await setUp(kind);
    const ids = Array.from({ length: 20 }, (_, index) => `evt_${index + 10}`);
    for (const id of ids) expect(await send(id)).toBe(204);
    await killServer();
    expect(await send("evt_99")).toBe(500);
    await restartServer();
    // As the provider does, until it is accepted.
    await expect.poll(() => send("evt_99")).toBe(204);
    const seen: string[] = [];
    await work({ otherwise: ({ id }) => void seen.push(id) });
    await expect.poll(() => idsOf(seen)).toEqual([...ids, "evt_99"]);
  });
}

/** Ends something with the test, also where it fails because its server is gone. */
export function closeWithTest(close: () => Promise<unknown>): void {
  onTestFinished(async () => {
    await close().catch(() => {});
  });
}
