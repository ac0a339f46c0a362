import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.js";
import { rabbitmqProgram } from "./rabbitmq-program.js";

/** A private RabbitMQ, which a test may kill. */
export interface RabbitmqServer {
  /** `amqp://guest:guest@127.0.0.1:49152`. */
  readonly url: string;
  /** Sends SIGKILL to the broker, and resolves when it has ended. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with what it has on disk. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Whether the broker speaks AMQP on a port: it responds to the header of the protocol with a method frame. */
function speaksAmqp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(Buffer.from([0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1])));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("data", (data) => {
      resolve(data[0] === 1);
      socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(false));
  });
}

/** Starts a broker without plugins, in a folder that is removed when it is closed. */
export async function rabbitmqServer(): Promise<RabbitmqServer> {
  const folder = await mkdtemp(join(tmpdir(), "connectry-rabbitmq-"));
  const [port, distributionPort] = [await freePort(), await freePort()];
  await mkdir(join(folder, "home"));
  await writeFile(join(folder, "plugins"), "[].");
  const env = {
    PATH: process.env.PATH,
    LANG: "C.UTF-8",
    HOME: join(folder, "home"),
    RABBITMQ_NODENAME: `connectry-${randomUUID().slice(0, 8)}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: "127.0.0.1",
    RABBITMQ_NODE_PORT: `${port}`,
    RABBITMQ_DIST_PORT: `${distributionPort}`,
    RABBITMQ_MNESIA_BASE: join(folder, "data"),
    RABBITMQ_LOG_BASE: join(folder, "log"),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, "plugins"),
    RABBITMQ_CONFIG_FILE: join(folder, "none"),
    RABBITMQ_CONF_ENV_FILE: join(folder, "none"),
    ERL_EPMD_ADDRESS: "127.0.0.1",
  };
  let broker: ChildProcess | undefined;
  // Its own group, which also has the shell that starts it.
  const signal = (name: NodeJS.Signals) => {
    try {
      if (broker?.pid !== undefined) process.kill(-broker.pid, name);
    } catch {
      // It has ended.
    }
  };
  const kill = async () => {
    if (broker === undefined || broker.exitCode !== null || broker.signalCode !== null) return;
    const ended = once(broker, "exit");
    signal("SIGKILL");
    await ended;
    // The shell has ended, and the broker may close its socket a little later.
    while (await speaksAmqp(port)) await sleep(10);
  };
  const start = async () => {
    const child = spawn(rabbitmqProgram(), [], { env, cwd: folder, detached: true, stdio: "ignore" });
    broker = child;
    while (!(await speaksAmqp(port))) {
      if (child.exitCode !== null) throw new Error(`rabbitmq-server ended with exit code ${child.exitCode}`);
      await sleep(100);
    }
  };
  const onExit = () => signal("SIGKILL");
  process.once("exit", onExit);
  await start();
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    kill,
    restart: start,
    async close() {
      process.off("exit", onExit);
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
