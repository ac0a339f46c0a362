import { findPackage } from "../spec/select-specs.js";
import type { Finding } from "./finding.js";
import { importFrom } from "./import-from.js";

const check = "redis";
const timeoutMs = 3_000;
const key = "connectry:doctor";
const script = "redis.call('SET', KEYS[1], ARGV[1], 'PX', 1000) return redis.call('GET', KEYS[1])";

interface RedisClient {
  run(): Promise<unknown>;
  close(): void;
}

type Constructor = new (
  url: string,
  options: object,
) => {
  on(event: "error", listener: (error: unknown) => void): void;
  connect(): Promise<unknown>;
  eval(script: string, keys: number, ...args: string[]): Promise<unknown>;
  disconnect(): void;
};

type CreateClient = (options: object) => {
  on(event: "error", listener: (error: unknown) => void): void;
  connect(): Promise<unknown>;
  eval(script: string, options: object): Promise<unknown>;
  destroy?(): void;
  disconnect?(): Promise<void>;
};

/** How each client library runs the script once. Errors of a connection also reject what runs. */
const libraries: Readonly<Record<string, (module: Record<string, unknown>, url: string) => RedisClient>> = {
  ioredis(module, url) {
    const Redis = (module.Redis ?? module.default) as Constructor;
    const options = {
      lazyConnect: true,
      connectTimeout: timeoutMs,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    };
    const client = new Redis(url, options);
    client.on("error", () => {});
    return {
      run: async () => {
        await client.connect();
        return client.eval(script, 1, key, "1");
      },
      close: () => client.disconnect(),
    };
  },
  redis(module, url) {
    const create = module.createClient as CreateClient;
    const client = create({ url, socket: { connectTimeout: timeoutMs, reconnectStrategy: false } });
    client.on("error", () => {});
    return {
      run: async () => {
        await client.connect();
        return client.eval(script, { keys: [key], arguments: ["1"] });
      },
      close: () => void (client.destroy ? client.destroy() : client.disconnect?.()),
    };
  },
};

/** The address without its credential. */
function showAddress(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "the address in REDIS_URL";
}

/** Checks that Redis replies, and runs a script that writes: by the client library of the project. */
export async function checkRedis(url: string, cwd: string): Promise<Finding> {
  const name = Object.keys(libraries).find((one) => findPackage(one, cwd) !== undefined);
  const connect = name === undefined ? undefined : libraries[name];
  if (name === undefined || connect === undefined)
    return { check, level: "skipped", message: "neither ioredis nor redis is installed in this project" };
  const address = showAddress(url);
  let client: RedisClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    client = connect((await importFrom(cwd, name)) as Record<string, unknown>, url);
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no reply within ${timeoutMs / 1_000} s`)), timeoutMs);
    });
    await Promise.race([client.run(), late]);
    return { check, level: "ok", message: `${address} runs scripts that write (by ${name})` };
  } catch (error) {
    const message = (error as Error).message || String((error as { code?: unknown }).code ?? error);
    const isRefused = /NOPERM|unknown command|NOSCRIPT|READONLY/i.test(message);
    const text = `${address}: ${message.replaceAll(url, address)}`;
    const advice = isRefused
      ? "Allow EVAL and EVALSHA, and the keys connectry:*, or set `processes`: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/"
      : "Start it, or correct the address. Without it each process uses its part of the limits.";
    return { check, level: "error", message: text, advice };
  } finally {
    clearTimeout(timer);
    client?.close();
  }
}
