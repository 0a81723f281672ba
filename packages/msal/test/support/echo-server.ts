import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { TestCertificate } from "./certificates.ts";

/** A server on this machine that answers with what it was asked. Over https where it has a certificate. */
export async function startEcho(certificate?: TestCertificate): Promise<{ readonly port: number }> {
  const answer: RequestListener = (request, response) => {
    const { host, "proxy-authorization": leaked } = request.headers;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      response.end(JSON.stringify({ method: request.method, path: request.url, host, body, leaked }));
    });
  };
  const server =
    certificate === undefined
      ? createHttpServer(answer)
      : createHttpsServer({ key: certificate.privateKey, cert: certificate.certificate }, answer);
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await once(server.close(), "close");
  });
  return { port: (server.address() as AddressInfo).port };
}
