import { sign } from "node:crypto";
import { known } from "../secure-emulator.ts";
import type { Scene } from "./scene.ts";

type Options = Readonly<Record<string, unknown>>;

/** An application that proves itself by its certificate. `sent`: it goes along with each assertion. */
export function byCertificate({ sent = false, claims }: { sent?: boolean; claims?: Options } = {}) {
  return ({ app, stage }: Scene): Options => {
    const { privateKey, thumbprint, certificate } = known(stage.emulator.apps[app]?.certificate, "certificate");
    const credential = { private_key: privateKey, thumbprint, ...(sent && { public_certificate: certificate }) };
    return { client_credential: credential, ...(claims !== undefined && { client_claims: claims }) };
  };
}

/** An application that was given an assertion, signed elsewhere. */
export function byOwnAssertion({ app, stage }: Scene): Options {
  const { clientId, certificate } = known(stage.emulator.apps[app], app);
  const { privateKey, thumbprint } = known(certificate, "certificate");
  const now = Math.floor(stage.timeline.now() / 1000);
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  const x5t = Buffer.from(thumbprint, "hex").toString("base64url");
  const aud = `${stage.emulator.authority()}/oauth2/v2.0/token`;
  const claims = { aud, iss: clientId, sub: clientId, jti: "made-elsewhere", iat: now, nbf: now, exp: now + 300 };
  const text = `${encode({ alg: "RS256", typ: "JWT", x5t })}.${encode(claims)}`;
  const signature = sign("RSA-SHA256", Buffer.from(text), privateKey).toString("base64url");
  return { client_credential: { client_assertion: `${text}.${signature}` } };
}

/** An application at another tenant, or at `common` or `organizations`. */
export function atTenant(tenant: string) {
  return ({ stage }: Scene): Options => ({ authority: stage.emulator.authority(tenant) });
}

/** An application at an authority out in the world, of which Microsoft may be asked. */
export function at(authority: string): Options {
  return { authority, validate_authority: true, instance_discovery: undefined };
}

/** An application at an authority of which nobody is asked. */
export function vouchedFor(authority: string): Options {
  return { authority, validate_authority: false, instance_discovery: false };
}
