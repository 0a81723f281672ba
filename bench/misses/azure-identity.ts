import { ClientSecretCredential } from "@azure/identity";
import { clientId, metadata, tenantId } from "../held/answers.ts";
import { httpClientOf } from "../peers/azure-identity.ts";
import type { Client } from "./client.ts";

/** Microsoft's credentials for their Azure libraries. */
export const client: Client = {
  start(answer) {
    let requests = 0;
    const httpClient = httpClientOf((url) => {
      requests += 1;
      return url.includes("openid-configuration") ? metadata : answer();
    });
    const options = { httpClient, disableInstanceDiscovery: true };
    const credential = new ClientSecretCredential(tenantId, clientId, "a secret", options);
    return { ask: (scope) => credential.getToken(scope), requests: () => requests };
  },
};
