import { metadata, tokenOf, userAnswer } from "../held/answers.ts";

/** Answers for the user whose refresh token it is given, each time with another access token. */
export function createTokenEndpoint(): (url: string, body: string) => object {
  let answers = 0;
  return (url, body) => {
    if (url.includes("openid-configuration")) return metadata;
    const number = /refresh_token=(\d{12})/.exec(body)?.[1];
    if (number === undefined) throw new Error("The request names no user.");
    answers += 1;
    return { ...userAnswer(Number(number)), access_token: tokenOf("access", answers) };
  };
}
