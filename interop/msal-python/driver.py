"""Makes one call with MSAL Python: reads it as JSON from stdin and prints what came of it as JSON.

The job names the kind of application, its options, a serialized cache or null, and the method with its arguments.
With "account", the cached account of that user name is one more argument.
"""

import json
import sys

import msal

KINDS = {
    "public": msal.PublicClientApplication,
    "confidential": msal.ConfidentialClientApplication,
}


def run(kind, options, cache, method, arguments, account=None):
    token_cache = msal.SerializableTokenCache()
    if cache is not None:
        token_cache.deserialize(cache)
    app = KINDS[kind](token_cache=token_cache, **options)
    if account is not None:
        (arguments["account"],) = app.get_accounts(account)
    result = getattr(app, method)(**arguments)
    return {"result": result, "cache": token_cache.serialize()}


if __name__ == "__main__":
    json.dump(run(**json.load(sys.stdin)), sys.stdout)
