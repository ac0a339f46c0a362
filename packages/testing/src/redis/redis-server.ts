import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A redis-server of a test's own, which may be harmed. It keeps nothing on disk. */
export interface RedisServer {
  /** `redis://127.0.0.1:49152`. */
  readonly url: string;
  readonly port: number;
  /** SIGKILL: it is gone, with all that it held. Resolves once its port is closed. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty, after `kill`. */
  restart(): Promise<void>;
  /** SIGSTOP: it accepts connections and never answers. */
  stop(): void;
  /** SIGCONT: it goes on where it was stopped. */
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

/** Whether a command is answered so within a second. */
function say(port: number, command: string, answer: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${command}\r\n`));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("data", (data) => {
      resolve(data.toString().includes(answer));
      socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(false));
  });
}

async function launch(port: number, folder: string, more: readonly string[]): Promise<ChildProcess> {
  const args = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    folder,
    ...more,
  ];
  const child = spawn("redis-server", args, { stdio: ["ignore", "ignore", "inherit"] });
  let failure: Error | undefined;
  child.on("error", (error) => {
    failure = error;
  });
  for (let tries = 0; tries < 200; tries += 1) {
    if (failure) break;
    if (child.exitCode !== null) failure = new Error(`it ended with exit code ${child.exitCode}`);
    else if (await say(port, "PING", "+PONG")) return child;
    else await sleep(25);
  }
  child.kill("SIGKILL");
  const why = failure?.message ?? "it did not answer within 5 s";
  throw new Error(`redis-server could not be started: ${why}. Install it first: apt-get install redis-server.`);
}

/** What is particular about a server. */
export interface RedisServerOptions {
  /** One node of a cluster, with all slots: it refuses commands and scripts whose keys are of several. @default false */
  readonly cluster?: boolean;
}

/** Starts a private redis-server on a free port. The program `redis-server` (7 or newer) must be on the PATH. */
export async function redisServer({ cluster = false }: RedisServerOptions = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "connectry-redis-"));
  const port = await freePort();
  const more = cluster ? ["--cluster-enabled", "yes", "--cluster-port", String(await freePort())] : [];
  const start = async () => {
    const started = await launch(port, folder, more);
    if (cluster) {
      await say(port, "CLUSTER ADDSLOTSRANGE 0 16383", "+OK");
      // It takes some two seconds before it lets anyone write.
      while (!(await say(port, "CLUSTER INFO", "cluster_state:ok"))) await sleep(50);
    }
    return started;
  };
  let child = await start();
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await gone;
  };
  // A test run that is itself ended leaves no server behind.
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
