import type { RecordedRequest } from "../server/recorded-request.js";
import type { RequestMatch, ScriptedFault } from "./fault.js";

/** A script: faults in their order, or what decides for each request. */
export type FaultScript = ScriptedFault[] | ((request: RecordedRequest) => ScriptedFault | undefined);

function matches(match: RequestMatch | undefined, request: RecordedRequest): boolean {
  if (match === undefined) return true;
  const { method, path, operation } = match;
  const template = request.operation?.slice(request.operation.indexOf(" ") + 1);
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  if (path !== undefined && path !== request.path && path !== template) return false;
  return operation === undefined || operation === request.operation || operation === request.operationId;
}

/** Takes the fault that a script holds for a request; one that has struck as often as it should leaves the script. */
export function takeFault(script: FaultScript, request: RecordedRequest): ScriptedFault | undefined {
  if (typeof script === "function") return script(request);
  const index = script.findIndex((fault) => matches(fault.on, request));
  const fault = script[index];
  if (fault === undefined) return undefined;
  const left = (fault.times ?? 1) - 1;
  if (left > 0) script[index] = { ...fault, times: left };
  else script.splice(index, 1);
  return fault;
}
