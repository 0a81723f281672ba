import type { Exchange } from "../exchange.ts";
import { samlNamespaces, validityFrom, writeAssertion } from "../federation/assertion.ts";
import { cloudAudience, type Federation } from "../federation/federation.ts";
import { signAssertion } from "../federation/signature.ts";
import { failedAuthentication, soapFault, soapResponse } from "../federation/soap.ts";
import { type IssueRequest, readIssueRequest } from "../federation/token-request.ts";
import { trustNamespaces, trustVersionOf, type TrustVersion } from "../federation/trust-version.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** Where the identity provider of a federated domain takes a name and a password (WS-Trust). */
export const trustEndpoint: Endpoint = {
  name: "wstrust",
  paths: ["/federation/:domain/adfs/services/trust/:version/usernamemixed"],
  methods: ["POST"],
  errors: "soap",
  handle: issue,
};

/** As far as two clocks may be apart. */
const skew = 5 * 60 * 1000;

async function issue(world: World, { path, body }: Exchange): Promise<Response> {
  const federation = world.directory.federation(path["domain"] ?? "");
  const version = trustVersionOf(path["version"]);
  if (federation === undefined || version === undefined || !federation.versions.includes(version)) {
    return new Response("No such endpoint.", { status: 404 });
  }
  const request = readIssueRequest(body);
  const namespace = trustNamespaces[version];
  if (request === undefined || request.trust !== namespace) {
    return soapFault({
      code: "InvalidRequest",
      namespace,
      reason: "ID3035: The request was not valid or is malformed.",
    });
  }
  if (isOutOfTime(request, world.clock.now())) {
    return soapFault({ code: "InvalidSecurity", reason: "An error occurred when verifying security for the message." });
  }
  if (request.audience !== cloudAudience) {
    return soapFault({
      code: "InvalidScope",
      namespace,
      reason: "ID3082: The request scope is not valid or is unsupported.",
    });
  }
  const user = world.directory.federatedUser(request.username, federation);
  if (user === undefined) return soapFault(failedAuthentication);
  world.passwords.check(user, request.password);
  const assertion = writeAssertion(user, federation, validityFrom(world.clock.now()));
  return answer(await signAssertion(assertion, world.key), federation, version);
}

function isOutOfTime({ created, expires }: IssueRequest, now: number): boolean {
  return !(created <= now + skew && now - skew < expires);
}

/** Since WS-Trust 1.3 the answer stands in a collection. */
function answer(assertion: string, { saml }: Federation, version: TrustVersion): Response {
  const namespace = trustNamespaces[version];
  const response =
    `<trust:RequestSecurityTokenResponse xmlns:trust="${namespace}">` +
    `<trust:RequestedSecurityToken>${assertion}</trust:RequestedSecurityToken>` +
    `<trust:TokenType>${samlNamespaces[saml]}</trust:TokenType><trust:RequestType>${namespace}/Issue</trust:RequestType>` +
    "</trust:RequestSecurityTokenResponse>";
  if (version === "2005") return soapResponse(`${namespace}/RSTR/Issue`, response);
  const collection = "trust:RequestSecurityTokenResponseCollection";
  return soapResponse(
    `${namespace}/RSTRC/IssueFinal`,
    `<${collection} xmlns:trust="${namespace}">${response}</${collection}>`,
  );
}
