"""Judges JSON texts by the roots of many generated packages: the Python side of the tests with the JSON Schema suite.

    judge_roots.py DIRECTORY      verdicts by the package in DIRECTORY/CASE/python

A question is a line `{"case", "payload"}`, the payload in hexadecimal digits; an answer `{"written"}` when the value is accepted and
written again, or `{"refused": reason}`.
"""

import importlib
import importlib.util
import json
import pathlib
import sys
from typing import Any


def load(directory: pathlib.Path, case: str) -> tuple[Any, type[Exception]]:
    """The root of a package, under a name of its own: all of them are called alike."""
    source = directory / case / "python" / "src" / "redis_client_schemas"
    name = f"case_{case}".replace("-", "_")
    spec = importlib.util.spec_from_file_location(name, source / "__init__.py", submodule_search_locations=[str(source)])
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    checks = importlib.import_module(f"{name}._checks")
    runtime = importlib.import_module(f"{name}._runtime")
    return checks.ROOT, runtime.SchemaError


def main() -> None:
    directory = pathlib.Path(sys.argv[1])
    roots: dict[str, tuple[Any, type[Exception]]] = {}
    for line in sys.stdin:
        question = json.loads(line)
        case = question["case"]
        if case not in roots:
            roots[case] = load(directory, case)
        root, refusal = roots[case]
        try:
            answer = {"written": root.encode(root.decode(bytes.fromhex(question["payload"]))).hex()}
        except refusal as error:
            answer = {"refused": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")


main()
