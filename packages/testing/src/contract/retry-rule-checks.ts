import assert from "node:assert/strict";
import type { ConnectorOptions, RetryRule } from "@connectry/core";
import { instantClock } from "../clock/instant-clock.js";
import type { DocumentOperation } from "../document/operation.js";
import type { ScriptedFault } from "../faults/fault.js";
import { placeValue } from "../provider/place-value.js";
import type { ContractCheck } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import { apiErrorOf } from "./failure-of.js";
import { patient } from "./patient.js";

const hintSeconds = 7;

/** An answer that a rule is about, and how long it asks to wait. */
function answerFor({ when, until, waitMs }: RetryRule, status: number, nowMs: number) {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(when.headers ?? {}))
    headers[name] = value === true ? String(hintSeconds) : value;
  // The one unit that there is: seconds since the epoch.
  if (until !== undefined) headers[until.header] = String(nowMs / 1_000 + hintSeconds);
  const { body } = when;
  const value =
    body === undefined ? undefined : "equals" in body ? body.equals : "oneOf" in body ? body.oneOf[0] : body.contains;
  const answer: ScriptedFault = {
    kind: "answer",
    status,
    headers,
    body: body === undefined ? {} : placeValue({}, body.at, value),
  };
  const told = headers["retry-after"] !== undefined || until !== undefined;
  return { answer, leastMs: told ? hintSeconds * 1_000 : (waitMs ?? 0) };
}

function conditionText({ when: { status, headers = {}, body } }: RetryRule): string {
  const parts = [
    status === undefined ? [] : [[status].flat().join(" or ")],
    Object.entries(headers).map(([name, value]) => (value === true ? `with ${name}` : `with ${name}: ${value}`)),
    body === undefined
      ? []
      : [
          `whose ${body.at.join(".")} ${"equals" in body ? `is ${body.equals}` : "oneOf" in body ? `is ${body.oneOf.join(" or ")}` : `contains "${body.contains}"`}`,
        ],
  ];
  return parts.flat().join(" ") || "any answer";
}

/** The profile's own rules, each with the answer that it is about. */
export function retryRuleChecks(context: ContractContext): ContractCheck[] {
  return (context.profile.retry?.rules ?? []).map((rule, index) => ({
    name: `retry rule ${index + 1}: ${conditionText(rule)} is ${rule.verdict}`,
    run: () => followsRule(context, rule),
  }));
}

async function followsRule(context: ContractContext, rule: RetryRule): Promise<void> {
  const { profile, read, call, start, writeOf, credential } = context;
  const statuses = [rule.when.status ?? (profile.errors.statuses === undefined ? 400 : 200)].flat();
  const unsafe = writeOf("unsafe");
  for (const status of statuses) {
    await using stage = await start();
    const clock = instantClock();
    const { answer, leastMs } = answerFor(rule, status, clock.now());
    const push = () => stage.server.faults.push(answer);
    const connect = (options: ConnectorOptions = {}) => stage.connect({ clock, ...patient, ...options });
    push();
    switch (rule.verdict) {
      case "success": {
        const { response } = await call(connect(), read);
        assert.deepEqual(
          response.attempts.map(({ verdict }) => verdict),
          ["success"],
        );
        break;
      }
      case "failed": {
        const error = await apiErrorOf(call(connect(), read), `${status}`);
        assert.deepEqual(
          error.attempts.map(({ verdict }) => verdict),
          ["failed"],
        );
        break;
      }
      case "reauthenticate": {
        const fixed = await apiErrorOf(call(connect(), read), `${status} to a fixed credential`);
        assert.deepEqual(
          fixed.attempts.map(({ verdict }) => verdict),
          ["reauthenticate"],
        );
        push();
        const { response } = await call(connect({ auth: () => credential.value }), read);
        assert.deepEqual(
          response.attempts.map(({ verdict }) => verdict),
          ["reauthenticate", "success"],
        );
        break;
      }
      default: {
        const { response } = await call(connect(), read);
        assert.deepEqual(
          response.attempts.map(({ verdict }) => verdict),
          [rule.verdict, "success"],
        );
        const [waited = 0] = clock.waits;
        assert.ok(
          waited >= leastMs && waited <= leastMs + 2_000,
          `waited ${waited} ms, and ${leastMs} ms were asked for`,
        );
        if (unsafe !== undefined) await followsForWrite(context, unsafe, rule, push, connect);
      }
    }
  }
}

/** A write that must not be done twice is sent again only where it was certainly not done. */
async function followsForWrite(
  { call }: ContractContext,
  operation: DocumentOperation,
  rule: RetryRule,
  push: () => void,
  connect: () => ReturnType<ContractContext["create"]>,
): Promise<void> {
  push();
  if (rule.verdict === "throttled" || rule.notApplied === true) {
    const { response } = await call(connect(), operation);
    assert.equal(response.attempts.length, 2, `${operation.id} was not applied, and should have been sent again`);
    return;
  }
  const error = await apiErrorOf(call(connect(), operation), operation.id);
  assert.equal(error.attempts.length, 1, `${operation.id} may have been applied, and was sent again`);
}
