import { execFile } from "node:child_process";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { networkEnvironment } from "../../../scripts/environments.ts";

const run = promisify(execFile);

/** A registry on this machine that holds our packages, and fetches all others from the registry of npm's settings. */
export interface Registry {
  readonly url: string;
  close(): Promise<void>;
}

/** The versions that a registry holds of a package, in the order of their publication. */
export async function versionsHeld(registry: string, name: string): Promise<string[]> {
  const response = await fetch(new URL(name.replace("/", "%2f"), registry));
  if (response.status === 404) return [];
  return Object.keys(((await response.json()) as { versions: object }).versions);
}

/** Starts verdaccio on a free port, with everything that it stores under a folder. */
export async function startRegistry(folder: string): Promise<Registry> {
  const { runServer } = await import("verdaccio");
  const upstream = await run("npm", ["config", "get", "registry"], { env: networkEnvironment() });
  const server: Server = await runServer({
    storage: join(folder, "storage"),
    configPath: folder,
    self_path: folder,
    auth: { htpasswd: { file: join(folder, "htpasswd") } },
    uplinks: { upstream: { url: upstream.stdout.trim(), timeout: "60s" } },
    packages: {
      // Our own, which are never fetched.
      ...Object.fromEntries(
        ["@connectry/*", "connectry", "create-connectry"].map((name) => [
          name,
          { access: ["$all"], publish: ["$all"] },
        ]),
      ),
      "**": { access: ["$all"], proxy: ["upstream"] },
    },
    max_body_size: "100mb",
    web: { enable: false },
    log: { type: "stdout", format: "pretty", level: "fatal" },
  } as never);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
