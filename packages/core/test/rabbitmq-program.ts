import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

// The program that Debian puts on the PATH changes to the user `rabbitmq`; this one does not.
const debian = "/usr/lib/rabbitmq/bin";
const debianVersions = "/usr/lib/rabbitmq/lib";

/** Where RabbitMQ's server is: where Debian puts it, or on the PATH. */
export function rabbitmqProgram(): string {
  const name = "rabbitmq-server";
  const folders = [debian, ...(process.env.PATH ?? "").split(delimiter)];
  const folder = folders.find((one) => one !== "" && existsSync(join(one, name)));
  return folder ? join(folder, name) : name;
}

/** The version by the folder of Debian's package, such as `rabbitmq_server-3.10.8`; undefined elsewhere. Asking the program takes seconds. */
export function debianRabbitmqVersion(): string | undefined {
  const folders = existsSync(debianVersions) ? readdirSync(debianVersions) : [];
  return folders.map((folder) => /^rabbitmq_server-(.+)$/.exec(folder)?.[1]).find((version) => version !== undefined);
}
