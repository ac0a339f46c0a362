import { fileURLToPath } from "node:url";
import type { Call, Transport, TransportResponse } from "@connectry/core";
import { ConfigurationError } from "@connectry/core";
import { transportOf } from "@connectry/core/internal";
import { describeCall } from "./describe-call.js";
import { explainUnmatched, requestLine } from "./explain-unmatched.js";
import { type RecordMode, resolveRecordMode } from "./record-mode.js";
import { type Capture, captureResponse, replayResponse } from "./record-response.js";
import { RecordingError } from "./recording-error.js";
import {
  keyOf,
  type RecordedCall,
  type RecordedResponse,
  type Recording,
  readRecordings,
  writeRecordings,
} from "./recording-file.js";
import { SecretRedactor } from "./secret-redactor.js";

/** The options of `recorder`. */
export interface RecorderOptions {
  /** The JSON file of the recordings: one for each recorder. */
  readonly file: string | URL;
  /**
   * `record`, `replay`, or `auto`: replay what the file has, record what it lacks. `CONNECTRY_RECORD=1` records in any mode. Where `CI` is
   * set, `auto` is `replay`, and `record` is refused.
   *
   * @default "auto"
   */
  readonly mode?: RecordMode | undefined;
  /** Sends what is recorded: `undiciTransport()`, or your own. @default that of a client without the option */
  readonly transport?: Transport | undefined;
  /** Sends what is recorded, in place of `transport`: that of a `fakeHandler`, for instance. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * Values of at least 8 characters that no file may have, beside the credential of each call, cookies, and the values of parameters and
   * members with the name of a secret, such as `access_token`. All of them are hidden in any encoding.
   */
  readonly secrets?: readonly string[] | undefined;
  /** Changes each text before it is written, such as an address of a customer. Requests to replay are changed, too. */
  readonly redact?: ((text: string) => string) | undefined;
  /**
   * Names of path and query parameters, and of members of request bodies, that differ from run to run: they are neither recorded nor
   * compared.
   */
  readonly ignore?: readonly string[] | undefined;
  /** Headers that tell requests apart, such as `stripe-account`. @default none */
  readonly matchHeaders?: readonly string[] | undefined;
}

/** A transport that records what is sent, or replays it: the option `transport` of a client. */
export interface Recorder {
  (call: Call): Promise<TransportResponse>;
  /** What applies: the option, unless an environment variable says otherwise. */
  readonly mode: RecordMode;
  /**
   * Call it at the end of a test: writes what was recorded. Rejects with RecordingError where requests were not recorded, and where
   * recordings were not used.
   */
  done(): Promise<void>;
}

interface Entry {
  readonly request: RecordedCall;
  /** Those that are recorded just now are undefined until they arrive, and where there was none. */
  readonly responses: (RecordedResponse | Capture | undefined)[];
  /** How many of the responses were replayed, or recorded just now. */
  used: number;
}

const isCapture = (response: RecordedResponse | Capture): response is Capture => "read" in response;

function unusedOf(entries: Iterable<Entry>): string[] {
  return [...entries].flatMap(({ request, responses, used }) => {
    const count = responses.length - used;
    return count === 0 ? [] : [`not used: ${requestLine(request)}, ${count} of ${responses.length} responses`];
  });
}

/**
 * Records the requests of a client and their responses in a file, and responds by that file from then on, without a network:
 * `createStripe({ transport: recorder({ file: "test/checkout.json" }) })`. A request is recognized by its method, address and body. Equal
 * requests get their responses in the order in which these were recorded, so that a 429 and the 200 after it are replayed as such. A
 * request that was not recorded is a RecordingError with the nearest recording. What ended without a response is not recorded.
 * Throws ConfigurationError where there is nothing to replay, or the file is not one of recordings.
 */
export function recorder(options: RecorderOptions): Recorder {
  const { ignore = [], matchHeaders = [], secrets = [] } = options;
  const file = options.file instanceof URL ? fileURLToPath(options.file) : options.file;
  const mode = resolveRecordMode(options.mode ?? "auto", process.env);
  const send = transportOf(options);
  const redactor = new SecretRedactor(secrets, options.redact);
  const known = mode === "record" ? [] : readRecordings(file);
  if (known === undefined && mode === "replay")
    throw new ConfigurationError(`there are no recordings at ${file}: run the test with CONNECTRY_RECORD=1 once`);
  const entries = new Map<string, Entry>();
  for (const { request, responses } of known ?? [])
    entries.set(keyOf(request), { request, responses: [...responses], used: 0 });
  const unmatched: string[] = [];
  let hasRecorded = mode === "record";

  const respond = async (given: Call): Promise<TransportResponse> => {
    redactor.add(given.redact);
    const { request: described, call } = await describeCall(given, { ignore, matchHeaders });
    redactor.find(described);
    const request = redactor.hide(described);
    const key = keyOf(request);
    let entry = entries.get(key);
    const recorded = entry?.responses[entry.used];
    if (entry && recorded && !isCapture(recorded)) {
      given.signal.throwIfAborted();
      entry.used += 1;
      return replayResponse(call, recorded);
    }
    if (mode === "replay") {
      const message = explainUnmatched(request, [...entries.values()], file);
      unmatched.push(message);
      throw new RecordingError(message);
    }
    if (!entry) {
      entry = { request: described, responses: [], used: 0 };
      entries.set(key, entry);
    }
    return record(call, entry);
  };

  const record = async (call: Call, entry: Entry): Promise<TransportResponse> => {
    hasRecorded = true;
    // Its place is that of its request, whatever overtakes it.
    const index = entry.responses.push(undefined) - 1;
    entry.used += 1;
    const capture = captureResponse(call, await send(call));
    entry.responses[index] = capture;
    return capture.response;
  };

  const save = () => {
    const read = [...entries.values()].map(({ request, responses }) => ({
      request,
      responses: responses.flatMap((one) => (one && isCapture(one) ? one.read() : (one ?? []))),
    }));
    redactor.find(read);
    const merged = new Map<string, Recording>();
    for (const { request: visible, responses } of read.filter((one) => one.responses.length > 0)) {
      const request = redactor.hide(visible);
      const before = merged.get(keyOf(request))?.responses ?? [];
      merged.set(keyOf(request), { request, responses: [...before, ...redactor.hide(responses)] });
    }
    writeRecordings(file, [...merged.values()]);
  };

  return Object.assign(respond, {
    mode,
    async done() {
      if (hasRecorded) save();
      const problems = [...unmatched, ...unusedOf(entries.values())];
      if (problems.length === 0) return;
      const again = "Requests that are no longer sent go with CONNECTRY_RECORD=1.";
      throw new RecordingError(`${file}:\n${problems.map((text) => `- ${text}`).join("\n")}\n${again}`);
    },
  });
}
