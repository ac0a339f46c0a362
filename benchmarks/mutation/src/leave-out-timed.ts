import { beforeEach } from "vitest";

// R46 is about milliseconds, and the instrumented code, which counts each branch, is slower.
beforeEach(({ task, skip }) => {
  const names = [task.name, task.suite?.name, task.suite?.suite?.name];
  skip(
    names.some((name) => name?.includes("R46")),
    "It measures the code as it is, not as it is instrumented.",
  );
});
