import type { DoctorFacts } from "../spec/doctor-facts.js";
import type { Finding } from "./finding.js";

type Env = Readonly<Record<string, string | undefined>>;

/** Checks the form of a webhook secret. No part of it is shown. */
export function checkWebhookSecret(facts: DoctorFacts["webhookSecret"], env: Env): readonly Finding[] {
  if (facts === undefined) return [];
  const check = "webhook secret";
  const secret = env[facts.env];
  if (secret === undefined) return [{ check, level: "skipped", message: `${facts.env} is not set` }];
  const wrong = (message: string): readonly Finding[] => [
    { check, level: "error", message: `${facts.env} ${message}`, advice: "Copy the secret again, as it is shown." },
  ];
  if (secret === "") return wrong("is empty");
  if (/^["'].*["']$/.test(secret)) return wrong("is in quotes, which become part of it");
  if (/\s/.test(secret)) return wrong("contains a space or a line break");
  if (facts.pattern !== undefined && !new RegExp(`^(?:${facts.pattern})$`, "u").test(secret))
    return wrong(`does not have the provider's form, ${facts.pattern}`);
  return [{ check, level: "ok", message: `${facts.env} has the form of one` }];
}
