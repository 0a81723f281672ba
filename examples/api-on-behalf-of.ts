/** An API that calls Microsoft Graph in the name of the user who called it. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { ConfidentialClientApplication, isInteractionRequired } from "msal-ts";

export interface Settings {
  /** With the tenant's id, as it stands in the tokens. */
  authority: string;
  clientId: string;
  clientSecret: string;
  graphUrl: string;
  port: number;
}

export async function startApi({ authority, clientId, clientSecret, graphUrl, port }: Settings): Promise<Server> {
  const app = new ConfidentialClientApplication({ authority, clientId, clientCredential: clientSecret });
  const keys = createRemoteJWKSet(new URL(`${authority}/discovery/v2.0/keys`));

  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    profileOfCaller(request).then(
      ({ status, body }) => answer(status, body),
      (error: unknown) => {
        console.error(error); // Holds no token and no secret.
        answer(502, { error: "no_answer_from_graph" });
      },
    );
  });

  async function profileOfCaller({ headers }: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const presented = /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1];
    // The token must be good and meant for this API before it is used any further.
    if (presented === undefined || !(await isForUs(presented)))
      return { status: 401, body: { error: "invalid_token" } };

    // Kept per caller: the next call with this token costs no request.
    const result = await app.acquireTokenOnBehalfOf(presented, ["User.Read"]);
    if ("error" in result) {
      // The caller has a browser and this API has none, so hand the demand on.
      const { error, claims } = result;
      return isInteractionRequired(result)
        ? { status: 401, body: { error, claims } }
        : { status: 403, body: { error } };
    }
    const graph = await fetch(graphUrl, { headers: { authorization: `Bearer ${result.access_token}` } });
    return { status: graph.status, body: await graph.json() };
  }

  async function isForUs(token: string): Promise<boolean> {
    const rules = { issuer: `${authority}/v2.0`, audience: clientId };
    return jwtVerify(token, keys, rules).then(
      ({ payload }) => String(payload["scp"]).split(" ").includes("Orders.Read"),
      () => false,
    );
  }

  await once(server.listen(port, "localhost"), "listening");
  return server;
}
