// Runs the programs of one README, one after the other, on the machine of a reader: providers respond, servers listen on the ports that
// they have by default, and what the programs declare is there. Prints how each ended.
import { Socket } from "node:net";
import { pathToFileURL } from "node:url";
import { declaredNames } from "./declared.ts";
import { MARK, type Plan, type ProgramEnd } from "./plan.ts";
import { fetchOfProviders } from "./providers.ts";

const { programs, connectors, ports, boxUrl } = JSON.parse(process.argv[2] ?? "") as Plan;

const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket;
Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  const options = (Array.isArray(args[0]) ? args[0][0] : args[0]) as { port?: number } | undefined;
  const port = ports[Number(options?.port)];
  if (options && port !== undefined) options.port = port;
  return connect.apply(this, args);
} as typeof Socket.prototype.connect;

Object.assign(globalThis, declaredNames(boxUrl), { fetch: await fetchOfProviders(connectors, fetch) });

const report = (end: ProgramEnd) => process.stdout.write(`\n${MARK}${JSON.stringify(end)}\n`);
let running = "";
process.on("unhandledRejection", (error) => report({ program: running, error: `left unhandled: ${error}` }));

for (const program of programs) {
  running = program;
  try {
    await import(pathToFileURL(program).href);
    report({ program });
  } catch (error) {
    report({ program, error: error instanceof Error ? `${error.stack}` : `${error}` });
  }
}
process.exit();
