import type { DeadLetter } from "../webhooks/queue/dead-letter.js";
import type { DeadLetterQueue, OpenDeadLetters } from "./dead-letter-queue.js";
import { type DeadLetterRequest, readCommand, usageOf } from "./read-command.js";

/** Where the command prints. */
export interface CommandOutput {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

const consoleOutput: CommandOutput = {
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
};

/** Lists or replays the dead letters that a user asks for, and prints a line for each. */
async function processLetters(
  { kind, id, type }: Exclude<DeadLetterRequest, { kind: "help" }>,
  letters: readonly DeadLetter[],
  print: CommandOutput["print"],
): Promise<number> {
  const wanted = letters.filter(
    ({ event }) => (id === undefined || event.id === id) && (type === undefined || event.names.includes(type)),
  );
  for (const { event, reason, attempts, failedAtMs, replay } of wanted) {
    if (kind === "replay") await replay();
    const when = failedAtMs === undefined ? "" : new Date(failedAtMs).toISOString();
    const [line = ""] = reason.split("\n");
    print([when, event.provider, event.type, event.id, `${attempts} attempts`, line].join("  "));
  }
  print(`${wanted.length} ${kind === "replay" ? "queued again" : "dead letters"}`);
  return kind === "replay" && id !== undefined && wanted.length === 0 ? 1 : 0;
}

/** The command `connectry-webhooks` of a package of queues. Resolves to its exit code. */
export async function runDeadLetterCommand(
  kind: DeadLetterQueue,
  args: readonly string[],
  { print, printError }: CommandOutput = consoleOutput,
): Promise<number> {
  let request: DeadLetterRequest;
  try {
    request = readCommand(args, kind);
  } catch (error) {
    printError(`${(error as Error).message}\n\n${usageOf(kind)}`);
    return 2;
  }
  if (request.kind === "help") {
    print(usageOf(kind));
    return 0;
  }
  let queue: OpenDeadLetters | undefined;
  try {
    queue = await kind.open(request.queue, request.flags);
    return await processLetters(request, await queue.list(), print);
  } catch (error) {
    printError(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    await queue?.close();
  }
}
