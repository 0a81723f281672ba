import { request as requestHttp, type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";

/** Where a running emulator listens on this machine. */
export interface Connection {
  readonly port: number;
  /** PEM of the CA to trust; undefined over plain HTTP. */
  readonly ca: string | undefined;
}

/** What to send. */
export interface Message {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends to the host that the address names, trusting one CA more where it is given. The global fetch has no place for
 * one, so it is not used here.
 */
export function sendTo(url: URL, message: Message, ca: string | undefined): Promise<IncomingMessage> {
  const trust = ca === undefined ? {} : { ca };
  return send(url.protocol, { ...optionsOf(message), ...destinationOf(url), ...trust }, message);
}

/**
 * Sends into the emulator, whatever host the address names: the request line holds the whole address, as it does for a
 * proxy (RFC 9112, section 3.2.2). So it is a request like any other, and its answer is for that host.
 */
export function sendInto({ port, ca }: Connection, url: URL, message: Message): Promise<IncomingMessage> {
  const options = optionsOf({ ...message, headers: { ...message.headers, host: url.host } });
  const path = `${url.origin}${url.pathname}${url.search}`;
  // The Host header would be taken for the server's name otherwise.
  const trust = ca === undefined ? {} : { ca, servername: "localhost" };
  const target = { ...options, host: "127.0.0.1", port, path, ...trust };
  return send(ca === undefined ? "http:" : "https:", target, message);
}

function optionsOf({ method, headers, body, signal }: Message): RequestOptions {
  const length = method === "GET" || method === "HEAD" ? {} : { "content-length": `${Buffer.byteLength(body)}` };
  return { method, headers: { ...headers, ...length }, agent: false, ...(signal === undefined ? {} : { signal }) };
}

function destinationOf({ hostname, port, pathname, search }: URL): RequestOptions {
  return { host: hostname.replace(/^\[(.*)\]$/, "$1"), port, path: `${pathname}${search}` };
}

function send(protocol: string, options: RequestOptions, { body }: Message): Promise<IncomingMessage> {
  const request = protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request(options, resolve);
    sent.on("error", reject).end(body);
  });
}
