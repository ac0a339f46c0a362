import { parseArgs } from "node:util";
import type { DeadLetterQueue } from "./dead-letter-queue.js";

/** What a user asks of the command. */
export type DeadLetterRequest =
  | { readonly kind: "help" }
  | {
      readonly kind: "list" | "replay";
      readonly queue: string;
      readonly id: string | undefined;
      readonly type: string | undefined;
      /** The flags that only this kind of queue has. */
      readonly flags: Readonly<Record<string, string | undefined>>;
    };

/** The help of the command. */
export function usageOf({ title, flags, defaults }: DeadLetterQueue): string {
  const own = Object.entries(flags)
    .map(([name, value]) => ` [--${name} <${value}>]`)
    .join("");
  return `connectry-webhooks: the dead letters of a ${title} queue of webhook events

  connectry-webhooks list   --queue <name>${own} [--type <event>]
  connectry-webhooks replay --queue <name>${own} (--id <id> | --type <event> | --all)

${defaults}`;
}

const text = { type: "string" } as const;
const common = {
  queue: text,
  id: text,
  type: text,
  all: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** Reads the arguments of the command. Throws an Error that says what to pass. */
export function readCommand(args: readonly string[], { flags }: DeadLetterQueue): DeadLetterRequest {
  const own = Object.fromEntries(Object.keys(flags).map((name) => [name, text]));
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...own, ...common },
    allowPositionals: true,
  });
  const { queue, id, type, all, help, ...rest } = values as {
    readonly queue?: string;
    readonly id?: string;
    readonly type?: string;
    readonly all: boolean;
    readonly help: boolean;
  };
  const [command = "", ...others] = positionals;
  if (help) return { kind: "help" };
  if (others.length > 0 || (command !== "list" && command !== "replay")) {
    throw new Error(`unknown command \`${positionals.join(" ")}\`: use list or replay`);
  }
  if (queue === undefined) throw new Error("--queue is missing: pass the name of the queue");
  if (command === "replay" && [id, type, all || undefined].filter((one) => one !== undefined).length !== 1) {
    throw new Error("replay needs exactly one of --id, --type or --all");
  }
  return { kind: command, queue, id, type, flags: rest };
}
