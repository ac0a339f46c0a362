import assert from "node:assert/strict";
import { test } from "node:test";
import { measureCommand } from "./measured-command.ts";

const busy = "const end = process.cpuUsage().user + 400_000; while (process.cpuUsage().user < end);";
const place = { cwd: process.cwd() };

test("the processor time of a command has that of the processes that it starts, and not the time for which it waits", async () => {
  const child = `require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(busy)}]);`;
  const working = await measureCommand([process.execPath, "-e", child], place);
  assert.ok(working.cpuMs >= 400, `${working.cpuMs} ms`);
  const waiting = await measureCommand([process.execPath, "-e", "setTimeout(() => {}, 3_000)"], place);
  assert.ok(waiting.wallMs >= 3_000 && waiting.cpuMs < 3_000, `${waiting.wallMs} ms, ${waiting.cpuMs} ms`);
});

test("what a command prints and its exit code are passed on", async () => {
  const script = 'console.log("out"); console.error("error"); process.exit(3)';
  const { code, output } = await measureCommand([process.execPath, "-e", script], place);
  assert.equal(code, 3);
  assert.equal(output, "out\nerror\n");
});
