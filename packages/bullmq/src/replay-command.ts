import { parseArgs } from "node:util";
import { deadLetters, type FailedQueueLike } from "./dead-letters.js";

/** A queue that the command has opened, and closes. */
export interface OpenQueue extends FailedQueueLike {
  close(): Promise<unknown>;
}

/** The output and the queues of the command. */
export interface ReplayContext {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
  readonly openQueue: (name: string, redisUrl: string, prefix: string | undefined) => Promise<OpenQueue>;
}

const usage = `connectry-webhooks: the dead letters of a BullMQ queue of webhook events

  connectry-webhooks list   --queue <name> [--redis <url>] [--prefix <prefix>] [--type <event>]
  connectry-webhooks replay --queue <name> [--redis <url>] [--prefix <prefix>] (--id <id> | --type <event> | --all)

The defaults are --redis redis://127.0.0.1:6379, and BullMQ's own prefix.`;

const flags = {
  queue: { type: "string" },
  redis: { type: "string", default: "redis://127.0.0.1:6379" },
  prefix: { type: "string" },
  id: { type: "string" },
  type: { type: "string" },
  all: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

function read(args: readonly string[]) {
  const { values, positionals } = parseArgs({ args: [...args], options: flags, allowPositionals: true });
  const [command = "", ...rest] = positionals;
  if (values.help) return { kind: "help" } as const;
  if (rest.length > 0 || (command !== "list" && command !== "replay")) {
    throw new Error(`unknown command \`${positionals.join(" ")}\`: use list or replay`);
  }
  const { queue, id, type, all } = values;
  if (queue === undefined) throw new Error("--queue is missing: pass the name of the queue");
  if (command === "replay" && [id, type, all || undefined].filter((one) => one !== undefined).length !== 1) {
    throw new Error("replay needs exactly one of --id, --type or --all");
  }
  return { kind: command, queue, id, type, redis: values.redis, prefix: values.prefix } as const;
}

/** The command `connectry-webhooks`; resolves to its exit code. */
export async function replayCommand(args: readonly string[], context: ReplayContext): Promise<number> {
  let wanted: ReturnType<typeof read>;
  try {
    wanted = read(args);
  } catch (error) {
    context.printError(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  if (wanted.kind === "help") {
    context.print(usage);
    return 0;
  }
  const { kind, id, type } = wanted;
  let queue: OpenQueue | undefined;
  try {
    queue = await context.openQueue(wanted.queue, wanted.redis, wanted.prefix);
    const letters = (await deadLetters(queue)).filter(
      ({ event }) => (id === undefined || event.id === id) && (type === undefined || event.names.includes(type)),
    );
    for (const { event, reason, attempts, failedAtMs, replay } of letters) {
      if (kind === "replay") await replay();
      const when = failedAtMs === undefined ? "" : new Date(failedAtMs).toISOString();
      const [line = ""] = reason.split("\n");
      context.print([when, event.provider, event.type, event.id, `${attempts} attempts`, line].join("  "));
    }
    context.print(`${letters.length} ${kind === "replay" ? "queued again" : "dead letters"}`);
    return kind === "replay" && id !== undefined && letters.length === 0 ? 1 : 0;
  } catch (error) {
    context.printError(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    await queue?.close();
  }
}
