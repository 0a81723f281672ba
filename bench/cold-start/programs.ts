import { msalNode, type Library, ours, azureIdentity, msalPython } from "../peers/libraries.ts";

/** What a new process runs: a piece of code that ends by writing {@link Cost} to stdout. */
export interface StartProgram {
  readonly library: Library;
  readonly code: string;
}

/** Milliseconds that a process took over what its runtime takes by itself. */
export interface Cost {
  readonly elapsed: number;
  /** Of all its threads: says more where other processes are busy too. */
  readonly processor: number;
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
  const check = (given) => { if (given !== token.access_token) throw new Error("no token"); };
`;

/** Since the process was started. */
const report = `
  const elapsed = performance.now();
  const { user, system } = process.cpuUsage();
  process.stdout.write(JSON.stringify({ elapsed, processor: (user + system) / 1000 }));
`;

/** Node itself. */
export const bareNode = report;

/** Loads a library and does nothing with it. `door` is where ours is imported from. */
export function importPrograms(door: string): StartProgram[] {
  return [
    { library: ours, code: `import ${JSON.stringify(door)}; ${report}` },
    { library: msalNode, code: `import "@azure/msal-node"; ${report}` },
    { library: azureIdentity, code: `import "@azure/identity"; ${report}` },
    { library: msalPython, code: pythonProgram("") },
  ];
}

/** Gets one token, as an application with a secret. */
export function firstTokenPrograms(door: string): StartProgram[] {
  return [
    { library: ours, code: firstOfOurs(door) },
    { library: msalNode, code: firstOfMsalNode },
    { library: azureIdentity, code: firstOfIdentity },
    { library: msalPython, code: pythonProgram(firstOfPython) },
  ];
}

function firstOfOurs(door: string): string {
  return `
    import { ConfidentialClientApplication } from ${JSON.stringify(door)};
    ${network}
    const app = new ConfidentialClientApplication({
      clientId: "an app",
      clientCredential: "a secret",
      authority: issuer,
      fetch: async (url) => ({ status: 200, headers: new Map(), text: async () => JSON.stringify(answerTo(url)) }),
    });
    check((await app.acquireTokenForClient(["https://graph.microsoft.com/.default"])).access_token);
    ${report}
  `;
}

const firstOfMsalNode = `
  import { ConfidentialClientApplication } from "@azure/msal-node";
  ${network}
  const send = async (url) => ({ status: 200, headers: {}, body: answerTo(url) });
  const app = new ConfidentialClientApplication({
    auth: { clientId: "an app", clientSecret: "a secret", authority: issuer },
    system: { networkClient: { sendGetRequestAsync: send, sendPostRequestAsync: send } },
  });
  check((await app.acquireTokenByClientCredential({ scopes: ["https://graph.microsoft.com/.default"] })).accessToken);
  ${report}
`;

const firstOfIdentity = `
  import { ClientSecretCredential } from "@azure/identity";
  ${network}
  const tenant = issuer.split("/").at(-1);
  const credential = new ClientSecretCredential(tenant, "an app", "a secret", {
    disableInstanceDiscovery: true,
    httpClient: {
      sendRequest: async (request) => ({
        request, status: 200, headers: request.headers, bodyAsText: JSON.stringify(answerTo(request.url)),
      }),
    },
  });
  check((await credential.getToken("https://graph.microsoft.com/.default")).token);
  ${report}
`;

/** Takes the time from after Python's own start. */
function pythonProgram(work: string): string {
  return `
import json, time
started, busy = time.perf_counter(), time.process_time()
import msal
${work}
print(json.dumps({
  "elapsed": (time.perf_counter() - started) * 1000,
  "processor": (time.process_time() - busy) * 1000}))
`;
}

const firstOfPython = `
class Answer:
  status_code, headers = 200, {}
  def __init__(self, body): self.text = json.dumps(body)
  def raise_for_status(self): pass

class Network:
  def get(self, url, **_):
    base = "${issuer}/oauth2/v2.0"
    return Answer({"issuer": base, "authorization_endpoint": base + "/authorize", "token_endpoint": base + "/token"})
  def post(self, url, **_):
    return Answer({"token_type": "Bearer", "expires_in": 3600, "access_token": "a token"})

app = msal.ConfidentialClientApplication(
  "an app", client_credential="a secret", authority="${issuer}", http_client=Network(), instance_discovery=False)
assert app.acquire_token_for_client(["https://graph.microsoft.com/.default"])["access_token"] == "a token"
`;
