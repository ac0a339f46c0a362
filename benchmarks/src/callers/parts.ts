/** Where code is, as a profile of V8 says it. */
export interface Frame {
  readonly functionName: string;
  readonly url: string;
}

/** The parts of a call, each with the code that belongs to it; the first that fits counts. */
const parts: readonly (readonly [part: string, fits: (frame: Frame) => boolean])[] = [
  [
    "writes to the socket",
    ({ functionName }) => /^write(v|Latin1String|Utf8String|AsciiString|Buffer)$/.test(functionName),
  ],
  ["garbage collection", ({ functionName }) => functionName === "(garbage collector)"],
  ["promises", ({ functionName, url }) => functionName === "runMicrotasks" || url.includes("task_queues")],
  ["JSON.parse", ({ functionName, url }) => functionName === "parseJson" && url.includes("@connectry/core")],
  ["bytes of the body", ({ functionName }) => /^(concatBytes|decode|decodeUTF8|utf8Slice)$/.test(functionName)],
  ["Connectry: transport", ({ url }) => /@connectry\/core\/dist\/(transport|undici)\//.test(url)],
  ["Connectry: pipeline", ({ url }) => url.includes("@connectry/")],
  ["Headers", ({ url }) => url.startsWith("node:internal/deps/undici")],
  ["abort signals", ({ url }) => /^node:internal\/(abort_controller|event_target)/.test(url)],
  [
    "timers and the clock",
    ({ functionName, url }) =>
      /^node:(internal\/)?(timers|perf)/.test(url) ||
      /^(now|getLibuvNow|toggleTimerRef|scheduleTimer)$/.test(functionName),
  ],
  ["undici", ({ url }) => url.includes("/undici/")],
  ["node:http and sockets", ({ url }) => url.startsWith("node:")],
];

/** The part of a call that code belongs to; undefined of the time in which a process has nothing to do. */
export function partOf(frame: Frame): string | undefined {
  if (frame.functionName === "(idle)") return undefined;
  return parts.find(([, fits]) => fits(frame))?.[0] ?? "other";
}
