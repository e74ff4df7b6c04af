"""Judges JSON texts by the generated package: the Python side of the verdict tests.

    judge.py PACKAGE              verdicts by the checks of the package in that directory

A question is a line `{"type", "payload"}`, the payload in hexadecimal digits; an answer `{"written"}` when the value is accepted and
written again, or `{"refused": reason}`. `type` is the name of a type, or `Features`.
"""

import importlib
import json
import re
import sys


def main() -> None:
    sys.path.insert(0, sys.argv[1])
    checks = importlib.import_module("redis_client_schemas._checks")
    runtime = importlib.import_module("redis_client_schemas._runtime")
    # The classes bind themselves to their checks.
    importlib.import_module("redis_client_schemas")
    known = {"Features": runtime.Features()}
    for line in sys.stdin:
        question = json.loads(line)
        name = question["type"]
        if name not in known:
            known[name] = getattr(checks, re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper())
        check = known[name]
        try:
            value = check.decode(bytes.fromhex(question["payload"]))
            answer = {"written": check.encode(value).hex()}
        except runtime.SchemaError as error:
            answer = {"refused": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")


main()
