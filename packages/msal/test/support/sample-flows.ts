/** A sign-in with an authorization code that was begun, with every field that one may have. */
export const authCodeFlow = {
  auth_uri: "https://login.microsoftonline.com/",
  state: "state",
  scope: ["Files.Read", "openid"],
  code_verifier: "verifier",
  nonce: "nonce",
  redirect_uri: "http://localhost",
  claims_challenge: '{"access_token":{}}',
  max_age: 60,
};

/** A sign-in on another device that was begun, with every field that one may have. */
export const deviceFlow = {
  user_code: "ABC",
  device_code: "device-code",
  verification_uri: "https://microsoft.com/devicelogin",
  message: "type it",
  interval: 5,
  expires_in: 900,
  expires_at: 9_999_999_999,
  correlation_id: "id",
  scope: ["Files.Read"],
};
