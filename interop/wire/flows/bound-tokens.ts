import { as, byDevice, byPassword, type Flow, forClient, interactive, silent } from "../steps.ts";

const certificate = { token_type: "ssh-cert", req_cnf: '{"kty":"RSA","n":"AQAB","e":"AQAB"}', key_id: "key-1" };
const proof = { token_type: "pop", req_cnf: "eyJraWQiOiJhLXRodW1icHJpbnQifQ", key_id: "key-2" };

/** Tokens for who has a key: certificates for SSH and proofs of possession, by each flow. */
export const boundTokenFlows: readonly Flow[] = [
  { name: "a certificate for an app", steps: [as("daemon"), forClient({ data: certificate })] },
  { name: "a certificate by a password", steps: [as("desktop"), byPassword({ data: certificate })] },
  { name: "a certificate by an interactive call", steps: [as("desktop"), interactive({ data: certificate })] },
  {
    name: "a certificate by a device code",
    steps: [as("desktop"), byDevice({}, { redemption: { data: certificate } })],
  },
  { name: "a proof for an app", steps: [as("daemon"), forClient({ data: proof })] },
  { name: "certificates silently", steps: [as("desktop"), byPassword(), ...silently(certificate), ...silently(proof)] },
];

/** Twice: the second time it is in the cache. */
function silently(data: Readonly<Record<string, string>>) {
  return [silent({ data }), silent({ data })];
}
