/** One AADSTS number: which OAuth error it comes with, the text, and the HTTP status when it is not the usual one. */
interface CatalogueEntry {
  readonly error: string;
  readonly text: string;
  readonly suberror?: string;
  readonly status?: number;
}

/** `{name}` in a text is replaced by the value of that name. */
const catalogue: Readonly<Record<number, CatalogueEntry>> = {
  28000: {
    error: "invalid_scope",
    text: "Provided value for the input parameter scope is not valid because it contains more than one resource: {scope}.",
  },
  50008: { error: "invalid_grant", text: "SAML token is invalid. {reason}" },
  50011: {
    error: "invalid_request",
    text: "The redirect URI '{redirectUri}' specified in the request does not match the redirect URIs configured for the application '{app}'.",
  },
  50013: { error: "invalid_grant", text: "Assertion failed signature or audience validation. {reason}" },
  50020: {
    error: "invalid_grant",
    text: "User account '{user}' does not exist in tenant '{tenant}' and cannot access the application '{app}' in that tenant.",
  },
  50034: {
    error: "invalid_grant",
    text: "The user account {user} does not exist in the {tenant} directory. To sign into this application, the account must be added to the directory.",
  },
  50049: { error: "invalid_instance", text: "Unknown or invalid instance." },
  50053: {
    error: "invalid_grant",
    text: "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
  },
  50055: { error: "invalid_grant", suberror: "user_password_expired", text: "The password is expired." },
  50057: { error: "invalid_grant", text: "The user account is disabled." },
  50058: {
    error: "login_required",
    text: "A silent sign-in request was sent but no user is signed in.",
  },
  50059: {
    error: "invalid_request",
    text: "No tenant-identifying information found in either the request or implied by any provided credentials.",
  },
  50076: {
    error: "interaction_required",
    suberror: "basic_action",
    text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '{resource}'.",
  },
  50079: {
    error: "interaction_required",
    suberror: "basic_action",
    text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '{resource}'.",
  },
  50089: { error: "invalid_grant", text: "Authentication failed due to flow token expired." },
  50126: { error: "invalid_grant", text: "Error validating credentials due to invalid username or password." },
  50131: {
    error: "interaction_required",
    suberror: "message_only",
    text: "Device is not in required device state, or the request was blocked due to suspicious activity, access policy, or security policy decisions.",
  },
  50148: {
    error: "invalid_grant",
    text: "The code_verifier does not match the code_challenge supplied in the authorization request for PKCE: it is missing.",
  },
  50173: {
    error: "invalid_grant",
    suberror: "bad_token",
    text: "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '{issued}' and the sessions were revoked on '{revoked}'.",
  },
  50194: {
    error: "invalid_request",
    text: "Application '{app}' is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
  },
  50196: {
    error: "invalid_grant",
    text: "The server terminated an operation because it encountered a client request loop. Please contact your app vendor.",
  },
  53003: {
    error: "interaction_required",
    suberror: "message_only",
    text: "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
  },
  54005: {
    error: "invalid_grant",
    text: "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
  },
  65001: {
    error: "invalid_grant",
    suberror: "consent_required",
    text: "The user or administrator has not consented to use the application with ID '{app}' named '{name}'. Send an interactive authorization request for this user and resource.",
  },
  65004: { error: "access_denied", text: "User declined to consent to access the app." },
  70000: { error: "invalid_grant", text: "Provided grant is invalid or malformed. {reason}" },
  70002: {
    error: "invalid_client",
    text: "The provided client is not supported for this feature. The client application must be marked as 'mobile.'",
  },
  70003: {
    error: "unsupported_grant_type",
    text: "The app requested an unsupported grant type '{grantType}'.",
  },
  70008: {
    error: "invalid_grant",
    text: "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
  },
  70011: {
    error: "invalid_scope",
    text: "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.",
  },
  70016: {
    error: "authorization_pending",
    text: "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
  },
  70018: { error: "bad_verification_code", text: "Invalid verification code. The code was not recognized." },
  70019: { error: "expired_token", text: "Verification code expired. Have the user retry the sign-in." },
  70043: {
    error: "invalid_grant",
    suberror: "token_expired",
    text: "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. The token was issued on {issued} and the maximum allowed lifetime for this request is {lifetime}.",
  },
  90002: {
    error: "invalid_request",
    text: "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
  },
  90014: {
    error: "invalid_request",
    text: "The required field '{field}' is missing from the credential. Ensure that you have all the necessary parameters for the login request.",
  },
  90023: { error: "invalid_request", text: "Unsupported value '{value}' for the parameter '{field}'." },
  90094: {
    error: "access_denied",
    text: "'{name}' needs permission to access resources in your organization that only an admin can grant.",
  },
  500011: {
    error: "invalid_resource",
    text: "The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.",
  },
  500112: {
    error: "invalid_client",
    text: "The reply address '{redirectUri}' does not match the reply address provided when requesting Authorization code.",
  },
  500121: { error: "invalid_grant", text: "Authentication failed during strong authentication request." },
  500133: { error: "invalid_grant", text: "Assertion is not within its valid time range." },
  501481: {
    error: "invalid_grant",
    text: "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
  },
  650053: {
    error: "invalid_client",
    text: "The application '{name}' asked for scope '{scope}' that doesn't exist on the resource '{resource}'. Contact the app vendor.",
  },
  700016: {
    error: "unauthorized_client",
    text: "Application with identifier '{app}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
  },
  700021: {
    error: "invalid_client",
    text: "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.",
  },
  700023: {
    error: "invalid_client",
    text: "Client assertion audience claim does not match Realm issuer. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.",
  },
  700024: {
    error: "invalid_client",
    text: "Client assertion is not within its valid time range. Current time: {now}, assertion valid from {from}, expiry time of assertion {until}.",
  },
  700025: {
    error: "invalid_client",
    text: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  },
  700027: {
    error: "invalid_client",
    text: "The certificate with identifier used to sign the client assertion is not registered on application, or the client assertion failed signature validation. [Reason - {reason}]",
  },
  700051: {
    error: "unsupported_response_type",
    text: "response_type 'token' is not enabled for the application.",
  },
  700054: {
    error: "unsupported_response_type",
    text: "response_type 'id_token' is not enabled for the application.",
  },
  700082: {
    error: "invalid_grant",
    suberror: "token_expired",
    text: "The refresh token has expired due to inactivity. The token was issued on {issued} and was inactive for {lifetime}.",
  },
  900144: {
    error: "invalid_request",
    text: "The request body must contain the following parameter: '{field}'.",
  },
  900561: {
    error: "invalid_request",
    text: "The endpoint only accepts POST requests. Received a {method} request.",
  },
  901002: { error: "invalid_request", text: "The 'resource' request parameter is not supported." },
  1002012: {
    error: "invalid_scope",
    text: "The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).",
  },
  7000114: {
    error: "invalid_grant",
    text: "Application '{app}' is not allowed to make application on-behalf-of calls.",
  },
  7000215: {
    error: "invalid_client",
    text: "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{app}'.",
  },
  7000218: {
    error: "invalid_client",
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  7000222: {
    error: "invalid_client",
    text: "The provided client secret keys for app '{app}' are expired. Create new keys for your app.",
  },
  9001023: {
    error: "invalid_request",
    text: "The grant type isn't supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.",
  },
};

/** What one failure changes of its catalogue entry, or adds to it. */
export interface ErrorDetails {
  readonly error?: string;
  readonly suberror?: string;
  readonly claims?: string;
  readonly status?: number;
}

/** A refusal as Entra ID words it. Endpoints throw it; the router turns it into a body, a page or a redirect. */
export class EntraError extends Error {
  override readonly name = "EntraError";
  readonly number: number;
  readonly error: string;
  readonly status: number;
  readonly suberror: string | undefined;
  readonly claims: string | undefined;

  constructor(number: number, text: string, entry: CatalogueEntry, details: ErrorDetails) {
    super(`AADSTS${number}: ${text}`);
    this.number = number;
    this.error = details.error ?? entry.error;
    this.status = details.status ?? entry.status ?? (this.error === "invalid_client" ? 401 : 400);
    this.suberror = details.suberror ?? entry.suberror;
    this.claims = details.claims;
  }

  /** The same refusal under another OAuth error. */
  as(error: string): EntraError {
    const { suberror, claims, status } = this;
    const text = this.message.slice(this.message.indexOf(" ") + 1);
    return new EntraError(
      this.number,
      text,
      { error, text },
      {
        status,
        ...(suberror === undefined ? {} : { suberror }),
        ...(claims === undefined ? {} : { claims }),
      },
    );
  }
}

/** True when the catalogue knows this AADSTS number. */
export function isKnownError(number: number): boolean {
  return Object.hasOwn(catalogue, number);
}

/** What the catalogue says about an AADSTS number, the values of its text left open; undefined when unknown. */
export function describeError(number: number): { readonly error: string; readonly text: string } | undefined {
  const entry = isKnownError(number) ? catalogue[number] : undefined;
  return entry === undefined ? undefined : { error: entry.error, text: entry.text };
}

/** Every AADSTS number the emulator can answer with. */
export function knownErrors(): number[] {
  return Object.keys(catalogue).map(Number);
}

/** Makes the refusal with this AADSTS number. `values` fill the text. */
export function entraError(
  number: number,
  values: Readonly<Record<string, string>> = {},
  details: ErrorDetails = {},
): EntraError {
  const entry = catalogue[number];
  if (entry === undefined) throw new RangeError(`AADSTS${number} is not in the emulator's catalogue.`);
  const text = entry.text.replaceAll(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "").trim();
  return new EntraError(number, text, entry, details);
}
