import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  sign as signBytes,
  verify as verifyBytes,
} from "node:crypto";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import * as aws4 from "aws4";
import { AwsV4Signer } from "aws4fetch";
import { generateKeyPair, generateProof } from "dpop";
import { httpbis } from "http-message-signatures";
import { generate } from "selfsigned";
import { Agent } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { type SignableRequest, signed } from "../../src/signing/index.js";
import { undiciTransport } from "../../src/undici/index.js";
import { createAcme, secret } from "../acme.js";
import { rejection } from "../call.js";
import { listen } from "../listen.js";

// Each request is checked by its receiver with other code than that which signed it.

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A provider that fails the first request, and rejects what `isValid` does not accept. */
async function verifying(isValid: (request: Received, origin: string) => boolean) {
  const requests: Received[] = [];
  const url: string = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", url: path = "", headers } = request;
    const received = {
      method,
      url: path,
      headers: headers as Record<string, string>,
      body: `${Buffer.concat(chunks)}`,
    };
    requests.push(received);
    const status = isValid(received, url) ? (requests.length === 1 ? 503 : 200) : 401;
    response.writeHead(status, { "content-type": "application/json" }).end("{}");
  });
  return { url, requests };
}

const query = { params: { query: { b: "x y", a: ["1", "2"] } } };

test("AWS Signature Version 4, by aws4fetch, is accepted by aws4", async () => {
  const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
  const scope = { service: "execute-api", region: "eu-central-1" };
  const server = await verifying(({ method, url, headers, body }) => {
    const { authorization = "", host, "x-amz-date": date } = headers as Record<string, string>;
    const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(";") ?? [];
    const own = Object.fromEntries(names.map((name) => [name, headers[name] as string]));
    const request = {
      ...scope,
      method,
      host,
      path: url,
      headers: { ...own, "X-Amz-Date": date },
      body: body || undefined,
      doNotModifyHeaders: true,
    };
    delete (request.headers as Record<string, unknown>)["x-amz-date"];
    // Otherwise it takes the time of its own clock.
    const signer = Object.assign(new aws4.RequestSigner(request as never, keys), { datetime: date });
    const expected = signer.sign().headers as Record<string, string>;
    return /Signature=(\w+)/.exec(expected.Authorization ?? "")?.[1] === /Signature=(\w+)/.exec(authorization)?.[1];
  });
  const sign = async ({ method, url, headers, body, nowMs }: SignableRequest) => {
    const { authorization: _, ...rest } = headers;
    const datetime = new Date(nowMs).toISOString().replace(/[:-]|\.\d{3}/g, "");
    const signer = new AwsV4Signer({ ...keys, ...scope, method, url, headers: rest, body: body ?? null, datetime });
    return (await signer.sign()).headers;
  };
  const acme = createAcme({ baseUrl: server.url, random: () => 0, policies: { perAttempt: [signed(sign)] } });
  await acme.GET("/things", query);
  await acme.POST("/things", { body: { a: "ä" } });
  expect(server.requests.map(({ method }) => method)).toEqual(["GET", "GET", "POST"]);
});

