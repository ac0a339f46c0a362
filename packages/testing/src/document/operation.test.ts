import { expect, test } from "vitest";
import { readOperations } from "./operation.js";

test("an operation has the texts of its document, and a parameter its description", () => {
  const document = {
    openapi: "3.0.3",
    paths: {
      "/pets": {
        get: {
          summary: "List pets",
          description: "All of them.",
          tags: ["pets", 1],
          deprecated: true,
          parameters: [{ name: "limit", in: "query", description: "How many.", schema: { type: "integer" } }],
        },
        post: {},
      },
    },
  };
  const [list, create] = readOperations(document);
  expect(list).toMatchObject({ summary: "List pets", description: "All of them.", tags: ["pets"], deprecated: true });
  expect(list?.parameters()[0]?.description).toBe("How many.");
  expect(create).toMatchObject({ summary: undefined, description: undefined, tags: [], deprecated: false });
});
