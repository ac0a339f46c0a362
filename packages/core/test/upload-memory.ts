import { expect } from "vitest";
import { listen } from "./listen.js";
import { runProgram } from "./run-program.js";

/** How a file is sent. */
export interface MeasuredUpload {
  readonly transport: "node:http" | "fetch" | "undici";
  readonly kind: "reopenable" | "FormData";
  readonly mebibytes: number;
}

/** By how many MiB the memory of a process grows at most while it sends a file; fails where not all bytes arrive. */
export async function uploadMemory({ transport, kind, mebibytes }: MeasuredUpload): Promise<number> {
  let received = 0;
  const baseUrl = await listen((request, response) => {
    received = 0;
    request.on("data", (chunk) => {
      received += chunk.length;
    });
    request.on("end", () => response.end("{}"));
  });
  const args = [baseUrl, transport, kind, `${mebibytes}`];
  const { out, errors } = await runProgram(new URL("./upload-memory.program.ts", import.meta.url), { args });
  expect(errors).toBe("");
  expect(received).toBeGreaterThan(mebibytes * 1_048_576);
  return Number(out);
}
