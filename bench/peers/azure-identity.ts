import type { TokenCredentialOptions } from "@azure/identity";

type HttpClient = NonNullable<TokenCredentialOptions["httpClient"]>;

/** A network for the Azure libraries in which every request gets what `answerTo` says. */
export function httpClientOf(answerTo: (url: string) => object | Promise<object>): HttpClient {
  return {
    async sendRequest(request) {
      const answer = await answerTo(request.url);
      const headers = request.headers;
      return { request, status: 200, headers, bodyAsText: JSON.stringify(answer) };
    },
  };
}
