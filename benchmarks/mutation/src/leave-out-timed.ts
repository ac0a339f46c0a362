import { beforeEach } from "vitest";

// What is read in milliseconds (R46) is not, where each branch counts how often it was taken.
beforeEach(({ task, skip }) => {
  const names = [task.name, task.suite?.name, task.suite?.suite?.name];
  skip(
    names.some((name) => name?.includes("R46")),
    "It measures the code as it is, not as it is instrumented.",
  );
});
