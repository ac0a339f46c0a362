import { type CommandOutput, type DeadLetterQueue, runDeadLetterCommand } from "@connectry/core/dead-letters";
import { type ImportRabbitmqClient, openDeadLetters } from "./open-connection.js";

const rabbitmq = (importClient: ImportRabbitmqClient): DeadLetterQueue => ({
  title: "RabbitMQ",
  flags: { amqp: "url", "queue-type": "classic or quorum" },
  defaults: "The defaults are --amqp amqp://guest:guest@127.0.0.1:5672 and --queue-type classic.",
  async open(name, { amqp = "amqp://guest:guest@127.0.0.1:5672", "queue-type": queueType = "classic" }) {
    if (queueType !== "classic" && queueType !== "quorum") {
      throw new Error(`unknown --queue-type \`${queueType}\`: use classic or quorum`);
    }
    return openDeadLetters({ name, queueType }, amqp, importClient);
  },
});

/** The command `connectry-webhooks`; resolves to its exit code. */
export function replayCommand(
  args: readonly string[],
  importClient: ImportRabbitmqClient,
  output?: CommandOutput,
): Promise<number> {
  return runDeadLetterCommand(rabbitmq(importClient), args, output);
}
