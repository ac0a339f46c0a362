import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A private redis-server of one test, which may kill or stop it. It stores nothing on disk, unless it is `durable`. */
export interface RedisServer {
  /** `redis://127.0.0.1:49152`. */
  readonly url: string;
  readonly port: number;
  /** Sends SIGKILL: the process ends, and its data is lost unless it is `durable`. Resolves once the port is closed. */
  kill(): Promise<void>;
  /** Starts it again on the same port, without data unless it is `durable`. */
  restart(): Promise<void>;
  /** Sends SIGSTOP: it accepts connections and does not respond. */
  stop(): void;
  /** Sends SIGCONT: it continues after `stop`. */
  resume(): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether the reply to a command contains a text, within one second. */
function replies(port: number, command: string, expected: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${command}\r\n`));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("data", (data) => {
      resolve(data.toString().includes(expected));
      socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(false));
  });
}

async function launch(port: number, folder: string, extraArguments: readonly string[]): Promise<ChildProcess> {
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder, ...extraArguments];
  const program = process.env.CONNECTRY_REDIS_SERVER || "redis-server";
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  let failure: Error | undefined;
  child.on("error", (error) => {
    failure = error;
  });
  for (let attempts = 0; attempts < 200; attempts += 1) {
    if (failure) break;
    if (child.exitCode !== null) failure = new Error(`the process ended with exit code ${child.exitCode}`);
    else if (await replies(port, "PING", "+PONG")) return child;
    else await sleep(25);
  }
  child.kill("SIGKILL");
  const reason = failure?.message ?? "no response to PING within 5 s";
  throw new Error(
    `cannot start ${program}: ${reason}; install Redis 7 or newer, such as by apt-get install redis-server`,
  );
}

/** How a private redis-server is started. */
export interface RedisServerOptions {
  /** Starts one cluster node that owns all slots: it rejects commands and scripts whose keys are in several slots. @default false */
  readonly cluster?: boolean;
  /** Writes each change to its disk before it replies (append-only file, `appendfsync always`). @default false */
  readonly durable?: boolean;
  /** Further arguments of redis-server, such as `["--maxmemory", "10mb"]`. @default [] */
  readonly arguments?: readonly string[];
}

/**
 * Starts a private redis-server on a free port: the program that the variable CONNECTRY_REDIS_SERVER names, such as one of Valkey, or
 * `redis-server` of the PATH. Throws an Error where there is none (7 or newer).
 */
export async function redisServer(options: RedisServerOptions = {}): Promise<RedisServer> {
  const { cluster = false, durable = false } = options;
  const folder = await mkdtemp(join(tmpdir(), "connectry-redis-"));
  const port = await freePort();
  const extraArguments = durable ? ["--appendonly", "yes", "--appendfsync", "always"] : ["--appendonly", "no"];
  extraArguments.push(...(options.arguments ?? []));
  if (cluster) extraArguments.push("--cluster-enabled", "yes", "--cluster-port", String(await freePort()));
  const start = async () => {
    const started = await launch(port, folder, extraArguments);
    if (cluster) {
      await replies(port, "CLUSTER ADDSLOTSRANGE 0 16383", "+OK");
      // A new cluster accepts writes after about two seconds.
      while (!(await replies(port, "CLUSTER INFO", "cluster_state:ok"))) await sleep(50);
    }
    return started;
  };
  let child = await start();
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await closed;
  };
  // A test run that ends early must leave no server behind.
  const onExit = () => child.kill("SIGKILL");
  process.once("exit", onExit);
  const close = async () => {
    process.removeListener("exit", onExit);
    await kill();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    restart: async () => {
      await kill();
      child = await start();
    },
    stop: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    close,
    [Symbol.asyncDispose]: close,
  };
}
