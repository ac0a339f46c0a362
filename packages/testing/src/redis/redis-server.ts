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

/** Whether PING is answered with PONG within a second. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("data", (data) => {
      resolve(data.toString().startsWith("+PONG"));
      socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(false));
  });
}

async function launch(port: number, folder: string): Promise<ChildProcess> {
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  const child = spawn("redis-server", args, { stdio: ["ignore", "ignore", "inherit"] });
  let failure: Error | undefined;
  child.on("error", (error) => {
    failure = error;
  });
  for (let tries = 0; tries < 200; tries += 1) {
    if (failure) break;
    if (child.exitCode !== null) failure = new Error(`it ended with exit code ${child.exitCode}`);
    else if (await answers(port)) return child;
    else await sleep(25);
  }
  child.kill("SIGKILL");
  const why = failure?.message ?? "it did not answer within 5 s";
  throw new Error(`redis-server could not be started: ${why}. Install it first: apt-get install redis-server.`);
}

/** Starts a private redis-server on a free port. The program `redis-server` (7 or newer) must be on the PATH. */
export async function redisServer(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "connectry-redis-"));
  const port = await freePort();
  let child = await launch(port, folder);
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
      child = await launch(port, folder);
    },
    stop: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    close,
    [Symbol.asyncDispose]: close,
  };
}
