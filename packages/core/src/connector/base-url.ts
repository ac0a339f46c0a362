import { ConfigurationError } from "../errors/configuration-error.js";

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A checked base URL without a trailing slash. Throws ConfigurationError unless it is https, or http on loopback. */
export function checkBaseUrl(text: string, where: string): string {
  if (!URL.canParse(text))
    throw new ConfigurationError(`${where}: baseUrl is not a URL: give one like https://api.example.com.`);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    throw new ConfigurationError(`${where}: baseUrl holds a user name or password. Give the credential as \`auth\`.`);
  }
  if (url.search !== "" || url.hash !== "") {
    throw new ConfigurationError(`${where}: baseUrl holds a query or fragment. Give origin and path alone.`);
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback.test(url.hostname))) {
    throw new ConfigurationError(
      `${where}: baseUrl must be https, since credentials are sent there; ${url.protocol}//${url.host} is not. Plain http is for loopback addresses alone.`,
    );
  }
  return url.href.replace(/\/+$/, "");
}
