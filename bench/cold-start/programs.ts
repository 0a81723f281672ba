/** What a new process runs. At its end it writes {@link Cost} to stdout. */
export interface Program {
  readonly name: string;
  readonly code: string;
}

/** The same work, done by us and by the peer. */
export interface Contest {
  readonly ours: Program;
  readonly theirs: Program;
}

const issuer = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555";

/** Answers at once, with the least that makes a token, and without the platform's fetch, which takes its own time. */
const network = `
  const issuer = "${issuer}";
  const metadata = {
    issuer: issuer + "/v2.0",
    authorization_endpoint: issuer + "/oauth2/v2.0/authorize",
    token_endpoint: issuer + "/oauth2/v2.0/token",
    jwks_uri: issuer + "/discovery/v2.0/keys",
  };
  const token = { token_type: "Bearer", expires_in: 3600, access_token: "a token" };
  const answerTo = (url) => (url.includes("openid-configuration") ? metadata : token);
`;

/** Milliseconds since the process was started. */
export interface Cost {
  readonly elapsed: number;
  /** Of all its threads: says more where other processes are busy too. */
  readonly processor: number;
}

const report = `
  const elapsed = performance.now();
  const { user, system } = process.cpuUsage();
  process.stdout.write(JSON.stringify({ elapsed, processor: (user + system) / 1000 }));
`;

/** Node itself. */
export const nothing: Program = { name: "Node", code: report };

/** Loads the library and does nothing with it. */
export const imports: Contest = {
  ours: { name: "msal-ts", code: `import "msal-ts"; ${report}` },
  theirs: { name: "@azure/msal-node", code: `import "@azure/msal-node"; ${report}` },
};

/** Gets one token, as an application with a secret. */
export const firstTokens: Contest = {
  ours: {
    name: "msal-ts",
    code: `
      import { ConfidentialClientApplication } from "msal-ts";
      ${network}
      const app = new ConfidentialClientApplication({
        clientId: "an app",
        clientCredential: "a secret",
        authority: issuer,
        fetch: async (url) => ({ status: 200, headers: new Map(), text: async () => JSON.stringify(answerTo(url)) }),
      });
      const result = await app.acquireTokenForClient(["https://graph.microsoft.com/.default"]);
      if (result.access_token !== token.access_token) throw new Error("no token");
      ${report}
    `,
  },
  theirs: {
    name: "@azure/msal-node",
    code: `
      import { ConfidentialClientApplication } from "@azure/msal-node";
      ${network}
      const send = async (url) => ({ status: 200, headers: {}, body: answerTo(url) });
      const app = new ConfidentialClientApplication({
        auth: { clientId: "an app", clientSecret: "a secret", authority: issuer },
        system: { networkClient: { sendGetRequestAsync: send, sendPostRequestAsync: send } },
      });
      const result = await app.acquireTokenByClientCredential({ scopes: ["https://graph.microsoft.com/.default"] });
      if (result.accessToken !== token.access_token) throw new Error("no token");
      ${report}
    `,
  },
};
