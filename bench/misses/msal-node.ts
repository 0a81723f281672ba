import { ConfidentialClientApplication } from "@azure/msal-node";
import { authority, clientId, metadata } from "../held/answers.ts";
import type { Client } from "./client.ts";

/** Microsoft's library for Node. */
export const client: Client = {
  start(answer) {
    let requests = 0;
    // The answer has whatever type the caller expects: that is the library's contract with its network.
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
    const send = async <T>(url: string): Promise<{ status: number; headers: Record<string, string>; body: T }> => {
      requests += 1;
      const body = url.includes("openid-configuration") ? metadata : await answer();
      return { status: 200, headers: {}, body: body as T };
    };
    const app = new ConfidentialClientApplication({
      auth: { clientId, clientSecret: "a secret", authority },
      system: { networkClient: { sendGetRequestAsync: send, sendPostRequestAsync: send } },
    });
    return {
      ask: (scope) => app.acquireTokenByClientCredential({ scopes: [scope] }),
      requests: () => requests,
    };
  },
};
