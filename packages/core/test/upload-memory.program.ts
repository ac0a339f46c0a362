// Sends a file in a form, and prints by how many MiB the most memory of this process grew meanwhile:
// <address> <transport> <how the file is given> <MiB>
import { createReadStream, openAsBlob } from "node:fs";
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reopenable } from "../src/index.js";
import { fetchTransport } from "../src/transport/fetch-transport.js";
import { nodeTransport } from "../src/transport/node/node-transport.js";
import type { Transport } from "../src/transport/transport.js";
import { undiciTransport } from "../src/undici/index.js";
import { createAcme } from "./acme.js";

const [baseUrl = "", name = "", kind = "", mebibytes = ""] = process.argv.slice(2);
const transports: Readonly<Record<string, Transport>> = {
  "node:http": nodeTransport,
  fetch: fetchTransport(),
  undici: undiciTransport(),
};
const acme = createAcme({ baseUrl, transport: transports[name], maxAttempts: 1 }, { body: "multipart" });

/** Sends a file of so many bytes, which takes no space on disk. */
async function send(size: number): Promise<void> {
  const path = join(tmpdir(), `connectry-upload-${process.pid}`);
  const file = await open(path, "w");
  await file.truncate(size);
  await file.close();
  const form = new FormData();
  if (kind === "FormData") form.append("file", await openAsBlob(path), "a.bin");
  const given =
    kind === "FormData" ? form : { file: reopenable(() => createReadStream(path), { size, name: "a.bin" }) };
  await acme.POST("/files", { body: given, attemptTimeoutMs: 600_000, deadlineMs: 600_000 });
  await rm(path);
}

const peakMebibytes = () => process.resourceUsage().maxRSS / 1_024;
// Everything that is needed once is loaded.
await send(4 * 1_048_576);
const before = peakMebibytes();
await send(Number(mebibytes) * 1_048_576);
console.log(Math.round(peakMebibytes() - before));
process.exit();
