"""A program with MSAL Python that keeps its cache in a file, as its documentation shows. Its argument is the file; the
token to add comes as JSON on standard input. Prints what it found there."""
import json
import sys

import msal

path = sys.argv[1]
cache = msal.SerializableTokenCache()
with open(path) as file:
    cache.deserialize(file.read())
found = {
    "users": [account["username"] for account in cache.find(cache.CredentialType.ACCOUNT)],
    "tokens": [token["secret"] for token in cache.find(cache.CredentialType.ACCESS_TOKEN)],
}
cache.add(json.load(sys.stdin))
if cache.has_state_changed:
    with open(path, "w") as file:
        file.write(cache.serialize())
print(json.dumps(found))
