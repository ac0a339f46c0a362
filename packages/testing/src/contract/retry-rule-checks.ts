import assert from "node:assert/strict";
import type { ConnectorOptions, RetryRule } from "@connectry/core";
import { instantClock } from "../clock/instant-clock.js";
import { longTimeouts } from "../clock/long-timeouts.js";
import type { DocumentOperation } from "../document/operation.js";
import type { ScriptedFault } from "../faults/fault.js";
import { conditionText, conditionValue } from "../json/condition-value.js";
import { setAtPath } from "../json/json-path.js";
import type { FakeCheck } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import type { ContractConnector } from "./contract-options.js";
import { expectApiError } from "./expect-failure.js";

const requestedSeconds = 7;

/** A response that a rule matches, and the time that the rule waits. */
function responseFor({ when, until, waitMs }: RetryRule, status: number, nowMs: number) {
  const headers: Record<string, string> = { date: new Date(nowMs).toUTCString() };
  for (const [name, value] of Object.entries(when.headers ?? {}))
    headers[name] = value === true ? String(requestedSeconds) : value;
  // In every unit, this number can only be a time since the epoch.
  const untilEpoch = nowMs / 1_000 + requestedSeconds;
  if (until && "header" in until) headers[until.header] = String(untilEpoch);
  const { body } = when;
  const value = body && conditionValue(body);
  const response: ScriptedFault = {
    kind: "response",
    status,
    headers,
    body: [
      ...(body === undefined ? [] : [{ at: body.at, value }]),
      ...(until && "body" in until ? [{ at: until.body, value: untilEpoch }] : []),
      ...(until && "needed" in until ? pointsFor(until) : []),
    ].reduce<unknown>((json, member) => setAtPath(json, member.at, member.value), {}),
  };
  const isRequested = headers["retry-after"] !== undefined || until !== undefined;
  return { response, minWaitMs: isRequested ? requestedSeconds * 1_000 : (waitMs ?? 0) };
}

/** Points that are there when the time of the rule has passed. */
function pointsFor({ needed, available, perSecond }: Extract<RetryRule["until"], { needed: unknown }>) {
  return [
    { at: perSecond, value: 10 },
    { at: available, value: 30 },
    { at: needed, value: 30 + 10 * requestedSeconds },
  ];
}

function describeCondition({ when: { status, path, headers = {}, body } }: RetryRule): string {
  const parts = [
    status === undefined ? [] : [[status].flat().join(" or ")],
    path === undefined ? [] : [`from ${path}`],
    Object.entries(headers).map(([name, value]) => (value === true ? `with ${name}` : `with ${name}: ${value}`)),
    body === undefined ? [] : [`whose ${body.at.join(".")} ${conditionText(body)}`],
  ];
  return parts.flat().join(" ") || "any response";
}

/** Checks each retry rule of the profile with a response that it matches. */
export function retryRuleChecks(context: ContractContext): FakeCheck[] {
  return (context.profile.retry?.rules ?? []).map((rule, index) => ({
    name: `retry rule ${index + 1}: ${describeCondition(rule)} is ${rule.verdict}`,
    confirmedBy: [`rule ${index + 1}`],
    run: () => checkRule(context, rule),
  }));
}

async function checkRule(context: ContractContext, rule: RetryRule): Promise<void> {
  const { profile, read, start, writeOf, credential } = context;
  const { path } = rule.when;
  const statuses = [rule.when.status ?? (profile.errors.statuses === undefined ? 400 : 200)].flat();
  const unsafe = path === undefined ? writeOf("unsafe") : undefined;
  for (const status of statuses) {
    await using setup = await start();
    const clock = instantClock();
    const { response: fault, minWaitMs } = responseFor(rule, status, clock.now());
    // What no document has, the server does not know: it gets the next response here, too.
    const next: ScriptedFault[] = path === undefined ? [] : [{ kind: "response", status: 200, body: {} }];
    const push = () => setup.server.faults.push(fault, ...next);
    const connect = (options: ConnectorOptions = {}) => setup.connect({ clock, ...longTimeouts, ...options });
    const send = (connector: ContractConnector) =>
      path === undefined ? context.call(connector, read) : connector.call({ method: "GET", path });
    push();
    switch (rule.verdict) {
      case "success": {
        const { response } = await send(connect());
        assert.deepEqual(
          response.attempts.map(({ verdict }) => verdict),
          ["success"],
        );
        break;
      }
      case "failed": {
        const error = await expectApiError(send(connect()), `a call with a ${status} response`);
        assert.deepEqual(
          error.attempts.map(({ verdict }) => verdict),
          ["failed"],
        );
        break;
      }
      case "reauthenticate": {
        const fixed = await expectApiError(send(connect()), `a call with a ${status} response to a fixed credential`);
        assert.deepEqual(
          fixed.attempts.map(({ verdict }) => verdict),
          ["reauthenticate"],
        );
        push();
        const { response } = await send(connect({ auth: () => credential.value }));
        assert.deepEqual(
          response.attempts.map(({ verdict }) => verdict),
          ["reauthenticate", "success"],
        );
        break;
      }
      default: {
        const { response } = await send(connect());
        assert.deepEqual(
          response.attempts.map(({ verdict }) => verdict),
          [rule.verdict, "success"],
        );
        const [waited = 0] = clock.waits;
        assert.ok(
          waited >= minWaitMs && waited <= minWaitMs + 2_000,
          `retry must wait ${minWaitMs} to ${minWaitMs + 2_000} ms, got ${waited} ms`,
        );
        if (unsafe !== undefined) await checkUnsafeWrite(context, unsafe, { rule, push, connect });
      }
    }
  }
}

interface RuleSetup {
  readonly rule: RetryRule;
  /** Makes the next request get the response of the rule. */
  readonly push: () => void;
  readonly connect: () => ReturnType<ContractContext["create"]>;
}

/** Checks that a write which must not be applied twice is only sent again where it was certainly not applied. */
async function checkUnsafeWrite(
  { call }: ContractContext,
  operation: DocumentOperation,
  { rule, push, connect }: RuleSetup,
): Promise<void> {
  push();
  if (rule.verdict === "throttled" || rule.notApplied === true) {
    const { response } = await call(connect(), operation);
    assert.equal(response.attempts.length, 2, `${operation.id} was not applied, and must be sent again`);
    return;
  }
  const error = await expectApiError(call(connect(), operation), `a call of ${operation.id}`);
  assert.equal(error.attempts.length, 1, `${operation.id} may have been applied, and must not be sent again`);
}
