import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RabbitmqServer, rabbitmqServer } from "../../core/test/rabbitmq.js";
import { commandContract, queueContract, webhooks } from "../../core/test/webhooks/queue-contract.js";
import { connect, queueKind } from "../test/queue-kind.js";
import { deadLetters, rabbitmqQueue, rabbitmqWorker, replayCommand } from "./index.js";

let server: RabbitmqServer;
beforeAll(async () => {
  server = await rabbitmqServer();
});
afterAll(() => server?.close());

describe.each(["classic", "quorum"] as const)("RabbitMQ, with %s queues", (queueType) => {
  queueContract(queueKind(() => server, queueType));
  commandContract(queueKind(() => server, queueType));
});

test("attempts with different waits do not wait for each other, and dead letters can be listed many times", async () => {
  const { connection, name } = connect(server);
  const queue = rabbitmqQueue(connection, { name });
  const event = { type: "a", names: ["a"], isIdentified: true, payload: {}, provider: "stripe", signedAtMs: undefined };
  await queue.add({ ...event, id: "evt_slow" });
  const attempts: string[] = [];
  const worker = rabbitmqWorker(connection, webhooks, {
    name,
    attempts: 3,
    backoffMs: 400,
    onError: () => {},
    otherwise: async ({ id }) => {
      attempts.push(id);
      if (id === "evt_slow" && attempts.filter((one) => one === id).length === 2)
        await queue.add({ ...event, id: "evt_quick" });
      throw new Error("closed");
    },
  });
  await expect.poll(async () => (await deadLetters(connection, { name })).length).toBe(2);
  // The third attempt of the first event waits for 800 ms, and the second of the other one, which failed later, for 400.
  expect(attempts).toEqual(["evt_slow", "evt_slow", "evt_quick", "evt_quick", "evt_slow", "evt_quick"]);
  for (let times = 0; times < 25; times += 1) expect(await deadLetters(connection, { name })).toHaveLength(2);
  await worker.close();
  await queue.close();
});

test.each([
  [["--amqp", "amqp://guest:s3cret@127.0.0.1:1"], /^RabbitMQ at 127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/],
  [["--queue-type", "stream"], /^unknown --queue-type `stream`: use classic or quorum$/],
])("the command with %j reports soon what is wrong, without the password", async (args, problem) => {
  const errors: string[] = [];
  const output = { print: () => {}, printError: (line: string) => void errors.push(line) };
  expect(await replayCommand(["list", "--queue", "webhooks", ...args], () => import("rabbitmq-client"), output)).toBe(
    1,
  );
  expect(errors).toEqual([expect.stringMatching(problem)]);
  expect(errors[0]).not.toContain("s3cret");
});

test("missing arguments are a ConfigurationError", async () => {
  const missing = undefined as never;
  expect(() => rabbitmqQueue(missing)).toThrow(/pass the `Connection` of rabbitmq-client/);
  expect(() => rabbitmqWorker(missing, webhooks, { otherwise: () => {} })).toThrow(/pass the `Connection`/);
  expect(() => rabbitmqWorker({} as never, webhooks, {})).toThrow(/pass `on` or `otherwise`/);
  await expect(deadLetters(missing)).rejects.toMatchObject({ name: "ConfigurationError" });
});
