"""What users of pydantic do with models, done with the generated ones: the Python side of a test of the packages.

    habits.py PACKAGE CASE        asserts, and prints the schema of each model by name as one JSON object
"""

import copy
import importlib
import json
import pickle
import sys

from pydantic import TypeAdapter, ValidationError


def refuses(work, error=ValidationError):
    try:
        work()
    except error:
        return
    raise AssertionError("a value that breaks the schema was taken")


def same_in_every_way(model):
    """A value is the same after each way that pydantic has to copy or write it."""
    kind = type(model)
    assert model == kind.decode(model.encode())
    assert model == kind.model_validate(model)
    assert model == kind.model_validate(model.model_dump())
    assert model == kind.model_validate_json(model.model_dump_json())
    assert json.loads(model.model_dump_json()) == json.loads(model.encode())
    assert model == copy.copy(model) == copy.deepcopy(model) == model.model_copy(deep=True)
    assert model == pickle.loads(pickle.dumps(model))
    for other in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert other.encode() == model.encode() and other.model_fields_set == model.model_fields_set


def events(package):
    order = package.OrderEvent(
        timestamp="2025-01-17T14:31:05Z",
        run_id="94608F57-3eac-456e-9ab8-1311f9ed4e5d",
        strategy_id="alpha_baseline",
        num_orders=420,
        num_accepted=418,
        num_rejected=2,
    )
    same_in_every_way(order)
    later = order.model_copy(update={"num_orders": 421})
    assert later != order and later.num_orders == 421
    refuses(lambda: package.OrderEvent.model_validate({**order.model_dump(), "num_orders": -1}))
    refuses(lambda: setattr(order, "num_orders", 1.5))
    # pydantic lets `model_copy` and `model_construct` past all checks; writing has the last word.
    refuses(lambda: order.model_copy(update={"num_orders": -1}).encode(), package.EncodeError)
    assert TypeAdapter(list[package.OrderEvent]).validate_python([order.model_dump()]) == [order]


def drawing_board(package):
    circle = package.ShapeCircle(radius=2, layer="a")
    same_in_every_way(circle)
    drawing = package.Drawing(
        shapes=[circle, {"kind": "square", "side": 1.5, "layer": "b"}],
        cover=None,
        width="auto",
        formula={"op": "minus", "of": [1, 2.5]},
        layers={"x": {"colour": "red"}},
        note=["p", "q"],
    )
    assert isinstance(drawing.shapes[1], package.ShapeSquare) and isinstance(drawing.layers["x"], package.Tint)
    assert isinstance(drawing.formula, package.ExpressionMinus)
    same_in_every_way(drawing)
    refuses(lambda: package.Drawing(shapes=[{"side": 1.5, "layer": "b"}], cover=None, width=1))
    refuses(lambda: package.Drawing(shapes=[], cover=None, width="wide"))
    # A constant that is not there makes it another kind.
    for loose in ({}, {"kind": "a"}):
        drawing.loose = loose
        assert json.loads(drawing.encode())["loose"] == loose
    same_in_every_way(drawing)
    # Both kinds of layer would read it.
    refuses(lambda: package.Drawing(shapes=[], cover=None, width=1, layers={"x": {"opacity": 1}}))
    refuses(lambda: package.Drawing(shapes=[], cover=None, width=1, layers={"x": package.Tint(opacity=1)}))
    # What is changed behind pydantic's back is seen when it is written.
    drawing.shapes.append(5)
    refuses(drawing.encode, package.EncodeError)


def survey_points(package):
    survey = package.Survey(origin=[1, 2], reading=("2025-01-17T09:30:00Z", None, "good", "dry"), tree=("a", ("b",)))
    assert survey.origin == (1.0, 2.0) and survey.reading[2] is package.SurveyReadingItem3.GOOD
    same_in_every_way(survey)
    refuses(lambda: package.Survey(origin=(1,)))
    refuses(lambda: package.Survey(origin=(1, 2), log=[True, True]))
    refuses(lambda: package.Survey(origin=(1, 2), line=[(1, 2), (1.0, 2.0)]))


def words(runtime):
    def wanted(source):
        return runtime.Pattern(source, bytes(128), (), 1, (0,), frozenset(), 0).wanted()

    assert wanted("^a") == "a text that matches the pattern `^a`"
    assert wanted("format duration") == "a text of the format `duration`"
    assert wanted("format duration and ^P") == "a text that matches the pattern `format duration and ^P`"


def main():
    sys.path.insert(0, sys.argv[1])
    package = importlib.import_module("redis_client_schemas")
    {"events": events, "drawing_board": drawing_board, "survey_points": survey_points}[sys.argv[2]](package)
    words(importlib.import_module("redis_client_schemas._runtime"))
    models = {name: getattr(package, name) for name in package.__all__}
    kinds = {name: kind for name, kind in models.items() if isinstance(kind, type) and issubclass(kind, package.Model)}
    schemas = {name: kind.model_json_schema() for name, kind in kinds.items() if "SCHEMA" in vars(kind)}
    refuses(lambda: next(iter(kinds[name] for name in schemas)).model_json_schema(mode="serialization"), TypeError)
    print(json.dumps(schemas))


main()
