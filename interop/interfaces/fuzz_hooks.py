"""What must hold of every answer, whatever was asked (spec/interfaces.md §1, §2). Loaded by schemathesis."""
import json
import zlib

import schemathesis

TRANSFER, STAKE, NOBODY = "01" + "00" * 31, "02" + "00" * 31, "ee" * 32
ACCOUNT = "oCqYsUMRqpRn2kSabH52Gt6FQCwH5JXj5MtRdYVtjMSJ73AFvdbPf98p3gz98fQwNy9ZBiDem6m9BivzURKFSKLYWP3N9JahSPZs9PnZ996P18rTGAjQTNFsxtb" \
          "rKx79yWu"
# What stands for half of the made-up parts of a path, which would hardly ever be those of something that is there.
PARTS = {
    "entity": [TRANSFER, STAKE, NOBODY, ACCOUNT],
    "topic": ["info", "provisioners", "crs", "peers", "peers_location", "gas-price", "simulate", "preverify", "account_count",
              "tx_count", "status", "metadata", "download_driver", "account", "root", "num_notes", "chain_id", "opening",
              "existing_nullifiers", "leaves_from_height", "leaves_from_pos", "sync_accounts", "stakes", "get_stake", "get_version",
              "get_schema", "encode_input_fn:sync", "decode_input_fn:account", "decode_output_fn:num_notes",
              "decode_event:moonlight", "commitment", "hash", "accepted", "statechange", "executed", "moonlight"],
    "file": ["wallet-core-1.6.0.wasm"],
}
STATUSES = {101, 200, 202, 400, 403, 404, 405, 413, 422, 424, 429, 500, 501, 503}


@schemathesis.hook
def map_path_parameters(_context, path_parameters):
    for name, value in (path_parameters or {}).items():
        chance = zlib.crc32(str(value).encode(errors="replace"))
        if name in PARTS and chance % 2:
            path_parameters[name] = PARTS[name][chance // 2 % len(PARTS[name])]
    return path_parameters


@schemathesis.check
def follows_the_rules(_context, response, case):
    status, headers = response.status_code, {name.lower(): values[0] for name, values in response.headers.items()}
    assert status in STATUSES, f"status {status}"
    assert headers.get("rusk-version") == "1.7.0", f"no version in the headers: {headers}"
    if status == 405:
        assert headers.get("allow"), "405 without Allow"
    if status == 429:
        assert headers.get("retry-after"), "429 without Retry-After"
    if headers.get("content-type") != "application/json" or status == 202:
        return
    body = json.loads(response.content)
    if case.operation.path == "/graphql":
        answers = body if isinstance(body, list) else [body]
        assert all("data" in one for one in answers), f"no data: {body}"
        assert all(error["message"] is not None for one in answers for error in one.get("errors", [])), f"no message: {body}"
    elif status >= 400:
        assert list(body) == ["error"] and isinstance(body["error"], str) and body["error"], f"no error: {body}"
        if status == 500:
            assert body["error"] == "Internal server error", body
