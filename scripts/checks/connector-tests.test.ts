import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { readConnectors } from "../connectors.ts";
import { leftOutConnectors, turboFilters } from "../left-out.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

interface Task {
  readonly taskId: string;
  readonly dependencies: readonly string[];
  readonly inputs: Readonly<Record<string, string>>;
}

test("the tests of a connector run again for its own files, its documents and what they run against, and for no other connector", async () => {
  const leftOut = leftOutConnectors(root);
  const args = ["run", "test", "--dry=json", ...turboFilters(leftOut)];
  const { stdout } = await run(join(root, "node_modules/.bin/turbo"), args, { cwd: root, maxBuffer: 2 ** 28 });
  const tasks = new Map((JSON.parse(stdout).tasks as Task[]).map((task) => [task.taskId, task]));
  const listed = readConnectors(root).filter(({ id }) => !leftOut.includes(id));
  for (const { id, packageName, folder } of listed) {
    const { dependencies, inputs } = tasks.get(`${packageName}#test`) as Task;
    const built = ["core", "testing", "codegen", id].map((name) => `@connectry/${name}#build`);
    expect(dependencies.toSorted()).toEqual(built.toSorted());
    const files = Object.keys(inputs).map((file) => join(folder, file));
    expect(files).toContain(join(folder, "src/contract.test.ts"));
    expect(files).toContain(join("specs", id, "spec.yaml"));
    const others = files.filter((file) => !file.startsWith(`${folder}/`) && !file.startsWith(`specs/${id}/`));
    expect(others.toSorted()).toEqual(["scripts/test-connector.ts", "vitest.config.ts"]);
    expect(tasks.get(`${packageName}#build`)?.dependencies).toContain(`${packageName}#generate`);
  }
});
