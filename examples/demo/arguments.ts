import { parseArgs } from "node:util";

/** How to call the demo. */
export const usage = `Usage: npm run demo
       npm run demo -- --authority <url> --client-id <id> [--client-secret-env <name>] [--scope <scope>]...

Without arguments every flow gets its token from a local Entra ID, which starts inside the same command.
With an authority the demo runs what your own app registration can do against the real one.

  --authority <url>           such as https://login.microsoftonline.com/contoso.onmicrosoft.com
  --client-id <id>            the application (client) ID
  --client-secret-env <name>  the environment variable that holds a client secret. Without it the
                              registration is taken for a public client: you sign in, once in your
                              browser (register http://localhost as a redirect URI of a mobile and
                              desktop application), once with a device code (allow public client flows)
  --scope <scope>             what the token is for; may be repeated. Default: User.Read with a person,
                              https://graph.microsoft.com/.default with a secret
  --help                      shows this text`;

/** A real application, as the command line describes it. */
export interface TenantWish {
  readonly kind: "tenant";
  readonly authority: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly scopes: readonly string[];
}

/** What the caller wants to see. */
export type Wish =
  TenantWish | { readonly kind: "emulator" | "help" } | { readonly kind: "mistake"; readonly message: string };

const options = {
  authority: { type: "string" },
  "client-id": { type: "string" },
  "client-secret-env": { type: "string" },
  scope: { type: "string", multiple: true },
  help: { type: "boolean" },
} as const;

/** Reads the command line. */
export function readArguments(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Wish {
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { authority, "client-id": clientId, "client-secret-env": variable, scope, help } = values;
    if (help === true) return { kind: "help" };
    if (Object.keys(values).length === 0) return { kind: "emulator" };
    if (authority === undefined || clientId === undefined) return mistake("--authority and --client-id go together.");
    if (variable === undefined) return { kind: "tenant", authority, clientId, scopes: scope ?? ["User.Read"] };
    const clientSecret = env[variable];
    if (!clientSecret) return mistake(`--client-secret-env: the environment variable ${variable} is not set.`);
    const scopes = scope ?? ["https://graph.microsoft.com/.default"];
    return { kind: "tenant", authority, clientId, clientSecret, scopes };
  } catch (error) {
    return mistake(error instanceof Error ? error.message : String(error));
  }
}

function mistake(message: string): Wish {
  return { kind: "mistake", message };
}
