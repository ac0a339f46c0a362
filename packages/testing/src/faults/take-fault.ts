import type { RecordedRequest } from "../http/recorded-request.js";
import type { RequestMatcher, ScriptedFault } from "./fault.js";

function matches(matcher: RequestMatcher | undefined, request: RecordedRequest): boolean {
  if (matcher === undefined) return true;
  const { method, path, operation } = matcher;
  const template = request.operation?.slice(request.operation.indexOf(" ") + 1);
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  if (path !== undefined && path !== request.path && path !== template) return false;
  return operation === undefined || operation === request.operation || operation === request.operationId;
}

/** Takes the first fault that applies to a request, and removes it from the script after its last time. */
export function takeFault(
  script: ScriptedFault[],
  request: RecordedRequest,
  isCandidate: (fault: ScriptedFault) => boolean = () => true,
): ScriptedFault | undefined {
  const index = script.findIndex((fault) => isCandidate(fault) && matches(fault.on, request));
  const fault = script[index];
  if (fault === undefined) return undefined;
  const remaining = (fault.times ?? 1) - 1;
  if (remaining > 0) script[index] = { ...fault, times: remaining };
  else script.splice(index, 1);
  return fault;
}
