import { tickQueue } from "../platform/tick-queue.js";
import type { RedisScript } from "./redis-script.js";
import { RedisUnavailableError } from "./redis-unavailable-error.js";
import { commandOf, groupRuns, type RunGroup, readRuns, type ScriptRun } from "./script-runs.js";

type Command = readonly string[];

/** Sends commands together, and returns a promise for the reply to each. */
export type Exchange = (commands: readonly Command[]) => readonly Promise<unknown>[];

/** Sends what is asked for in one turn of the event loop together. */
export interface RequestDispatcher {
  send(command: Command): Promise<unknown>;
  run(script: RedisScript, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
}

/** Whether the keys of a command are on several nodes of a cluster, or may be: Redis rejects the command. */
export const isCrossSlot = (error: unknown) => error instanceof Error && error.message.includes("CROSSSLOT");

/** Whether Redis does not know a script by its hash (any longer). */
export const isUnknownScript = (error: unknown) => error instanceof Error && error.message.includes("NOSCRIPT");

interface Settle {
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type CommandRequest = Settle & { readonly command: Command };
type RunRequest = Settle & ScriptRun;

/**
 * Creates a dispatcher, which sends the runs of one script as one command. Whether Redis is a cluster, where that is one command
 * for each hash slot, is known or learned from its first rejection.
 */
export function createDispatcher(exchange: Exchange, isKnownCluster = false): RequestDispatcher {
  let isCluster = isKnownCluster;

  /** Settles the runs of a group that was sent. What Redis did not execute is sent once more as it accepts it. */
  const settle = async (group: RunGroup<RunRequest>, sent: Promise<unknown>): Promise<void> => {
    try {
      const results = readRuns(await sent, group);
      group.forEach(({ resolve, reject }, index) => {
        const result = results[index]!;
        if ("error" in result) reject(new RedisUnavailableError(`Redis is unavailable: ${result.error}.`));
        else resolve(result.reply);
      });
    } catch (error) {
      if (isUnknownScript(error)) return settle(group, exchange([await commandOf(group, "EVAL")])[0]!);
      if (isCrossSlot(error) && group.length > 1) {
        isCluster = true;
        return sendAll(groupRuns(group, isCluster));
      }
      for (const { reject } of group) reject(error);
    }
  };

  const sendAll = async (groups: readonly RunGroup<RunRequest>[], requests: readonly CommandRequest[] = []) => {
    const runs = await Promise.all(groups.map((group) => commandOf(group, "EVALSHA")));
    const sent = exchange([...requests.map(({ command }) => command), ...runs]);
    for (const [index, { resolve, reject }] of requests.entries()) sent[index]!.then(resolve, reject);
    for (const [index, group] of groups.entries()) void settle(group, sent[requests.length + index]!);
  };

  const add = tickQueue<CommandRequest | RunRequest>((requests) => {
    const runs = requests.filter((request) => "script" in request);
    const commands = requests.filter((request) => "command" in request);
    void sendAll(groupRuns(runs, isCluster), commands);
  });

  return {
    send: (command) => new Promise((resolve, reject) => add({ command, resolve, reject })),
    run: (script, keys, args) => new Promise((resolve, reject) => add({ script, keys, args, resolve, reject })),
  };
}
