import type { Core } from "../load-core.ts";
import type { Random } from "../simulation/random.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { LuaRedis } from "./lua-redis.ts";
import { commandBytes, parseReply } from "./resp.ts";

type RedisClient = Parameters<Core["createRedisConnection"]>[0];
type Listener = Parameters<NonNullable<RedisClient["subscribe"]>>[1];

/** How long things take that the simulation does not execute. */
export interface RedisTimes {
  /** Draws a round trip between a process and Redis, in milliseconds. */
  readonly roundTripMs: (random: Random) => number;
  /** How long the processor of Redis works for one command, in microseconds. */
  readonly commandUs: number;
  /** And for each run of a script in it. */
  readonly runUs: number;
}

/** What passed between processes and Redis. */
export interface RedisTraffic {
  commands: number;
  scriptRuns: number;
  bytesIn: number;
  bytesOut: number;
  /** How long its processor worked, in milliseconds. */
  busyMs: number;
}

/** A Redis of a simulation. Commands wait for their turn, as it has one thread. */
export interface SimulatedRedis {
  readonly traffic: RedisTraffic;
  /** The client of one process. */
  client(): RedisClient;
}

const isScript = ([name]: readonly string[]) => name === "EVALSHA" || name === "EVAL";

/** How many runs of a script a command contains: each has the numbers of its keys and arguments before its arguments. */
export function runsOf(command: readonly string[]): number {
  if (!isScript(command)) return 0;
  let runs = 0;
  for (let at = 3 + Number(command[2]); at < command.length; at += 2 + Number(command[at + 1])) runs += 1;
  return runs;
}

/** Creates one on a simulation. */
export function simulatedRedis(
  { clock, at }: Simulation,
  lua: LuaRedis,
  { times, random }: { readonly times: RedisTimes; readonly random: Random },
): SimulatedRedis {
  const traffic: RedisTraffic = { commands: 0, scriptRuns: 0, bytesIn: 0, bytesOut: 0, busyMs: 0 };
  const listeners = new Map<string, Set<Listener>>();
  let freeAtMs = 0;
  const onWayMs = () => times.roundTripMs(random) / 2;

  const deliver = () => {
    for (const { channel, message } of lua.takePublished())
      for (const listener of listeners.get(channel) ?? []) {
        traffic.bytesOut += commandBytes(["message", channel, message]);
        at(clock.monotonic() + onWayMs(), () => listener.message(message));
      }
  };

  /** Executes a command when it is its turn, and returns its reply with the time at which it is sent. */
  const execute = (command: readonly string[], done: (reply: string) => void) => {
    const runs = runsOf(command);
    const busyMs = (times.commandUs + runs * times.runUs) / 1_000;
    traffic.commands += 1;
    traffic.scriptRuns += runs;
    traffic.bytesIn += commandBytes(command);
    traffic.busyMs += busyMs;
    freeAtMs = Math.max(freeAtMs, clock.monotonic()) + busyMs;
    at(freeAtMs, () => {
      const reply = lua.execute(command, Math.floor(clock.now() * 1_000 + (clock.monotonic() % 1) * 1_000));
      traffic.bytesOut += reply.length;
      deliver();
      done(reply);
    });
  };

  return {
    traffic,
    client() {
      // What one connection sends arrives in its order, and so do the replies.
      let sentUntilMs = 0;
      let repliedUntilMs = 0;
      const sendAll = (commands: readonly (readonly string[])[]) => {
        sentUntilMs = Math.max(sentUntilMs, clock.monotonic() + onWayMs());
        const arrivesAtMs = sentUntilMs;
        return commands.map(
          (command) =>
            new Promise<unknown>((resolve, reject) => {
              at(arrivesAtMs, () =>
                execute(command, (reply) => {
                  repliedUntilMs = Math.max(repliedUntilMs, clock.monotonic() + onWayMs());
                  at(repliedUntilMs, () => {
                    const value = parseReply(reply);
                    if (value instanceof Error) reject(value);
                    else resolve(value);
                  });
                }),
              );
            }),
        );
      };
      return {
        send: (command) => sendAll([command])[0]!,
        sendAll,
        async subscribe(channel, listener) {
          const own = listeners.get(channel) ?? new Set();
          listeners.set(channel, own.add(listener));
          listener.ready();
          return async () => void own.delete(listener);
        },
      };
    },
  };
}
