import { timingSafeEqual } from "node:crypto";
import { checkAssertion } from "./client-assertion.ts";
import type { EmulatorApp, TenantReference } from "./directory.ts";
import { entraError } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import type { ClientProof } from "./tokens.ts";
import type { World } from "./world.ts";

/** A client that proved who it is, and how. */
export interface AuthenticatedClient {
  readonly client: EmulatorApp;
  readonly proof: ClientProof;
}

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * Finds out which application sends a token request. Throws AADSTS900144, AADSTS700016, AADSTS700025, AADSTS7000218,
 * AADSTS7000215, AADSTS7000222 or what is wrong with the assertion.
 */
export async function authenticateClient(
  world: World,
  exchange: Exchange,
  tenant: TenantReference,
): Promise<AuthenticatedClient> {
  const { clientId, secret } = readCredentials(exchange);
  if (clientId === undefined) throw entraError(900144, { field: "client_id" });
  const client = world.directory.app(clientId, tenant);
  const assertion = exchange.form["client_assertion"];
  if (client.kind === "public") {
    if (secret !== undefined || assertion !== undefined) throw entraError(700025);
    return { client, proof: "0" };
  }
  if (assertion !== undefined) {
    if (exchange.form["client_assertion_type"] !== assertionType) {
      throw entraError(900144, { field: "client_assertion_type" });
    }
    await checkAssertion(world, exchange, { tenant, client, assertion });
    return { client, proof: "2" };
  }
  checkSecret(client, secret);
  return { client, proof: "1" };
}

function checkSecret(client: EmulatorApp, secret: string | undefined): void {
  if (secret === undefined) throw entraError(7000218);
  if (equal(secret, client.expiredSecret)) throw entraError(7000222, { app: client.clientId });
  if (!equal(secret, client.secret)) throw entraError(7000215, { app: client.clientId });
}

function equal(sent: string, known: string | undefined): boolean {
  const a = Buffer.from(sent);
  const b = Buffer.from(known ?? "");
  return known !== undefined && a.length === b.length && timingSafeEqual(a, b);
}

/** From the body, or by HTTP Basic, where both halves are form-encoded first (RFC 6749 section 2.3.1). */
function readCredentials({ form, headers }: Exchange): { clientId: string | undefined; secret: string | undefined } {
  const basic = /^Basic +([\w+/=-]+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (basic === undefined) return { clientId: form["client_id"], secret: form["client_secret"] };
  const [id = "", secret = ""] = Buffer.from(basic, "base64").toString().split(/:(.*)/s);
  return { clientId: formDecode(id), secret: formDecode(secret) };
}

function formDecode(text: string): string {
  return new URLSearchParams(`value=${text}`).get("value") ?? "";
}
