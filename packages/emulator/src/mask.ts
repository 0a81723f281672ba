const secretParameters: ReadonlySet<string> = new Set([
  "access_token",
  "actor_token",
  "assertion",
  "client_assertion",
  "client_secret",
  "code",
  "code_verifier",
  "device_code",
  "flow",
  "id_token",
  "id_token_hint",
  "otc",
  "otp",
  "password",
  "refresh_token",
  "subject_token",
  "token",
  "user_code",
]);

const secretHeaders: ReadonlySet<string> = new Set(["authorization", "cookie", "proxy-authorization", "referer"]);

type Pairs = { name: string; value: string }[];

/** Form and query fields for the log page, secrets hidden. */
export function maskParameters(parameters: Readonly<Record<string, string>>): Pairs {
  return mask(parameters, secretParameters);
}

/** Headers for the log page, secrets hidden. */
export function maskHeaders(headers: Readonly<Record<string, string>>): Pairs {
  return mask(headers, secretHeaders);
}

function mask(fields: Readonly<Record<string, string>>, secret: ReadonlySet<string>): Pairs {
  return Object.entries(fields).map(([name, value]) => {
    return { name, value: secret.has(name.toLowerCase()) ? `•••• (${value.length} characters)` : value };
  });
}
