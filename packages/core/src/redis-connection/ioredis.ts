import { firstKeyOf, keySlot } from "./key-slot.js";
import { createRedisConnection, type RedisConnection, type RedisConnectionOptions } from "./redis-connection.js";

type Command = readonly string[];

/** The part of a client or cluster of the package `ioredis` that is used. */
export interface IoredisLike {
  call(command: string, ...args: string[]): Promise<unknown>;
  pipeline(commands: string[][]): { exec(): Promise<[error: Error | null, reply: unknown][] | null> };
  duplicate(): {
    on(event: string, listener: (...args: string[]) => void): unknown;
    subscribe(channel: string): Promise<unknown>;
    disconnect(): void;
  };
  readonly isCluster?: boolean;
  /** Of a cluster: the addresses of the nodes that have a slot, its master first. */
  readonly slots?: string[][];
}

// A pipeline goes to one node. What that rejects because the slot is another's, or on its way there, was not executed.
const isElsewhere = (error: unknown) =>
  error instanceof Error && /^(MOVED|ASK|TRYAGAIN|CLUSTERDOWN) /.test(error.message);

// A pipeline is replied to as a whole. Redis replies to the first 16 kB that it reads before it executes what follows
// (https://github.com/redis/redis/blob/8.0/src/server.h, PROTO_IOBUF_LEN), and the client is busy with these replies meanwhile.
const maxLength = 16_000;

/** Commands in their order, in lists that each end with the command by which they are that long. */
function byLength(commands: readonly Command[]): Command[][] {
  const lists: Command[][] = [];
  let length = maxLength;
  for (const command of commands) {
    if (length >= maxLength) {
      lists.push([]);
      length = 0;
    }
    lists.at(-1)!.push(command);
    for (const part of command) length += part.length;
  }
  return lists;
}

/** The connection of a client or cluster of the package `ioredis` (5 or 6). Subscriptions use a connection of their own. */
export function ioredis(client: IoredisLike, options?: RedisConnectionOptions): RedisConnection {
  const send = ([name = "", ...args]: Command) => client.call(name, ...args);

  const sendPipeline = (commands: readonly Command[]): Promise<unknown>[] => {
    const replies = client.pipeline(commands.map((own) => ["call", ...own])).exec();
    return commands.map(async (own, index) => {
      const [error, reply] = (await replies)?.[index] ?? [new Error("no reply")];
      if (error === null) return reply;
      // The client follows where a single command is sent to.
      if (isElsewhere(error)) return send(own);
      throw error;
    });
  };
  /** The commands of one node. */
  const sendTogether = (commands: readonly Command[]): Promise<unknown>[] => {
    const [command] = commands;
    return command && commands.length === 1 ? [send(command)] : byLength(commands).flatMap(sendPipeline);
  };
  const nodeOf = (key: string) => client.slots?.[keySlot(key)]?.join();
  const sendByNode = (commands: readonly Command[]) => {
    const nodes = new Map<string, Command[]>();
    for (const command of commands) {
      const key = firstKeyOf(command);
      const node = (key !== undefined && nodeOf(key)) || "";
      nodes.set(node, [...(nodes.get(node) ?? []), command]);
    }
    const replies = new Map<Command, Promise<unknown>>();
    for (const [node, own] of nodes) {
      // Where the node is not known yet, the client finds it for each.
      const sent = node ? sendTogether(own) : own.map(send);
      for (const [index, command] of own.entries()) replies.set(command, sent[index]!);
    }
    return commands.map((command) => replies.get(command)!);
  };

  return createRedisConnection(
    {
      send,
      sendAll: client.isCluster ? sendByNode : sendTogether,
      isCluster: client.isCluster ?? false,
      ...(client.isCluster && { nodeOf }),
      async subscribe(channel, listener) {
        const own = client.duplicate();
        // The client reconnects by itself; without a listener each lost connection would be logged.
        own.on("error", () => {});
        own.on("message", (_, message = "") => listener.message(message));
        await own.subscribe(channel);
        // After `ready` the client subscribes again by itself; the reply to this subscription arrives after that one.
        own.on("ready", () => {
          own.subscribe(channel).then(
            () => listener.ready(),
            () => {},
          );
        });
        listener.ready();
        return async () => own.disconnect();
      },
    },
    options,
  );
}