test("DPoP, by dpop: each attempt has a proof of its own, for its method, address and token (RFC 9449)", async () => {
  const keys = await generateKeyPair("ES256");
  const decode = (text = "") => JSON.parse(Buffer.from(text, "base64url").toString());
  const seen = new Set<string>();
  const server = await verifying(({ method, url, headers }, origin) => {
    const [head, claims, signature = ""] = String(headers.dpop).split(".");
    const key = createPublicKey({ key: decode(head).jwk, format: "jwk" });
    const bytes = Buffer.from(`${head}.${claims}`);
    const isSigned = verifyBytes(
      "sha256",
      bytes,
      { key, dsaEncoding: "ieee-p1363" },
      Buffer.from(signature, "base64url"),
    );
    const { htm, htu, ath, jti } = decode(claims);
    const isNew = !seen.has(jti);
    seen.add(jti);
    const token = createHash("sha256").update(secret).digest("base64url");
    return isSigned && isNew && htm === method && htu === `${origin}${url.split("?")[0]}` && ath === token;
  });
  const sign = async ({ method, url, headers }: SignableRequest) => {
    const token = headers.authorization?.replace(/^DPoP /, "");
    return { dpop: await generateProof(keys, url.replace(/[?#].*/, ""), method, undefined, token) };
  };
  const auth = { kind: "bearer", env: "ACME_SECRET_KEY", prefix: "DPoP" } as const;
  const acme = createAcme({ baseUrl: server.url, random: () => 0, policies: { perAttempt: [signed(sign)] } }, { auth });
  await acme.GET("/things", query);
  expect(server.requests).toHaveLength(2);
  expect(seen.size).toBe(2);
});

test("HTTP message signatures, by http-message-signatures, over method, address and body (RFC 9421)", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const digestOf = (body: string) => `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
  // The signature base, written by hand as section 2.5 of the RFC has it.
  const server = await verifying(({ method, url, headers, body }, origin) => {
    const {
      signature = "",
      "signature-input": input = "",
      "content-digest": digest,
    } = headers as Record<string, string>;
    const parameters = input.replace(/^sig=/, "");
    const base = `"@method": ${method}\n"@target-uri": ${origin}${url}\n"content-digest": ${digest}\n"@signature-params": ${parameters}`;
    const bytes = Buffer.from(/^sig=:(.*):$/.exec(signature)?.[1] ?? "", "base64");
    return digest === digestOf(String(body)) && verifyBytes(null, Buffer.from(base), publicKey, bytes);
  });
  const sign = async ({ method, url, headers, body = "", nowMs }: SignableRequest) => {
    const message = { method, url, headers: { ...headers, "content-digest": digestOf(String(body)) } };
    const config = {
      key: { id: "key-1", alg: "ed25519", sign: async (data: Buffer) => signBytes(null, data, privateKey) },
      fields: ["@method", "@target-uri", "content-digest"],
      paramValues: { created: new Date(nowMs) },
    };
    return (await httpbis.signMessage(config, message)).headers as Record<string, string>;
  };
  const acme = createAcme({ baseUrl: server.url, random: () => 0, policies: { perAttempt: [signed(sign)] } });
  await acme.POST("/things", { ...query, body: { a: 1 } });
  expect(server.requests).toHaveLength(2);
});

test("mTLS, by a dispatcher of undici: the server knows the client by its certificate", async () => {
  const issue = async (name: string) => await generate([{ name: "commonName", value: name }]);
  const [server, client] = await Promise.all([issue("localhost"), issue("acme-client")]);
  const https = createServer(
    { key: server.private, cert: server.cert, ca: client.cert, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      const { subject } = (request.socket as import("node:tls").TLSSocket).getPeerCertificate();
      response.setHeader("content-type", "application/json").end(JSON.stringify({ client: subject.CN }));
    },
  );
  await new Promise<void>((resolve) => https.listen(0, resolve));
  onTestFinished(() => void https.close());
  const baseUrl = `https://localhost:${(https.address() as AddressInfo).port}`;
  const connect = { ca: server.cert, checkServerIdentity: () => undefined };
  const known = new Agent({ connect: { ...connect, key: client.private, cert: client.cert } });
  const unknown = new Agent({ connect });
  onTestFinished(async () => void (await Promise.all([known.close(), unknown.close()])));
  const acmeBy = (dispatcher: Agent) =>
    createAcme({ baseUrl, transport: undiciTransport({ dispatcher }), maxAttempts: 1 });
  expect((await acmeBy(known).GET("/things")).data).toEqual({ client: "acme-client" });
  expect(await rejection(acmeBy(unknown).GET("/things"))).toMatchObject({ name: "NetworkError" });
});
