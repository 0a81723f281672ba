import { ConfidentialClientApplication } from "msal-ts";
import { authority, clientId, metadata } from "../held/answers.ts";
import type { Client } from "./client.ts";

/** This library. */
export const client: Client = {
  start(answer) {
    let requests = 0;
    const app = new ConfidentialClientApplication({
      clientId,
      clientCredential: "a secret",
      authority,
      fetch: async (url) => {
        requests += 1;
        const body = typeof url === "string" && url.includes("openid-configuration") ? metadata : await answer();
        return Response.json(body);
      },
    });
    return { ask: (scope) => app.acquireTokenForClient([scope]), requests: () => requests };
  },
};
