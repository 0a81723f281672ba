import { randomUUID } from "node:crypto";
import type { EmulatorApp } from "@msal-ts/emulator";
import { importPKCS8, SignJWT } from "jose";

/** Stands for whoever signs an application's assertions in real life (RFC 7523, section 3). */
export async function signAssertion({ clientId, certificate }: EmulatorApp, audience: string): Promise<string> {
  if (certificate === undefined) throw new Error(`The application ${clientId} has no certificate.`);
  const thumbprint = Buffer.from(certificate.thumbprintSha256, "hex").toString("base64url");
  return new SignJWT()
    .setProtectedHeader({ alg: "PS256", typ: "JWT", "x5t#S256": thumbprint })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt()
    .setNotBefore("0s")
    .setExpirationTime("5m")
    .sign(await importPKCS8(certificate.privateKey, "PS256"));
}
