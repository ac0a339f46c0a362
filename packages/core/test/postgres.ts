import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, onTestFinished } from "vitest";
import { freePort } from "./free-port.js";
import { postgresProgram } from "./postgres-program.js";

/** How a process reaches the server of a test file. */
export interface PostgresConfig {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/** A schema of one test. */
export interface TestSchema {
  readonly config: PostgresConfig;
  readonly schema: string;
  readonly pool: pg.Pool;
}

/** Under whom the server runs: PostgreSQL refuses to run as root. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (option: string) => Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

async function canConnect(config: PostgresConfig): Promise<boolean> {
  const client = new pg.Client(config);
  client.on("error", () => {});
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

/** A private server, which a test may kill. */
export interface PostgresServer {
  readonly config: PostgresConfig;
  /** Sends SIGKILL, and resolves when it has ended. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server, in a folder that is removed when it stops. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "connectry-postgres-"));
  const user = serverUser();
  if (user) await chown(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const init = ["--pgdata", data, "--auth", "trust", "--username", "postgres", "--encoding", "UTF8", "--no-sync"];
  await promisify(execFile)(postgresProgram("initdb"), init, { ...user, cwd: folder });
  const config = { host: "127.0.0.1", port: await freePort(), user: "postgres", database: "postgres" };
  // Processes are killed, and the machine never is: what was written is in the cache of the system.
  const options = ["-D", data, "-h", config.host, "-p", `${config.port}`, "-k", folder, "-c", "fsync=off"];
  let server: ChildProcess;
  let ended: Promise<unknown>;
  const launch = () => {
    server = spawn(postgresProgram("postgres"), options, { ...user, cwd: folder, stdio: "ignore" });
    ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  };
  const start = async () => {
    launch();
    for (let attempts = 1; !(await canConnect(config)); ) {
      // The processes of a server that was killed end a little later, and keep its data until then.
      if (server.exitCode !== null && ++attempts > 50)
        throw new Error(`postgres ended with exit code ${server.exitCode}`);
      if (server.exitCode !== null) launch();
      await sleep(50);
    }
  };
  const onExit = () => void server.kill("SIGQUIT");
  process.once("exit", onExit);
  await start();
  return {
    config,
    async kill() {
      server.kill("SIGKILL");
      await ended;
    },
    restart: start,
    async stop() {
      process.off("exit", onExit);
      // A fast shutdown: connections are closed.
      server.kill("SIGINT");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

// One for each test file that needs it.
let server: Promise<PostgresServer> | undefined;
afterAll(async () => (await server)?.stop());

/** Creates a schema of its own for a test, which is dropped at the end of it. */
export async function createSchema(options: pg.PoolConfig = {}): Promise<TestSchema> {
  server ??= startPostgres();
  const { config } = await server;
  const pool = new pg.Pool({ ...config, ...options });
  pool.on("error", () => {});
  const schema = `connectry_${randomUUID().replaceAll("-", "_")}`;
  await pool.query(`CREATE SCHEMA ${schema}`);
  onTestFinished(async () => {
    await pool.query(`DROP SCHEMA ${schema} CASCADE`);
    await pool.end();
  });
  return { config, schema, pool };
}
