import { expectTypeOf, test } from "vitest";
import type { CallOptions, Connector } from "../index.js";
import type { EventMessage, Events } from "./index.js";
import { events } from "./index.js";

type Run = { readonly type: "started" } | { readonly type: "done"; readonly text: string };

interface Paths {
  GET: {
    "/runs/{id}": { args: [init: CallOptions & { params: { path: { id: string } } }]; data: object; error: unknown };
  };
  POST: {
    "/runs": { args: [init: CallOptions & { body: { stream: true } }]; data: object; error: unknown; event: Run };
  };
  PUT: object;
  PATCH: object;
  DELETE: object;
  HEAD: object;
  OPTIONS: object;
  pages: object;
}

declare const acme: Connector<Paths>;
const program = () => {
  const runs = events(acme);
  const started = runs.POST("/runs", { body: { stream: true }, maxEventLength: 1_000, deadlineMs: 1 });
  expectTypeOf(started).toEqualTypeOf<Events<Run>>();
  expectTypeOf(started.messages()).toEqualTypeOf<AsyncIterable<EventMessage<Run>>>();
  expectTypeOf(runs.GET("/runs/{id}", { params: { path: { id: "1" } }, lastEventId: "7" })).toEqualTypeOf<
    Events<unknown>
  >();
  // @ts-expect-error the document has no such path
  runs.POST("/other");
  // @ts-expect-error the body asks for the stream
  runs.POST("/runs", { body: {} });
  // @ts-expect-error not an option
  runs.POST("/runs", { body: { stream: true }, maxEvents: 1 });
  expectTypeOf(runs.request<Run>("POST", "/other", { body: 1, parse: "json" })).toEqualTypeOf<Events<Run>>();
};

test("events have the types of the document, and calls the options of events", () => {
  expectTypeOf(program).toBeFunction();
});
